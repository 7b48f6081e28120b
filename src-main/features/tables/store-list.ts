import type { Json } from '#shared/merge/canonical.ts';
import type { ListColumns } from './columns.ts';
import { businessNumberKey, isUsualPhone } from '#shared/matching/likeness.ts';
import type { Draft } from './plan.ts';
import { isInKorea } from '#shared/matching/regions.ts';
import type { Fields, RowRemark } from './table-port.ts';

/** The columns of a list of shops, as merchants' associations and trainers keep them. */
export const storeList: ListColumns = {
  entity: 'store',
  aliases: {
    name: ['상호명', '점포명', '가게명', '매장명'],
    category: ['업종명', '취급품목', '품목'],
    ownerName: ['대표자명', '대표', '상인명', '성명'],
    phone: ['연락처', '휴대전화', '휴대폰', '핸드폰'],
    businessNumber: ['사업자번호', '사업자 등록번호'],
    roadAddress: ['소재지도로명주소', '주소'],
    lotAddress: ['소재지지번주소'],
    unit: ['호수', '호실', '위치'],
    channelUrl: ['톡채널', '톡채널 URL', '채널주소'],
    channelOpenedOn: ['톡채널 개설일자', '채널 개설일'],
    mapPlaceUrl: ['카카오맵', '카카오맵 URL'],
    mapRegisteredOn: ['카카오맵 등록일자'],
    note: ['비고'],
  },
  required: [{ title: '상호', anyOf: ['name'] }],
};

export interface StoreRow {
  readonly draft: Draft;
  readonly flagged: readonly RowRemark[];
}

/** A shop at a site from the values of a row. Remarks never repeat personal data: they are printed and logged. */
export function storeOf(row: number, fields: Fields, site: string): StoreRow | RowRemark {
  if (!fields['name']) return { row, code: 'NAME_MISSING', reason: '상호가 비어 있어요.' };
  const flagged = [...remarks(fields)].map((remark) => ({ row, ...remark }));
  return { draft: { row, fields, defaults: { site } }, flagged };
}

function* remarks(fields: Fields): Iterable<Omit<RowRemark, 'row'>> {
  const { phone, businessNumber, latitude, longitude } = fields;
  if (given(phone) && !isUsualPhone(phone)) {
    yield { code: 'PHONE_ODD', reason: '전화번호 모양이 낯설어요. 적힌 대로 넣었어요.' };
  }
  if (given(businessNumber) && businessNumberKey(businessNumber) === '') {
    yield { code: 'BUSINESS_NUMBER_ODD', reason: '사업자등록번호가 맞지 않아요. 적힌 대로 넣었어요.' };
  }
  if (typeof latitude === 'number' && typeof longitude === 'number' && !isInKorea(latitude, longitude)) {
    yield { code: 'COORDINATES_ODD', reason: '위도·경도가 우리나라 밖이에요. 적힌 대로 넣었어요.' };
  }
}

function given(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
