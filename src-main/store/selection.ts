import type { Change } from '#shared/merge/change.ts';
import { parseChangeId } from '#shared/merge/clock.ts';
import { chosenRecords, isForField, type Chosen, type Selection } from './chosen-records.ts';
import { fromPlaces, type SqlValue } from './rows.ts';
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
  const places: number[] = [];
  const take = (rows: unknown[]): void => {
    for (const row of rows as SqlValue[]) for (const n of fromPlaces(row)) places.push(n);
  };
  for (const [entity, ids] of chosen) {
    const rows = db.prepare(`SELECT _n FROM r_${entity} WHERE id IN (SELECT value FROM json_each(?))`);
    take(rows.pluck().all(JSON.stringify([...ids])));
  }
  take(db.prepare('SELECT _n FROM r_unknown').pluck().all());
  return places;
}

/**
 * Where the erasures lie, and what else is known of the records that they hit and that are deleted: where nothing of them
 * is here, an erasure alone would look like a record without a name.
 */
function erasures({ db, projector }: Store): number[] {
  const rows = db
    .prepare(`SELECT n, body FROM change WHERE instr(body, '"erase":[') > 0`)
    .all() as { n: number; body: string }[];
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
