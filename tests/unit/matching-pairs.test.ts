import { describe, expect, it } from 'vitest';
import { compareShops } from '#shared/matching/compare.ts';
import { shopOf, siteOf, type ShopFacts, type SiteFacts } from '#shared/matching/shop.ts';
import { LIKELY, scoreOf, WEIGHTS, WORTH_ASKING } from '#shared/matching/weights.ts';

const nowhere: SiteFacts = {
  id: 'nationwide',
  name: '전국',
  kind: 'nationwide',
  province: null,
  district: null,
  roadAddress: null,
  lotAddress: null,
  latitude: null,
  longitude: null,
  phone: null,
  channelUrl: null,
};
const mangwon: SiteFacts = {
  ...nowhere,
  id: 'mangwon',
  name: '망원시장',
  kind: 'traditionalMarket',
  province: '서울특별시',
  district: '마포구',
  roadAddress: '서울특별시 마포구 포은로8길 14',
  latitude: 37.556,
  longitude: 126.906,
  phone: '02-335-3591',
  channelUrl: 'http://pf.kakao.com/_mangwon',
};
const sites: Readonly<Record<string, SiteFacts>> = {
  nationwide: nowhere,
  mangwon,
  // The same market in another programme's list, made before a renaming would show.
  mangwonAgain: {
    ...mangwon,
    id: 'mangwonAgain',
    name: '망원 시장',
    province: '서울',
    phone: null,
    channelUrl: null,
  },
  besideMangwon: {
    ...mangwon,
    id: 'besideMangwon',
    name: '망원월드컵시장',
    latitude: 37.5565,
    longitude: 126.9055,
  },
  inheon: {
    ...mangwon,
    id: 'inheon',
    name: '인헌시장',
    district: '관악구',
    roadAddress: null,
    latitude: 37.47,
    longitude: 126.96,
  },
  gunsan: {
    ...nowhere,
    id: 'gunsan',
    name: '군산시장',
    kind: 'traditionalMarket',
    province: '전북특별자치도',
    district: '군산시',
  },
};

const empty: ShopFacts = {
  id: '',
  site: 'mangwon',
  name: null,
  category: null,
  ownerName: null,
  phone: null,
  businessNumber: null,
  roadAddress: null,
  lotAddress: null,
  unit: null,
  latitude: null,
  longitude: null,
  channelUrl: null,
  mapPlaceUrl: null,
};

type Given = Partial<ShopFacts>;

const compare = (a: Given, b: Given) => {
  const shop = (id: string, given: Given) => {
    const facts = { ...empty, id, ...given };
    return shopOf(facts, facts.site === null ? null : siteOf(sites[facts.site]!));
  };
  return compareShops(shop('a', a), shop('b', b));
};

const one = '101-00-00002';
const another = '101-00-00017';
const road = '서울특별시 마포구 포은로8길 30';
const lot = '서울 마포구 망원동 411-7';
const here = { latitude: 37.5561, longitude: 126.9061 };
const tenMetresOn = { latitude: 37.55619, longitude: 126.9061 };

describe('one shop, written in two ways', () => {
  it.each<[string, Given, Given]>([
    ['a space', { name: '하늘떡집' }, { name: '하늘 떡집' }],
    ['composed and not composed', { name: '하늘떡집' }, { name: '하늘떡집'.normalize('NFD') }],
    ['a company form', { name: '㈜하늘식품' }, { name: '주식회사 하늘 식품' }],
    ['the head office of a chain', { name: '하늘떡집 본점' }, { name: '하늘떡집' }],
    ['a branch that is named after the market', { name: '하늘떡집 망원점' }, { name: '하늘떡집' }],
    [
      'a former name and a unit',
      { name: '하늘떡집(구 바다떡집)', unit: '가동 3호' },
      { name: '바다떡집', unit: '가-3' },
    ],
    [
      'a slip and the address',
      { name: '하늘떡집', roadAddress: road },
      { name: '하는떡집', roadAddress: road },
    ],
    [
      'another word for the trade',
      { name: '하늘떡집', category: '떡' },
      { name: '하늘떡방앗간', category: '떡' },
    ],
    [
      'only the name and a typed-over phone',
      { name: '하늘떡집', phone: '010-0000-0001' },
      { name: '하늘떡집', phone: '010-0000-0002' },
    ],
    [
      'a new name over the same door',
      { name: '하늘떡집', phone: '010-0000-0001', unit: '3', ownerName: '김단골' },
      { name: '바다떡집', phone: '+82 10 0000 0001', unit: '3호', ownerName: '김 단골' },
    ],
    [
      'the business number alone',
      { name: '하늘떡집', businessNumber: one },
      { name: '떡하니', businessNumber: '1010000002' },
    ],
    [
      'a business number with one wrong digit',
      { name: '하늘떡집', businessNumber: one, site: 'nationwide' },
      { name: '하늘떡집', businessNumber: '101-00-00003', site: 'nationwide' },
    ],
    ['two records of one market', { name: '하늘떡집' }, { name: '하늘떡집', site: 'mangwonAgain' }],
    [
      'the nationwide list and a market, by phone',
      { name: '하늘떡집', phone: '010-0000-0001' },
      { name: '하늘떡집', phone: '01000000001', site: 'nationwide' },
    ],
    [
      'the nationwide list and a market, by address',
      { name: '하늘떡집', roadAddress: road },
      { name: '하늘떡집', roadAddress: '서울 마포구 포은로8길30', site: 'nationwide' },
    ],
    [
      'a province with its former name',
      { name: '하늘떡집', site: 'nationwide', roadAddress: '전라북도 군산시 금성로 21' },
      { name: '하늘 떡집', site: 'nationwide', roadAddress: '전북특별자치도 군산시 금성로21' },
    ],
    [
      'a lot in two ways',
      { name: '하늘떡집', site: 'nationwide', lotAddress: lot },
      { name: '하늘떡집', site: 'nationwide', lotAddress: '서울특별시 마포구 망원1동 411-7번지' },
    ],
    [
      'a channel',
      { name: '하늘떡집', channelUrl: 'https://pf.kakao.com/_aB1' },
      { name: '떡하니', channelUrl: 'pf.kakao.com/_aB1/chat' },
    ],
    [
      'a place on the map',
      { name: '하늘떡집', mapPlaceUrl: 'https://place.map.kakao.com/77' },
      { name: '하늘', mapPlaceUrl: 'place.map.kakao.com/m/77' },
    ],
    [
      'a landline and a mobile phone',
      { name: '하늘떡집', phone: '02-123-4567' },
      { name: '하늘떡집', phone: '010-0000-0001' },
    ],
    [
      'a masked owner',
      { name: '하늘떡집', ownerName: '김**', phone: '010-0000-0001' },
      { name: '하늘떡집', ownerName: '김단골' },
    ],
    [
      'name and owner, and nobody knows where',
      { name: '하늘떡집', ownerName: '김단골', site: 'nationwide' },
      { name: '하늘떡집', ownerName: '김단골', site: 'nationwide' },
    ],
    [
      'a new owner, all else as it was',
      { name: '하늘떡집', ownerName: '김단골', unit: '3', roadAddress: road },
      { name: '하늘떡집', ownerName: '이단골', unit: '3', roadAddress: road },
    ],
  ])('%s', (_what, a, b) => {
    expect(compare(a, b).score).toBeGreaterThanOrEqual(WORTH_ASKING);
    expect(compare(b, a).score).toBe(compare(a, b).score);
  });

  it.each<[string, Given, Given]>([
    [
      'name, phone and unit',
      { name: '하늘떡집', phone: '010-0000-0001', unit: '가 3' },
      { name: '하늘 떡집', phone: '01000000001', unit: '가동 3호' },
    ],
    [
      'name, owner and address',
      { name: '하늘떡집', ownerName: '김단골', roadAddress: road },
      { name: '하늘떡집', ownerName: '김단골', roadAddress: road },
    ],
    ['business number and site', { businessNumber: one }, { businessNumber: one }],
  ])('%s are strong evidence', (_what, a, b) => {
    expect(compare(a, b).score).toBeGreaterThanOrEqual(LIKELY);
  });
});

describe('two shops that look alike', () => {
  it.each<[string, Given, Given]>([
    [
      'neighbours with one phone',
      { name: '하늘떡집', phone: '010-0000-0001', roadAddress: road, ...here },
      { name: '바다정육점', phone: '010-0000-0001', roadAddress: road, ...tenMetresOn },
    ],
    [
      'neighbours of one trade with the phone of the market',
      { name: '하늘떡집', phone: '02-335-3591', unit: '3', category: '떡' },
      { name: '바다떡집', phone: '02-335-3591', unit: '4', category: '떡' },
    ],
    [
      'shops with the channel of the market',
      { name: '하늘떡집', channelUrl: mangwon.channelUrl },
      { name: '바다떡집', channelUrl: mangwon.channelUrl },
    ],
    [
      'two branches in one market',
      { name: '하늘김밥 1호점', phone: '010-0000-0001', ownerName: '김단골', unit: '1' },
      { name: '하늘김밥 2호점', phone: '010-0000-0001', ownerName: '김단골', unit: '40' },
    ],
    ['two branches in two markets', { name: '하늘김밥 망원점' }, { name: '하늘김밥 인헌점', site: 'inheon' }],
    [
      'a chain that does not name its branches',
      { name: '하늘김밥', category: '분식' },
      { name: '하늘김밥', category: '분식', site: 'gunsan' },
    ],
    [
      'one name in two markets side by side',
      { name: '하늘김밥' },
      { name: '하늘김밥', site: 'besideMangwon', phone: '010-0000-0001', unit: '8', ownerName: '이단골' },
    ],
    [
      'one name in two districts',
      { name: '하늘떡집', site: 'nationwide', roadAddress: '서울 중구 을지로 1' },
      { name: '하늘떡집', site: 'nationwide', roadAddress: '부산 중구 을지로 1' },
    ],
    [
      'one name at two numbers of a street',
      { name: '하늘떡집', site: 'nationwide', roadAddress: '서울 중구 을지로 1' },
      { name: '하늘떡집', site: 'nationwide', roadAddress: '서울 중구 을지로 200' },
    ],
    [
      'one name on a nationwide list',
      { name: '하늘떡집', site: 'nationwide' },
      { name: '하늘떡집', site: 'nationwide' },
    ],
    [
      'father and son, side by side, with one phone',
      {
        name: '김씨정육점',
        ownerName: '김민수',
        phone: '02-123-4567',
        unit: '11',
        category: '축산',
        roadAddress: road,
      },
      {
        name: '김가축산',
        ownerName: '김철호',
        phone: '02-123-4567',
        unit: '12',
        category: '축산',
        roadAddress: road,
      },
    ],
    [
      'one merchant with two shops',
      {
        name: '하늘떡집',
        ownerName: '김단골',
        phone: '010-0000-0001',
        unit: '가 1',
        category: '떡',
        ...here,
      },
      {
        name: '바다옷가게',
        ownerName: '김단골',
        phone: '010-0000-0001',
        unit: '라 40',
        category: '의류',
        latitude: 37.5571,
        longitude: 126.9061,
      },
    ],
    [
      'who came after',
      { name: '하늘떡집', ownerName: '김단골', phone: '010-0000-0001', unit: '3', roadAddress: road },
      { name: '바다정육점', ownerName: '이단골', phone: '010-0000-0002', unit: '3', roadAddress: road },
    ],
    [
      'one trade at one address',
      { name: '하늘떡집', category: '떡', roadAddress: road },
      { name: '바다떡집', category: '떡', roadAddress: road },
    ],
    ['no name but the trade', { name: '분식집' }, { name: '분식' }],
    [
      'a common name with other phones and units',
      { name: '할매국밥', phone: '010-0000-0001', unit: '3' },
      { name: '할매국밥', phone: '010-0000-0002', unit: '40' },
    ],
    [
      'one name with two valid business numbers',
      { name: '하늘떡집', businessNumber: one },
      { name: '하늘떡집', businessNumber: another },
    ],
    [
      'one name with other units and owners',
      { name: '하늘떡집', unit: '3', ownerName: '김단골' },
      { name: '하늘떡집', unit: '40', ownerName: '박새봄' },
    ],
    ['nothing in common but the market', { name: '하늘떡집' }, { name: '바다정육점' }],
    ['nothing known', {}, {}],
    [
      'placeholders for a name',
      { name: '상호 없음', category: '기타' },
      { name: '상호없음', category: '기타' },
    ],
    [
      'placeholders for everything',
      {
        name: '하늘떡집',
        phone: '010-0000-0000',
        businessNumber: '000-00-00000',
        ownerName: '없음',
        unit: '-',
      },
      {
        name: '바다정육점',
        phone: '01000000000',
        businessNumber: '0000000000',
        ownerName: '없음',
        unit: '-',
      },
    ],
  ])('%s', (_what, a, b) => {
    expect(compare(a, b).score).toBeLessThan(WORTH_ASKING);
    expect(compare(b, a).score).toBe(compare(a, b).score);
  });
});

describe('the reasons', () => {
  const a: Given = { name: '하늘떡집', phone: '010-0000-0001', ownerName: '김단골', category: '떡', ...here };
  const b: Given = { name: '하늘 떡집', phone: '010-0000-0002', category: '떡집', unit: '3', ...tenMetresOn };

  it('name each field that either knows, and make the score', () => {
    const { score, reasons, distanceMetres } = compare(a, b);
    expect(reasons).toEqual([
      { field: 'name', kind: 'same', weight: WEIGHTS.name.same },
      { field: 'phone', kind: 'alike', weight: WEIGHTS.phone.typo, how: 'oneDigit' },
      { field: 'ownerName', kind: 'missing', weight: 0 },
      { field: 'site', kind: 'same', weight: WEIGHTS.site.same },
      { field: 'unit', kind: 'missing', weight: 0 },
      { field: 'distance', kind: 'same', weight: WEIGHTS.distance[0].weight },
      { field: 'category', kind: 'alike', weight: WEIGHTS.category.same, how: 'sameTrade' },
    ]);
    expect(score).toBe(scoreOf(reasons.reduce((sum, { weight }) => sum + weight, 0)));
    expect(distanceMetres).toBeCloseTo(10, 0);
  });

  it('are none for what says nothing', () => {
    const nothing = {
      name: '무명',
      phone: '010-1234-5678',
      businessNumber: '1234567891',
      ownerName: '미상',
      unit: '없음',
    };
    expect(compare(nothing, nothing).reasons.map(({ field }) => field)).toEqual(['site']);
  });

  it('count a phone number or a channel of the market, or of many shops, for little', () => {
    const phone = (value: string, isShared = false): number | undefined => {
      const shop = shopOf({ ...empty, phone: value }, siteOf(mangwon));
      const { reasons } = compareShops(shop, shop, { isShared: () => isShared });
      return reasons.find(({ field }) => field === 'phone')?.weight;
    };
    expect(phone('010-0000-0001')).toBe(WEIGHTS.phone.same);
    expect(phone('02 335 3591')).toBe(WEIGHTS.phone.shared);
    expect(phone('010-0000-0001', true)).toBe(WEIGHTS.phone.shared);
    expect(WEIGHTS.phone.shared).toBeLessThan(WEIGHTS.phone.same / 3);
    const channel = { channelUrl: 'https://pf.kakao.com/_mangwon' };
    expect(compare(channel, channel).reasons).toContainEqual(
      expect.objectContaining({ field: 'channelUrl', how: 'ofSite', weight: WEIGHTS.channelUrl.ofSite }),
    );
  });

  it('do not count one thing twice', () => {
    const { reasons } = compare({ roadAddress: road, ...here }, { roadAddress: road, ...tenMetresOn });
    expect(reasons.filter(({ field }) => field === 'distance')).toEqual([
      { field: 'distance', kind: 'same', weight: 0, how: 'withAddress' },
    ]);
  });

  it('a score is the odds: the prior, doubled by each bit', () => {
    expect(scoreOf(-WEIGHTS.prior)).toBe(0.5);
    expect(scoreOf(1 - WEIGHTS.prior)).toBe(0.6667);
    expect(scoreOf(0)).toBeCloseTo(1 / 257, 4);
    expect([scoreOf(1000), scoreOf(-1000)]).toEqual([1, 0]);
  });
});
