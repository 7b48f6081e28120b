import { describe, expect, it } from 'vitest';
import { compareShops } from '#shared/matching/compare.ts';
import { shopOf, siteOf } from '#shared/matching/shop.ts';
import { LIKELY, scoreOf, WEIGHTS, WORTH_ASKING } from '#shared/matching/weights.ts';
import {
  mangwon,
  empty,
  type Given,
  compare,
  one,
  road,
  lot,
  here,
  tenMetresOn,
} from '#tests/support/shop-pairs.ts';

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
