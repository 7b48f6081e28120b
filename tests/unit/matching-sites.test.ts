import { describe, expect, it } from 'vitest';
import { marketOf } from '#main/features/tables/market-list.ts';
import { planSites } from '#main/features/tables/plan-sites.ts';
import type { Draft, Plan } from '#main/features/tables/plan.ts';
import type { Fields, TableRecord } from '#main/features/tables/table-port.ts';
import { isSameMarket, siteOf, type SiteFacts } from '#shared/matching/shop.ts';

const drafts = (...rows: Fields[]): Draft[] =>
  rows.map((values, index) => {
    const read = marketOf(index + 2, values);
    if (!('draft' in read)) throw new Error(read.reason);
    return read.draft;
  });
const imported = (id: string, values: Fields): TableRecord => {
  const [draft] = drafts(values);
  return { id, fields: { ...draft!.defaults, ...draft!.fields }, conflicts: [] };
};
const plan = (here: Fields, row: Fields): Plan => planSites(drafts(row), [imported('1', here)]);

const chuncheon = {
  name: '가온시장',
  roadAddress: '강원특별자치도 춘천시 가온로 3',
  lotAddress: '강원특별자치도 춘천시 가온동 50-1',
};

describe('another year’s list', () => {
  it('with the same spelling needs no telling', () => {
    expect(plan(chuncheon, chuncheon)).toMatchObject({ make: [], unchanged: 1, recognised: [] });
  });

  it.each<[string, Fields, Fields, { why: string; differs: string[] }]>([
    [
      'the province under its former name',
      chuncheon,
      { name: '가온시장', roadAddress: '강원도 춘천시 가온로3', lotAddress: '강원도 춘천시 가온동 50-1번지' },
      { why: 'name and both addresses', differs: ['roadAddress', 'lotAddress'] },
    ],
    [
      'a district that moved to another province',
      { name: '군위시장', roadAddress: '대구광역시 군위군 군위읍 중앙길 1' },
      { name: '군위시장', roadAddress: '경상북도 군위군 군위읍 중앙길 1' },
      { why: 'name and road address', differs: ['roadAddress'] },
    ],
    [
      'a district under its former name, with another address',
      { name: '가온시장', roadAddress: '인천광역시 미추홀구 가온로 3' },
      { name: '가온시장', lotAddress: '인천광역시 남구 가온동 50' },
      { why: 'name and district', differs: [] },
    ],
    [
      'a former name in parentheses',
      { ...chuncheon, name: '누리시장' },
      { ...chuncheon, name: '가온시장(구 누리시장)' },
      { why: 'another name and an address', differs: ['name'] },
    ],
    [
      'a new name at the same addresses',
      { ...chuncheon, name: '누리시장' },
      chuncheon,
      { why: 'renamed at the same addresses', differs: ['name'] },
    ],
  ])('%s', (_what, here, row, { why, differs }) => {
    const { make, recognised } = plan(here, row);
    expect(make).toEqual([]);
    expect(recognised).toEqual(differs.length > 0 ? [{ row: 2, id: '1', why, differs }] : []);
  });

  it('never turns a present name back', () => {
    const { update, unchanged } = plan(
      { name: '가온시장', roadAddress: '인천광역시 미추홀구 가온로 3' },
      { name: '가온시장', roadAddress: '인천광역시 남구 가온로 3' },
    );
    expect(update).toEqual([]);
    expect(unchanged).toBe(1);
  });
});

describe('two records of one market', () => {
  const facts: SiteFacts = {
    id: 'a',
    name: '가온시장',
    kind: 'traditionalMarket',
    province: '강원특별자치도',
    district: '춘천시',
    roadAddress: null,
    lotAddress: null,
    latitude: null,
    longitude: null,
    phone: null,
    channelUrl: null,
  };
  it.each<[string, Partial<SiteFacts>, boolean]>([
    ['the former name of the province', { province: '강원도' }, true],
    [
      'the place from the address',
      { province: null, district: null, roadAddress: '강원 춘천시 가온로 3' },
      true,
    ],
    ['a former name', { name: '누리시장(구 가온시장)' }, true],
    ['the city in front', { name: '춘천 가온시장' }, true],
    ['another district', { district: '원주시' }, false],
    ['another name', { name: '누리시장' }, false],
    ['no place', { province: null, district: null }, false],
  ])('%s: %s', (_what, other, expected) => {
    const [a, b] = [siteOf(facts), siteOf({ ...facts, id: 'b', ...other })];
    expect(isSameMarket(a, b)).toBe(expected);
    expect(isSameMarket(b, a)).toBe(expected);
  });
});
