import type { SealSight } from '#shared/contract/exchange.ts';
import type { Deps } from '../deps.ts';
import type { WrittenFor } from '../../store/laptop-queries.ts';
import { writersOf } from '../laptops/writers.ts';
import { sealSight } from '../sealing.ts';

/**
 * Whose laptops kits are sealed for, asked for many trainers at once: a laptop is a trainer's when it wrote for them or told
 * of a kit that was made for them here. One laptop may be two people's, and one person may have two. Who wrote for whom is
 * found by a look at all visits: whoever asks often gives what they found.
 */
export function sealsFor(
  deps: Deps,
  written: readonly WrittenFor[] = writersOf(deps.store),
): (trainer: string) => SealSight {
  const { store } = deps;
  const writers = Map.groupBy(written, ({ trainer }) => trainer);
  const receipts = Map.groupBy(store.kits.receipts(), ({ kit }) => kit);
  return (trainer) => {
    const told = store.kits.madeFor(trainer).flatMap(({ id }) => receipts.get(id) ?? []);
    const wrote = writers.get(trainer) ?? [];
    return sealSight(deps, new Set([...wrote, ...told].map(({ laptop }) => laptop)));
  };
}
