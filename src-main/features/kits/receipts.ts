import type { Manifest } from '#shared/contract/exchange.ts';
import type { Deps } from '../deps.ts';
import { writersOf } from '../laptops/writers.ts';

/** Session files that a kit names: a season of a trainer's days, and some 15 KB. */
const RECEIPTS_TOLD = 200;

/**
 * What a trainer's kit says of their own session files: those that are merged here, the newest first. Theirs are the
 * laptops that told of a kit made for them, and those that write their records. Where neither is known, or the kit is
 * for nobody in particular, those of all laptops: an id tells nothing to whom it does not belong.
 */
export function receiptsFor({ store }: Deps, trainer: string | undefined): NonNullable<Manifest['receipts']> {
  return store.kits.merged(trainer === undefined ? [] : laptopsOf(store, trainer), RECEIPTS_TOLD);
}

function laptopsOf(store: Deps['store'], trainer: string): string[] {
  const kits = new Set(store.kits.madeFor(trainer).map(({ id }) => id));
  const told = store.kits.receipts().filter(({ kit }) => kits.has(kit));
  const writers = writersOf(store).filter((one) => one.trainer === trainer);
  return [...new Set([...told, ...writers].map(({ laptop }) => laptop))];
}
