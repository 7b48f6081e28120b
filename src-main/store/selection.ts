import type { Change } from '#shared/merge/change.ts';
import { parseChangeId } from '#shared/merge/clock.ts';
import { chosenRecords, isForField, type Chosen, type Earlier, type Selection } from './chosen-records.ts';
import { fromPlaces, type SqlValue } from './rows.ts';
import type { Db } from './sqlite.ts';
import type { Store } from './store.ts';

/**
 * The log's lines for a selection, in id order. Records of entities unknown to this version always go along, since
 * nobody here can tell where they belong. An erasure goes along whatever `isNew` says, or an erased value could come
 * back; into a kit for the field it goes whatever the record, for an earlier kit may have held it.
 */
export function* selectLines(
  store: Store,
  selection: Selection,
  isNew: (change: Change, n: number) => boolean,
): IterableIterator<{ id: string; body: string; change: Change }> {
  const chosen = chosenRecords(store.db, selection);
  const goes = (change: Change, n: number): boolean => change.erase !== undefined || isNew(change, n);
  if (!chosen) return yield* store.log.lines(goes);
  const places = placesOf(store, chosen);
  if (isForField(selection)) for (const n of erasures(store)) places.push(n);
  for (const earlier of withoutNewer(selection.before ?? [])) {
    for (const n of decisionsSince(store, earlier)) places.push(n);
  }
  yield* store.log.lines(goes, places);
}

/**
 * The test for `since`: an import's id, or a time in ISO 8601. Null when it is neither. What was written here counts
 * from its own clock, what was imported from the time of the import.
 */
export function newerThan(store: Store, since: string): ((change: Change, n: number) => boolean) | null {
  const after = store.imports.get(since);
  if (after) return (_change, n) => n > after.lastN;
  const ms = Date.parse(since);
  if (!/^\d{4}-\d{2}-\d{2}/.test(since) || Number.isNaN(ms)) return null;
  return (change, n) => {
    const owner = store.imports.ownerOf(n);
    return (owner ? Date.parse(owner.importedAt) : parseChangeId(change.id).ms) > ms;
  };
}

/** Where the changes of the chosen records lie in the log. */
function placesOf({ db }: Store, chosen: Chosen): number[] {
  return [...rowsOf(db, chosen), ...rowsOfUnknown(db)].flatMap(fromPlaces);
}

function rowsOf(db: Db, chosen: Chosen): SqlValue[] {
  return [...chosen].flatMap(([entity, ids]) =>
    db
      .prepare(`SELECT _n FROM r_${entity} WHERE id IN (SELECT value FROM json_each(?))`)
      .pluck()
      .all(JSON.stringify([...ids])),
  ) as SqlValue[];
}

function rowsOfUnknown(db: Db): SqlValue[] {
  return db.prepare('SELECT _n FROM r_unknown').pluck().all() as SqlValue[];
}

/** Each site and session once, in the newest kit that held it. */
function withoutNewer(before: readonly Earlier[]): Earlier[] {
  const seen = new Set<string>();
  const fresh = (ids: readonly string[]): string[] => ids.filter((id) => !seen.has(id) && seen.add(id));
  return before
    .map(({ sessions, sites, lastN }) => ({ sessions: fresh(sessions), sites: fresh(sites), lastN }))
    .filter(({ sessions, sites }) => sessions.length + sites.length > 0);
}

/**
 * Whoever got a kit may hold what was settled or found to be the same since, and would be asked about it. Such a record
 * goes along as a whole, for the laptop may be another one by now, but only if the kit had it: of others nobody there
 * need hear.
 */
function decisionsSince(store: Store, { lastN, ...selection }: Earlier): number[] {
  const chosen = chosenRecords(store.db, selection)!;
  const matches = placesOf(store, new Map([['match', chosen.get('match') ?? new Set<string>()]]));
  const settled = rowsOf(store.db, chosen).flatMap((row) => {
    const places = fromPlaces(row);
    const later = places[0]! <= lastN ? places.filter((n) => n > lastN) : [];
    return store.projector.changesAt(later).some(settles) ? places : [];
  });
  return [...matches, ...settled];
}

/** It saw two values, and there is one since; or it decided about a deletion. */
function settles({ prior, set }: Change): boolean {
  return set?.['deleted'] !== undefined || Object.values(prior ?? {}).some((seen) => seen.length > 1);
}

/**
 * Where the erasures lie, and what else is known of the records that they hit and that are deleted: where nothing of them
 * is here, an erasure alone would look like a record without a name.
 */
function erasures({ db, projector }: Store): number[] {
  const rows = db.prepare(`SELECT n, body FROM change WHERE instr(body, '"erase":[') > 0`).all() as {
    n: number;
    body: string;
  }[];
  return rows.flatMap(({ n, body }) => {
    const { entity, record, erase } = JSON.parse(body) as Pick<Change, 'entity' | 'record' | 'erase'>;
    if (!erase) return [];
    const places = projector.table(entity).places(record);
    const deletions = projector
      .changesAt(places)
      .flatMap(({ set }, i) => (set && Object.keys(set).join() === 'deleted' ? [places[i]!] : []));
    return [n, ...deletions];
  });
}
