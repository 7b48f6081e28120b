import type { KitLine, KitOrder } from '#shared/contract/kits.ts';
import { isEntityName } from '#shared/model/model.ts';
import { chosenRecords, type Chosen, type Selection } from '../../store/chosen-records.ts';
import { changedAfter, countLive, type Changed } from '../../store/kit-queries.ts';
import type { KitRecord, Receipt } from '../../store/kits.ts';
import { mustBeLive, type Deps } from '../deps.ts';
import { givenBefore } from './made.ts';

/** More changes than that are not looked at: it is enough to know that there are very many. */
const MOST_CHANGES = 20_000;

/** What each kit would hold, and which one its trainer has. */
export function kitLines(deps: Deps, orders: readonly KitOrder[]): KitLine[] {
  const { store } = deps;
  store.projector.catchUp();
  const receipts = store.kits.receipts();
  const made = new Map(orders.map(({ trainer }) => [trainer, store.kits.madeFor(trainer)]));
  const oldest = Math.min(...[...made.values()].flatMap(([last]) => last?.lastN ?? []));
  const changed = Number.isFinite(oldest) ? changedAfter(store.db, oldest, MOST_CHANGES + 1) : [];
  return orders.map((order) => lineFor(deps, order, made.get(order.trainer)!, receipts, changed));
}

function lineFor(
  deps: Deps,
  order: KitOrder,
  made: readonly KitRecord[],
  receipts: readonly Receipt[],
  changed: readonly Changed[],
): KitLine {
  const { store } = deps;
  mustBeLive(deps, 'person', order.trainer);
  const name = store.projector.table('person').get(order.trainer)?.fields['name'];
  const isEmpty = order.sessions.length === 0;
  const chosen = isEmpty ? null : chosenRecords(store.db, selectionFor(deps, order));
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
    fresh: last && chosen ? freshIn(chosen, order, last, changed, laptops) : null,
  };
}

export function selectionFor(deps: Deps, { trainer, sessions, sites }: KitOrder): Selection {
  return { sessions, sites, trainers: [trainer], before: givenBefore(deps, trainer) };
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
  for (const { n, laptop, entity, record } of changed.slice(0, MOST_CHANGES)) {
    if (n <= last.lastN || laptops.has(laptop)) continue;
    if (isEntityName(entity) && chosen.get(entity)?.has(record)) records.add(`${entity} ${record}`);
  }
  const [sessions, sites] = [new Set(last.sessions), new Set(last.sites)];
  return {
    sessions: order.sessions.filter((id) => !sessions.has(id)).length,
    sites: order.sites.filter((id) => !sites.has(id)).length,
    records: records.size,
    more: changed.length > MOST_CHANGES,
  };
}
