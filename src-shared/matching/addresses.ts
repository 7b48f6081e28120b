import { withPresentDistrict, withPresentProvince, placeOf, type Place } from './regions.ts';

/** An address as far as it can be compared, under the names of today. */
export interface Address {
  readonly province: string | null;
  /** 시·군·구 as a body of self-government; null when the address does not begin with one. */
  readonly district: string | null;
  /** The road of a 도로명주소, or the 동·리 of a 지번주소; empty when there is none with a number. */
  readonly street: string;
  readonly isRoad: boolean;
  /** The building's number, 27 or 27-3; 산 and 지하 in front where they stand. */
  readonly number: string;
  /** What follows a comma or stands in parentheses and names a floor or a unit; may be empty. */
  readonly detail: string;
}

/** 일반구: parts of a city that addresses name or leave out. */
const CITY_WARDS = new Set(
  (
    '장안구 권선구 팔달구 영통구 수정구 중원구 분당구 만안구 동안구 원미구 소사구 오정구 상록구 단원구 덕양구 일산동구 일산서구 ' +
    '처인구 기흥구 수지구 상당구 서원구 흥덕구 청원구 동남구 서북구 완산구 덕진구 남구 북구 의창구 성산구 마산합포구 마산회원구 진해구'
  ).split(' '),
);

/** Road names and lots are written with and without spaces and 번지; null for a text that has no street. */
export function addressOf(text: string): Address | null {
  const plain = withPresentProvince(text.normalize('NFKC').trim());
  if (plain === '') return null;
  const [head = '', ...tail] = plain.replace(/\(([^)]*)\)?/g, ' ').split(',');
  const inner = [...plain.matchAll(/\(([^)]*)\)?/g)].flatMap(([, inside = '']) => inside.split(','));
  const place = placeOf(head) ?? placeWithoutProvince(head);
  const rest = afterPlace(head, place);
  const found = roadIn(rest) ?? lotIn(rest);
  const detail = [found?.rest ?? '', ...tail, ...inner].map((part) => part.trim()).filter(isUnit);
  const { province, district } = withPresentDistrict({
    province: place?.province || null,
    district: place?.district ?? null,
  });
  return {
    province,
    // Sejong has no districts: it is one.
    district: district ?? (province === '세종특별자치시' ? province : null),
    street: found?.street ?? '',
    isRoad: found?.isRoad ?? false,
    number: found?.number ?? '',
    detail: detail.join(' '),
  };
}

function placeWithoutProvince(head: string): Place | null {
  const district = /^\s*([가-힣]{1,4}[시군구])(?=\s)/.exec(head)?.[1];
  return district ? { province: '', district } : null;
}

/** What follows province and district, without spaces but those between two numbers. */
function afterPlace(head: string, place: Place | null): string {
  const first = place?.province ? head.trim().replace(/^\S+/, '') : head;
  let rest = first.replace(/(?<=\d)\s+(?=\d)|(\s+)/g, (space, other?: string) => (other ? '' : space && ' '));
  const district = place?.district ?? '';
  if (district !== '' && rest.startsWith(district)) rest = rest.slice(district.length);
  const ward = /^[가-힣]{1,4}?구/.exec(rest)?.[0];
  if (ward && CITY_WARDS.has(ward) && district.endsWith('시')) rest = rest.slice(ward.length);
  return rest;
}

interface Street {
  readonly street: string;
  readonly isRoad: boolean;
  readonly number: string;
  readonly rest: string;
}

/** 망원로8길27-1: the last 로 or 길 that a number follows; not 종로1가24, which is a lot. */
function roadIn(rest: string): Street | null {
  const found = /^(.*(?:로|길))(지하)?(\d+)(?:-(\d+))?(?![\d가]|번?길)(.*)$/.exec(rest);
  if (!found) return null;
  const [, road = '', below = '', main = '', sub = '', after = ''] = found;
  // 주문진읍구시장길: the town goes, for it is left out as often.
  const street = road.replace(/^[가-힣]{1,4}?[읍면](?=.{2})/, '');
  return { street, isRoad: true, number: numberOf(below, main, sub), rest: after };
}

/** 망원동411-1번지, 주문진읍주문리321-14, 성수동1가12, 옥계면산3. */
function lotIn(rest: string): Street | null {
  const found = /^(.*?[동리가읍면])(산)?(\d+)(?:-(\d+))?(?![\d가])(?:번지)?(.*)$/.exec(rest);
  if (!found) return null;
  const [, town = '', hill = '', main = '', sub = '', after = ''] = found;
  // 망원1동 is how the office for 망원동 is called.
  const street = town.replace(/^[가-힣]{1,4}?[읍면](?=.)/, '').replace(/\d+동$/, '동');
  return { street, isRoad: false, number: numberOf(hill, main, sub), rest: after };
}

function numberOf(prefix: string, main: string, sub: string): string {
  return `${prefix}${Number(main)}${sub && Number(sub) > 0 ? `-${Number(sub)}` : ''}`;
}

/** Whether a part of an address names a floor, stall or room rather than a 동 or a building. */
function isUnit(part: string): boolean {
  return (
    /\d\s*(호|층|번|열|칸)|[가-힣A-Za-z]\s*-?\s*\d+$|^\d+(-\d+)?$/.test(part) && !/[로길]\s*\d/.test(part)
  );
}

export type AddressVerdict =
  | 'same'
  | 'sameBuilding'
  | 'nextDoor'
  | 'otherNumber'
  | 'otherRoad'
  | 'sameDistrict'
  | 'otherDistrict'
  | 'otherProvince';

/** How far two addresses agree; null when they have nothing to compare, such as a road and a lot without places. */
export function compareAddresses(a: Address, b: Address): AddressVerdict | null {
  if (differ(a.province, b.province)) return 'otherProvince';
  if (differ(a.district, b.district)) return 'otherDistrict';
  if (a.street !== '' && b.street !== '' && a.isRoad === b.isRoad) return compareStreets(a, b);
  return a.district !== null && a.district === b.district ? 'sameDistrict' : null;
}

function compareStreets(a: Address, b: Address): AddressVerdict {
  if (a.street !== b.street) return 'otherRoad';
  if (a.number === b.number) return 'same';
  const [mainA, subA] = a.number.split('-');
  const [mainB, subB] = b.number.split('-');
  if (mainA !== mainB) return 'otherNumber';
  return subA === undefined || subB === undefined ? 'sameBuilding' : 'nextDoor';
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}
