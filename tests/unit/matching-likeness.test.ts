import { describe, expect, it } from 'vitest';
import {
  addressKey,
  businessNumberKey,
  isUsualPhone,
  nameKey,
  namesOf,
  phoneKey,
} from '#shared/matching/likeness.ts';
import { placeOf, provinceOf, withPresentProvince } from '#shared/matching/regions.ts';

describe('places', () => {
  it.each([
    ['강원특별자치도 강릉시 금성로21', '강원특별자치도', '강릉시'],
    ['강원도 강릉시 금성로21', '강원특별자치도', '강릉시'],
    ['전라북도 군산시 신영동 1', '전북특별자치도', '군산시'],
    ['서울 마포구 망원동 1', '서울특별시', '마포구'],
    ['강원특별자치도 양구군 양구읍', '강원특별자치도', '양구군'],
    ['강원특별자치도 동해시묵호동 15-61', '강원특별자치도', '동해시'],
    ['서울특별시 동작구상도로102', '서울특별시', '동작구'],
    ['경기도 구리시 검배로 1', '경기도', '구리시'],
    ['경기도 군포시 당동', '경기도', '군포시'],
    ['경기도 성남시 분당구 수내동 32', '경기도', '성남시'],
    ['경상북도 포항시북구 양학로 40', '경상북도', '포항시'],
    ['대구광역시 군위군 군위읍', '대구광역시', '군위군'],
    ['부산광역시 부산진구 부전동', '부산광역시', '부산진구'],
    ['세종특별자치시 조치원읍 다올길 9', '세종특별자치시', null],
    ['전라남도 승주읍 승주장길 14', '전라남도', null],
  ])('%s', (address, province, district) => {
    expect(placeOf(address)).toEqual({ province, district });
  });

  it('are unknown without a province', () => {
    expect(placeOf('강릉시 금성로21')).toBeNull();
    expect(placeOf('제주특별자치시도 제주시 한림읍')).toBeNull();
    expect(placeOf('')).toBeNull();
    expect(provinceOf('constructor')).toBeNull();
  });

  it('take their present name and keep the rest as it stands', () => {
    expect(withPresentProvince('전라북도  군산시 신영동 1')).toBe('전북특별자치도  군산시 신영동 1');
    expect(withPresentProvince('강릉시 금성로21')).toBe('강릉시 금성로21');
  });
});

describe('names', () => {
  it.each([
    ['(주)여수수산시장', '여수수산시장'],
    ['동문시장㈜', '동문시장'],
    ['속초 관광수산시장', '속초관광수산시장'],
    ['다대씨-파크', '다대씨파크'],
    ['점촌전통시장 (구 신흥시장)', '점촌전통시장(구신흥시장)'],
  ])('%s is compared as %s', (name, key) => {
    expect(nameKey(name)).toBe(key);
  });

  it.each([
    ['점촌전통시장 (구 신흥시장)', ['점촌전통시장(구신흥시장)', '점촌전통시장', '신흥시장']],
    [
      '성서중심시장(성서시장,문화의거리 통합)',
      ['성서중심시장(성서시장문화의거리통합)', '성서중심시장', '성서시장', '문화의거리통합'],
    ],
    ['포항 큰동해시장', ['포항큰동해시장', '큰동해시장']],
    ['서울 인헌시장', ['서울인헌시장', '인헌시장']],
    ['새벽 시장', ['새벽시장']],
  ])('%s also goes by others', (name, names) => {
    expect(namesOf(name, ['포항시'])).toEqual(names);
  });
});

describe('addresses, phones and business numbers', () => {
  it('are equal in different spellings', () => {
    expect(addressKey('강원도 강릉시 성남동 50번지 (성남동)')).toBe(
      addressKey('강원특별자치도 강릉시 성남동 50'),
    );
    expect(addressKey('서울특별시 중구 황학동 442 일대')).toBe(addressKey('서울 중구 황학동 442'));
    expect(addressKey('서울 중구 황학동 44-2')).not.toBe(addressKey('서울 중구 황학동 442'));
    expect(phoneKey('+82 10-0000-0001')).toBe(phoneKey('010 0000 0001'));
    expect(phoneKey('4477')).toBe('');
  });

  it.each([
    '02-2635-4846',
    '033-648-4477',
    '031-8012-3456',
    '070-4000-1234',
    '010-0000-0001',
    '1588-1234',
    '01000000001',
  ])('%s is a usual phone number', (phone) => expect(isUsualPhone(phone)).toBe(true));

  it.each(['033-6629-2920', '031-0469-2660', '12', '없음', '033-648-4477 / 4478'])(
    '%s is an odd one',
    (phone) => expect(isUsualPhone(phone)).toBe(false),
  );

  it('need the check digit', () => {
    expect(businessNumberKey('101-00-00002')).toBe('1010000002');
    expect(businessNumberKey('1010000017')).toBe('1010000017');
    expect(businessNumberKey('101-00-00003')).toBe('');
    // Right by the rule, and nobody's.
    expect(['000-00-00000', '123-45-67891'].map(businessNumberKey)).toEqual(['', '']);
    expect(businessNumberKey('101-00-0000')).toBe('');
  });
});
