import type { Json } from '#shared/merge/canonical.ts';
import type { ListColumns } from './columns.ts';
import { isUsualPhone } from '#shared/matching/likeness.ts';
import type { Draft } from './plan.ts';
import { isInKorea, placeOf, provinceOf, withPresentDistrict } from '#shared/matching/regions.ts';
import type { Fields, RowRemark } from './table-port.ts';

/** The columns of the national standard list (전국전통시장표준데이터) that the model has a field for. */
export const marketList: ListColumns = {
  entity: 'site',
  aliases: {
    name: ['시장명', '시장이름', '상권명'],
    province: ['시도', '시도명'],
    district: ['시군구', '시군구명'],
    roadAddress: ['소재지도로명주소', '도로명 주소', '주소'],
    lotAddress: ['소재지지번주소', '지번 주소'],
    openingCycle: ['시장개설주기'],
    storeCount: ['점포수'],
    phone: ['연락처'],
  },
  extra: { marketType: ['시장유형'] },
  required: [
    { title: '시장명', anyOf: ['name'] },
    { title: '소재지도로명주소', anyOf: ['roadAddress', 'lotAddress', 'district'] },
  ],
};

export interface MarketRow {
  readonly draft: Draft;
  readonly flagged: readonly RowRemark[];
}

/** A site from the values of a row: its place from its addresses, its kind from the type of market. */
export function marketOf(row: number, values: Fields): MarketRow | RowRemark {
  const { marketType, ...given } = values;
  if (!given['name']) return { row, code: 'NAME_MISSING', reason: '시장명이 비어 있어요.' };
  const road = placeOf(textOf(given['roadAddress']));
  const lot = placeOf(textOf(given['lotAddress']));
  const stated = textOf(given['province']);
  const fields: Record<string, Json> = { ...given };
  const { province, district } = withPresentDistrict({
    province: stated ? (provinceOf(stated) ?? stated) : ((road ?? lot)?.province ?? null),
    district: textOf(given['district']) || (road?.district ?? lot?.district ?? null),
  });
  if (province) fields['province'] = province;
  if (district) fields['district'] = district;

  const street = /상점가|상가|거리|상권/.test(textOf(marketType));
  const defaults = { kind: street ? 'street' : 'traditionalMarket' };
  const flagged = [...remarks(fields, road?.district, lot?.district)];
  return {
    draft: { row, fields, defaults },
    flagged: flagged.map((remark) => ({ row, ...remark })),
  };
}

function* remarks(
  fields: Fields,
  road?: string | null,
  lot?: string | null,
): Iterable<Omit<RowRemark, 'row'>> {
  const { phone, latitude, longitude } = fields;
  if (phone && !isUsualPhone(textOf(phone))) {
    yield { code: 'PHONE_ODD', reason: `전화번호 모양이 낯설어요: ${textOf(phone)}. 적힌 대로 넣었어요.` };
  }
  if (typeof latitude === 'number' && typeof longitude === 'number') {
    if (!isInKorea(latitude, longitude)) {
      yield { code: 'COORDINATES_ODD', reason: '위도·경도가 우리나라 밖이에요. 적힌 대로 넣었어요.' };
    }
  } else if (typeof latitude === 'number' || typeof longitude === 'number') {
    yield { code: 'COORDINATES_ODD', reason: '위도와 경도 가운데 하나만 있어요.' };
  }
  if (!fields['province']) {
    yield { code: 'PLACE_UNKNOWN', reason: '주소에서 시·도를 알 수 없어요. 주소는 적힌 대로 넣었어요.' };
  }
  if (road && lot && road !== lot) {
    const reason = `주소끼리 시·군·구가 달라요 (${road}, ${lot}). 도로명주소를 따랐어요.`;
    yield { code: 'PLACE_DISAGREES', reason };
  }
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
