/** The 17 provinces by their present names, with former and short names that lists and people use. */
const PROVINCES: Readonly<Record<string, readonly string[]>> = {
  서울특별시: ['서울', '서울시'],
  부산광역시: ['부산', '부산시'],
  대구광역시: ['대구', '대구시'],
  인천광역시: ['인천', '인천시'],
  광주광역시: ['광주'],
  대전광역시: ['대전', '대전시'],
  울산광역시: ['울산', '울산시'],
  세종특별자치시: ['세종', '세종시'],
  경기도: ['경기'],
  강원특별자치도: ['강원도', '강원'],
  충청북도: ['충북'],
  충청남도: ['충남'],
  전북특별자치도: ['전라북도', '전북'],
  전라남도: ['전남'],
  경상북도: ['경북'],
  경상남도: ['경남'],
  제주특별자치도: ['제주도', '제주'],
};

const presentName = new Map(
  Object.entries(PROVINCES).flatMap(([name, others]) =>
    [name, ...others].map((one): [string, string] => [one, name]),
  ),
);

/** The present name of a province (강원도 is 강원특별자치도), or null for what is none. */
export function provinceOf(text: string): string | null {
  return presentName.get(text.trim()) ?? null;
}

export interface Place {
  readonly province: string;
  /** 시·군·구 as a body of self-government (창원시, not 창원시 의창구); null in Sejong, which has none. */
  readonly district: string | null;
}

/** A place from the beginning of an address; null when it does not begin with a province. */
export function placeOf(address: string): Place | null {
  const [, first = '', rest = ''] = /^\s*(\S+)\s*(.*)$/.exec(address) ?? [];
  const province = provinceOf(first);
  if (!province) return null;
  if (province === '세종특별자치시') return { province, district: null };
  // The shortest match splits "동해시묵호동" rightly; 양구군 alone has one of the three syllables inside.
  const district = /^(양구군|[가-힣]{1,4}?[시군구])/.exec(rest)?.[1] ?? null;
  return { province, district };
}

/** The address with its province under the present name, otherwise as it is. */
export function withPresentProvince(address: string): string {
  const [, first = '', rest = ''] = /^(\S+)(.*)$/s.exec(address) ?? [];
  return (provinceOf(first) ?? first) + rest;
}

/**
 * Districts that took another name or province after the lists were made that are still about: 미추홀구 2018-07-01,
 * 군위군 2023-07-01, 여주시 2013-09-23, 청주시 2014-07-01, 당진시 2012-01-01, 창원시 2010-07-01.
 */
const FORMER_DISTRICTS: Readonly<Record<string, readonly [province: string, district: string]>> = {
  '인천광역시 남구': ['인천광역시', '미추홀구'],
  '경상북도 군위군': ['대구광역시', '군위군'],
  '경기도 여주군': ['경기도', '여주시'],
  '충청북도 청원군': ['충청북도', '청주시'],
  '충청남도 당진군': ['충청남도', '당진시'],
  '경상남도 마산시': ['경상남도', '창원시'],
  '경상남도 진해시': ['경상남도', '창원시'],
};

/** A place under the names of today; one that is not known to have changed comes back as it is. */
export function withPresentDistrict<P extends string | null>(place: {
  readonly province: P;
  readonly district: string | null;
}): { readonly province: P | string; readonly district: string | null } {
  const present = FORMER_DISTRICTS[`${place.province} ${place.district}`];
  return present ? { province: present[0], district: present[1] } : place;
}

/** The address with province and district under their present names, otherwise as it is. */
export function withPresentPlace(address: string): string {
  const present = withPresentProvince(address);
  const [, former = '', rest = ''] = /^(\S+ \S+)(.*)$/s.exec(present) ?? [];
  const place = FORMER_DISTRICTS[former];
  return place ? place.join(' ') + rest : present;
}

/** Roughly the box around the country, outlying islands included. */
export function isInKorea(latitude: number, longitude: number): boolean {
  return latitude >= 33 && latitude <= 39 && longitude >= 124 && longitude <= 132;
}
