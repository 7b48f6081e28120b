import type { KitLine, KitOrder } from '#shared/contract/kits.ts';
import { isEntityName } from '#shared/model/model.ts';
import { chosenRecords, type Chosen } from '../../store/chosen-records.ts';
import { countLive, kitStamp, newestChanges, type Changed } from '../../store/kit-queries.ts';
import type { KitRecord, Receipt } from '../../store/kits.ts';
import type { WrittenFor } from '../../store/laptop-queries.ts';
import { mustBeLive, type Deps } from '../deps.ts';
import { writersOf } from '../laptops/writers.ts';
import { sealsFor } from './laptops.ts';
import { selectionFor } from './made.ts';

/** More changes than that are not looked at: it is enough to know that there are very many. */
const MOST_CHANGES = 20_000;

type Line = Omit<KitLine, 'seal'>;

/**
 * What each kit would hold, and which one its trainer has. Lines are kept while nothing is written: whoever ticks a
 * session asks for all of them again.
 */
export function kitLines(deps: Deps): (orders: readonly KitOrder[]) => KitLine[] {
  const { store } = deps;
  let kept = nothingKept('');

  function linesOf(orders: readonly KitOrder[]): KitLine[] {
    store.projector.catchUp();
    const stamp = kitStamp(store.db);
    if (kept.stamp !== stamp) kept = nothingKept(stamp);
    const receipts = store.kits.receipts();
    // What a person says of a key is no change of the records.
    const sealFor = sealsFor(deps, (kept.written ??= writersOf(store)));
    return orders.map((order) => {
      mustBeLive(deps, 'person', order.trainer);
      const key = JSON.stringify(order);
      const line = kept.lines.get(key) ?? lineFor(deps, order, receipts, changedLately);
      kept.lines.set(key, line);
      return { ...line, seal: sealFor(order.trainer) };
    });
  }

  function changedLately(): readonly Changed[] {
    return (kept.changed ??= newestChanges(store.db, MOST_CHANGES));
  }

  return linesOf;
}

interface Kept {
  readonly stamp: string;
  readonly lines: Map<string, Line>;
  changed: readonly Changed[] | null;
  written: readonly WrittenFor[] | null;
}

function nothingKept(stamp: string): Kept {
  return { stamp, lines: new Map(), changed: null, written: null };
}

function lineFor(
  deps: Deps,
  order: KitOrder,
  receipts: readonly Receipt[],
  changed: () => readonly Changed[],
): Line {
  const { store } = deps;
  const made = store.kits.madeFor(order.trainer);
  const name = store.projector.table('person').get(order.trainer)?.fields['name'];
  const chosen = order.sessions.length === 0 ? null : chosenRecords(store.db, selectionFor(deps, order));
  const ids = new Map(made.map((kit) => [kit.id, kit]));
  const own = receipts.filter(({ kit }) => ids.has(kit));
  const newest = made.flatMap((kit) => own.find((receipt) => receipt.kit === kit.id) ?? [])[0];
  const last = made[0];
  const laptops = new Set(own.map(({ laptop }) => laptop));
  return {
    trainer: { id: order.trainer, name: typeof name === 'string' ? name : '' },
    shops: chosen ? countLive(store.db, 'store', chosen) : 0,
    people: chosen ? countLive(store.db, 'person', chosen) : 0,
    last: last ? { id: last.id, madeAt: last.madeAt, changes: last.changes } : null,
    received: newest
      ? {
          id: newest.kit,
          madeAt: ids.get(newest.kit)!.madeAt,
          laptop: { id: newest.laptop, name: newest.laptopName },
          importedAt: newest.importedAt,
        }
      : null,
    fresh: last && chosen ? freshIn(chosen, order, last, changed(), laptops) : null,
  };
}

/** What the last kit did not have. What the trainer's own laptop wrote is no news there. */
function freshIn(
  chosen: Chosen,
  order: KitOrder,
  last: Pick<KitRecord, 'sessions' | 'sites' | 'lastN'>,
  changed: readonly Changed[],
  laptops: ReadonlySet<string>,
): NonNullable<KitLine['fresh']> {
  const records = new Set<string>();
  for (const { n, laptop, entity, record } of changed) {
    if (n <= last.lastN) break;
    if (laptops.has(laptop)) continue;
    if (isEntityName(entity) && chosen.get(entity)?.has(record)) records.add(`${entity} ${record}`);
  }
  const [sessions, sites] = [new Set(last.sessions), new Set(last.sites)];
  return {
    sessions: order.sessions.filter((id) => !sessions.has(id)).length,
    sites: order.sites.filter((id) => !sites.has(id)).length,
    records: records.size,
    more: changed.length === MOST_CHANGES && changed.at(-1)!.n > last.lastN + 1,
  };
}
