import { expect } from 'vitest';
import { laptop, type TestLaptop } from './laptop.ts';

type Values = Record<string, string | number | boolean | null>;

export const ONE = '101-00-00002';
export const ANOTHER = '101-00-00017';

export async function make(at: TestLaptop, entity: string, set: Values): Promise<string> {
  return (await at.call('records.write', { entity, set })).id;
}

export const market = (at: TestLaptop, set: Values = {}): Promise<string> =>
  make(at, 'site', {
    name: '가온시장',
    kind: 'traditionalMarket',
    province: '서울특별시',
    district: '마포구',
    ...set,
  });

export const shop = (at: TestLaptop, site: string, set: Values): Promise<string> =>
  make(at, 'store', { site, ...set });

/** The pairs that are asked, as sorted names. */
export async function asked(at: TestLaptop, input: { site?: string; min?: number } = {}): Promise<string[]> {
  const { pairs, total } = await at.call('duplicates.list', input);
  expect(total).toBe(pairs.length);
  return pairs.map(({ left, right }) => [left.name, right.name].sort().join(' = '));
}

export const kpiStores = async (at: TestLaptop): Promise<number> =>
  (await at.call('report.kpis', {})).total.stores;

/** A market with one shop written twice, and two others. */
export async function scene(
  name = 'office',
): Promise<{ at: TestLaptop; site: string; a: string; b: string; other: string }> {
  const at = laptop(name);
  const program = await make(at, 'program', { name: '단골시장', kind: 'market' });
  const site = await market(at, { program });
  const a = await shop(at, site, {
    name: '하늘떡집',
    phone: '010-0000-0001',
    ownerName: '김단골',
    category: '떡',
  });
  const b = await shop(at, site, { name: '하늘 떡집', phone: '01000000001', unit: '가동 3호' });
  const other = await shop(at, site, { name: '바다정육점' });
  return { at, site, a, b, other };
}
