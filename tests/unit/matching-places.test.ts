import { describe, expect, it } from 'vitest';
import { addressOf, compareAddresses, type AddressVerdict } from '#shared/matching/addresses.ts';
import {
  agreesMasked,
  channelKey,
  compareUnits,
  isOneSlip,
  mapKey,
  personKey,
  phoneTexts,
  unitParts,
} from '#shared/matching/details.ts';
import { metresBetween, pointOf } from '#shared/matching/geo.ts';
import { withPresentPlace } from '#shared/matching/regions.ts';

describe('an address', () => {
  it.each<[string, string, string | null, string, string]>([
    ['강원도 강릉시 금성로21', '강원특별자치도', '강릉시', '금성로', '21'],
    ['강원특별자치도 강릉시 임영로 155번길 6 (용강동)', '강원특별자치도', '강릉시', '임영로155번길', '6'],
    ['강원특별자치도 강릉시 주문진읍 구시장길 11-3', '강원특별자치도', '강릉시', '구시장길', '11-3'],
    ['강원 강릉시 주문진읍 주문리 321-14번지', '강원특별자치도', '강릉시', '주문리', '321-14'],
    ['서울 종로구 종로1가 24', '서울특별시', '종로구', '종로1가', '24'],
    ['서울 성동구 성수동1가 12-3', '서울특별시', '성동구', '성수동1가', '12-3'],
    ['서울 마포구 망원로8길 27, 가동 12호', '서울특별시', '마포구', '망원로8길', '27'],
    ['서울 마포구 망원1동 411', '서울특별시', '마포구', '망원동', '411'],
    ['서울 마포구 보기로 12 3호', '서울특별시', '마포구', '보기로', '12'],
    ['서울 중구 을지로 지하 12', '서울특별시', '중구', '을지로', '지하12'],
    ['경북 포항시북구 양학로 40', '경상북도', '포항시', '양학로', '40'],
    ['경기도 성남시 분당구 수내동 32', '경기도', '성남시', '수내동', '32'],
    ['전북 전주시 완산구 전동 산 3-1 일대', '전북특별자치도', '전주시', '전동', '산3-1'],
    ['세종특별자치시 조치원읍 다올길 9', '세종특별자치시', '세종특별자치시', '다올길', '9'],
    ['경상북도 군위군 군위읍 중앙길 1', '대구광역시', '군위군', '중앙길', '1'],
    ['인천광역시 남구 숭의동 1', '인천광역시', '미추홀구', '숭의동', '1'],
    ['강원도 홍천군 홍천읍 신장대리', '강원특별자치도', '홍천군', '', ''],
  ])('%s', (text, province, district, street, number) => {
    expect(addressOf(text)).toMatchObject({ province, district, street, number });
  });

  it('may hold the unit, and may be nothing', () => {
    expect(addressOf('서울 마포구 망원로 27, 가동 12호')?.detail).toBe('가동 12호');
    expect(addressOf('서울 마포구 망원로 27 (망원동, 2층)')?.detail).toBe('2층');
    expect(addressOf('서울 마포구 망원로 27 (망원동)')?.detail).toBe('');
    expect(addressOf('  ')).toBeNull();
    expect(addressOf('시장 안')).toMatchObject({ province: null, district: null, street: '' });
  });

  it.each<[string, string, AddressVerdict | null]>([
    ['강원도 강릉시 성남동 50번지 (성남동)', '강원특별자치도 강릉시 성남동 50', 'same'],
    ['전라북도 군산시 금성로21', '전북 군산시 금성로 21, 3호', 'same'],
    ['제주도 제주시 관덕로 14', '제주특별자치도 제주시 관덕로14', 'same'],
    ['보기로 12', '서울 마포구 보기로 12', 'same'],
    ['경상북도 군위군 군위읍 중앙길 1', '대구 군위군 중앙길 1', 'same'],
    ['서울 마포구 망원동 411', '서울 마포구 망원동 411-3', 'sameBuilding'],
    ['서울 마포구 망원동 411-1', '서울 마포구 망원동 411-3', 'nextDoor'],
    ['서울 마포구 망원로 27', '서울 마포구 망원로 29', 'otherNumber'],
    ['서울 마포구 망원로 27', '서울 마포구 월드컵로 27', 'otherRoad'],
    ['서울 마포구 망원로 27', '서울 마포구 망원동 411', 'sameDistrict'],
    ['서울 마포구', '서울 마포구 망원동 411', 'sameDistrict'],
    ['서울 중구 을지로 27', '서울 종로구 을지로 27', 'otherDistrict'],
    ['부산 중구 중앙로 27', '서울 중구 중앙로 27', 'otherProvince'],
    ['망원로 27', '망원동 411', null],
    ['시장 안', '서울 마포구 망원동 411', null],
  ])('%s against %s', (a, b, verdict) => {
    const [one, other] = [addressOf(a)!, addressOf(b)!];
    expect(compareAddresses(one, other)).toBe(verdict);
    expect(compareAddresses(other, one)).toBe(verdict);
  });

  it('takes the present names of province and district, and keeps the rest', () => {
    expect(withPresentPlace('경상북도 군위군 군위읍 1')).toBe('대구광역시 군위군 군위읍 1');
    expect(withPresentPlace('강원도 강릉시  금성로 21')).toBe('강원특별자치도 강릉시  금성로 21');
    expect(withPresentPlace('경상북도 포항시 남구 1')).toBe('경상북도 포항시 남구 1');
  });
});

describe('a unit', () => {
  it.each<[string, string, ReturnType<typeof compareUnits>]>([
    ['가동 12호', '가-12', 'same'],
    ['가동 12호', '가동12', 'same'],
    ['A동 3', 'a-3호', 'same'],
    ['1층 12호', '12호', 'alike'],
    ['12,13호', '12호', 'alike'],
    ['지하 1층 12호', 'B1F 12', 'same'],
    ['1층 12호', '지하 1층 12호', 'different'],
    ['가동 12호', '나동 12호', 'different'],
    ['1열 5호', '5열 1호', 'different'],
    ['12호', '', null],
    ['점포', '12호', null],
  ])('%s against %s', (a, b, verdict) => {
    expect(compareUnits(unitParts(a), unitParts(b))).toBe(verdict);
    expect(compareUnits(unitParts(b), unitParts(a))).toBe(verdict);
  });
});

describe('smaller facts', () => {
  it('find several phone numbers in one field', () => {
    expect(phoneTexts('033-648-4477 / 010-0000-0001')).toEqual(['033-648-4477', '010-0000-0001']);
    expect(phoneTexts('02 123 4567')).toEqual(['02 123 4567']);
    expect(phoneTexts('')).toEqual([]);
  });

  it.each<[string, string, boolean]>([
    ['01000000001', '01000000002', true],
    ['01000000001', '0100000001', true],
    ['01012345678', '01012345687', true],
    ['01012345678', '01021345678', true],
    ['01012345678', '01012345678', false],
    ['01012345678', '01012345698', true],
    ['01012345678', '01012346798', false],
    ['01012345678', '0101234567890', false],
  ])('one slip between %s and %s: %s', (a, b, expected) => {
    expect(isOneSlip(a, b)).toBe(expected);
    expect(isOneSlip(b, a)).toBe(expected);
  });

  it('read names, channels and places on the map', () => {
    expect(['김 단골 사장님', '김단골(대표)', '김단골 외 1명', '김단골씨'].map(personKey)).toEqual(
      Array(4).fill('김단골'),
    );
    expect(agreesMasked('김**', '김단골')).toBe(true);
    expect(agreesMasked('김O골', '김단국')).toBe(false);
    expect(
      ['https://pf.kakao.com/_aB1/chat', 'http://pf.kakao.com/_aB1?x=1', 'pf.kakao.com/_aB1', '_aB1'].map(
        channelKey,
      ),
    ).toEqual(Array(4).fill('_aB1'));
    expect(channelKey('https://pf.kakao.com/_ab1')).not.toBe(channelKey('https://pf.kakao.com/_aB1'));
    expect(
      [
        'https://place.map.kakao.com/123',
        'https://map.kakao.com/?itemId=123&q=x',
        'place.map.kakao.com/m/123',
      ].map(mapKey),
    ).toEqual(Array(3).fill('123'));
    expect(mapKey('없음')).toBe('');
  });

  it('measure distances', () => {
    // Seoul City Hall to Busan City Hall is about 325 km, one thousandth of a degree of latitude 111 m.
    const seoul = { latitude: 37.5663, longitude: 126.9779 };
    expect(metresBetween(seoul, { latitude: 35.1798, longitude: 129.075 }) / 1000).toBeCloseTo(325, -1);
    expect(metresBetween(seoul, { ...seoul, latitude: 37.5673 })).toBeCloseTo(111.2, 0);
    expect(metresBetween(seoul, seoul)).toBe(0);
    expect([pointOf(0, 0), pointOf(null, 127), pointOf(37, 127)]).toEqual([
      null,
      null,
      { latitude: 37, longitude: 127 },
    ]);
  });
});
