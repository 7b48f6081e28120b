import { it } from 'vitest';
import { LAPTOPS, runHistories, seedsWith } from '#tests/support/fleet-histories.ts';

const seeds = seedsWith(0);

it.runIf(seeds.length > 0)(
  `a fleet of ${LAPTOPS} laptops agrees with the rules under ${seeds.length} histories (even seeds)`,
  { timeout: 3_600_000 },
  () => runHistories(seeds),
);
