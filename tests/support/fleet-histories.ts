import { expect } from 'vitest';
import { makeFleet } from './fleet.ts';

/** More with DANGOL_FLEET_SEEDS=2000; one alone with DANGOL_FLEET_SEED=17. */
const SEEDS = Number(process.env['DANGOL_FLEET_SEEDS'] ?? 200);
const ONLY = process.env['DANGOL_FLEET_SEED'];
const STEPS = 90;

export const LAPTOPS = 12;

/** The seeds from 1 that leave `rest` when halved: two files share them, so that two processors do. */
export function seedsWith(rest: 0 | 1): number[] {
  const all = ONLY === undefined ? Array.from({ length: SEEDS }, (_none, i) => i + 1) : [Number(ONLY)];
  return all.filter((seed) => seed % 2 === rest);
}

/** Runs each history, holds every laptop against the naive rules, and lets them all converge. */
export async function runHistories(seeds: readonly number[]): Promise<void> {
  const total: Record<string, number> = {};
  for (const seed of seeds) {
    const fleet = makeFleet(seed, LAPTOPS);
    try {
      for (let i = 0; i < STEPS; i += 1) await fleet.step();
      await fleet.check();
      await fleet.converge();
    } finally {
      fleet.close();
    }
    for (const [name, count] of Object.entries(fleet.counts)) total[name] = (total[name] ?? 0) + count;
  }
  if (seeds.length < 50) return;
  // Every kind of action was taken, and conflicts were there to settle: the histories are not tame.
  const kinds = [
    'edit',
    'remove',
    'restore',
    'settle',
    'settled',
    'erase',
    'export',
    'import',
    'job',
    'undo',
  ];
  expect(Object.keys(total).sort()).toEqual(kinds.sort());
}
