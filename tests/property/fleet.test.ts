import { describe, expect, it } from 'vitest';
import { makeFleet } from '#tests/support/fleet.ts';

/** More with DANGOL_FLEET_SEEDS=2000; one alone with DANGOL_FLEET_SEED=17. */
const SEEDS = Number(process.env['DANGOL_FLEET_SEEDS'] ?? 200);
const ONLY = process.env['DANGOL_FLEET_SEED'];
const LAPTOPS = 12;
const STEPS = 90;

describe('a fleet of laptops', () => {
  const seeds = ONLY === undefined ? Array.from({ length: SEEDS }, (_none, i) => i + 1) : [Number(ONLY)];

  it(
    `agrees with the rules under ${seeds.length} histories of ${LAPTOPS} laptops`,
    { timeout: 3_600_000 },
    async () => {
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
      // Every kind of action was taken, and conflicts were there to settle: the histories are not tame.
      const kinds = ['edit', 'remove', 'restore', 'settle', 'settled', 'erase', 'export', 'import', 'undo'];
      if (seeds.length >= 100) expect(Object.keys(total).sort()).toEqual(kinds.sort());
      expect(total['edit']).toBeGreaterThan(0);
    },
  );
});
