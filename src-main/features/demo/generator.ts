import type { Change } from '#shared/merge/change.ts';
import { planMarkets, workMarkets } from './markets.ts';
import { nationwide } from './nationwide.ts';
import { season2024 } from './season2024.ts';
import { tally } from './tally.ts';
import { Writer } from './writer.ts';

export interface DemoOptions {
  /** `2024`: the street and excellent-market programmes of that year. `national`: all programmes since 2022 as well. */
  readonly scale: '2024' | 'national';
  /** A whole number; the same one gives the same changes, byte for byte, everywhere. */
  readonly seed: number;
}

/**
 * The demo programmes as changes of several laptops, which come to every figure published on 2024-12-17 (docs/demo.md).
 * Ids rise with time within each laptop; a change comes after those that it names as prior. `national` begins with exactly
 * what `2024` gives; it is made as it is read, with at most one year of market visits in memory.
 */
export function* demoChanges({ scale, seed }: DemoOptions): Generator<Change> {
  const writer = new Writer();
  const season = season2024(seed);
  yield* writer.writeAll(season.drafts);
  writer.forget();
  if (scale === '2024') return;

  const markets = planMarkets(seed, season.foundations, tally(season.sites));
  for (const drafts of workMarkets(markets)) {
    yield* writer.writeAll(drafts);
    writer.forget();
  }
  const planned = tally([...season.sites, ...markets.sites]);
  const shops = markets.sites.flatMap((site) => site.shops);
  yield* nationwide(seed, season.foundations, planned, shops, writer);
}
