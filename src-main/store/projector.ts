import type { Json } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';
import { erasedIn, project, type RecordState } from '#shared/merge/register.ts';
import { destroyBlobs } from './blobs.ts';
import { bodyOf, changeFrom, idFromBytes } from './codec.ts';
import { unmakeWaiting } from './deliveries.ts';
import { dropDraftsOf } from './drafts.ts';
import type { Meta } from './meta.ts';
import { tableOf, type Table } from './rows.ts';
import { createProjections, projectionFingerprint } from './schema.ts';
import { transaction, type Db } from './sqlite.ts';

/** A field that disagrees now and did not before, with the record's changes and their places in the log. */
export interface NewConflict {
  readonly entity: string;
  readonly record: string;
  readonly field: string;
  readonly places: readonly number[];
  readonly changes: readonly Change[];
}

export interface Projector {
  table(entity: string): Table;
  /** A record's changes, read by their places in the log. */
  changesAt(places: readonly number[]): Change[];
  /**
   * Hands over changes that were just made durable at consecutive places, so that they need not be read and parsed
   * again. What waits is only a copy: the log has it, and a stale copy is not used.
   */
  offer(firstN: number, changes: readonly Change[]): void;
  /** How many changes were offered and not projected yet. */
  waiting(): number;
  /** Brings the projections up to the end of the log. */
  catchUp(): void;
  /** Projects the next batch in a transaction of its own; false when the end of the log was reached before. */
  step(): boolean;
  /** How much of the log is projected, as places. */
  progress(): { readonly done: number; readonly total: number };
  /** Has `tell` called for each field that newly disagrees, whoever brings the projections up to date; ends it. */
  watch(tell: (conflict: NewConflict) => void): () => void;
  /** Changes of one batch: an import that has offered so many had better project them. */
  readonly batch: number;
  /** Projects one record from the given places, inside the caller's transaction; none removes the row. */
  reproject(entity: string, record: string, places: readonly number[]): RecordState;
  /** Makes all projections anew from the log; after a crash in the middle, the next opening goes on. */
  rebuild(progress?: (done: number, total: number) => void): void;
  /** Rebuilds when the model or the tables changed since the projections were made. */
  rebuildIfOutdated(progress?: (done: number, total: number) => void): boolean;
}

/** Changes projected in one transaction: enough to sort the writes, little enough to stay small in memory. */
const BATCH = 25_000;

/** Changes as they were offered, at consecutive places from `firstN`. */
interface Offered {
  firstN: number;
  changes: Change[];
}

interface Touched {
  readonly places: number[];
  readonly changes: Change[];
}

export function openProjector(db: Db, meta: Meta, batch = BATCH): Projector {
  const tables = new Map<string, Table>();
  const byPlace = db.prepare('SELECT id, body FROM change WHERE n = ?');
  const after = db.prepare('SELECT n, id, body FROM change WHERE n > ? ORDER BY n LIMIT ?');
  const end = db.prepare('SELECT coalesce(max(n), 0) FROM change').pluck();
  const between = db.prepare('SELECT count(*) FROM change WHERE n > ? AND n <= ?').pluck();
  let offered: Offered = { firstN: 0, changes: [] };
  const watchers = new Set<(conflict: NewConflict) => void>();
  const setBody = db.prepare('UPDATE change SET body = ? WHERE n = ?');
  // The hub may hold what is destroyed here: whoever meets it next blanks it there too.
  const noteMend = db.prepare('INSERT OR IGNORE INTO hub_mend (n) SELECT ? WHERE EXISTS (SELECT 1 FROM hub)');

  function table(entity: string): Table {
    let found = tables.get(entity);
    if (!found) tables.set(entity, (found = tableOf(db, entity)));
    return found;
  }

  function changesAt(places: readonly number[]): Change[] {
    return places.map((n) => {
      const row = byPlace.get(n) as { id: Buffer; body: string };
      return changeFrom(idFromBytes(row.id), row.body);
    });
  }

  function progress(): { done: number; total: number } {
    return { done: Number(meta.get('projected') ?? 0), total: end.get() as number };
  }

  function step(): boolean {
    const { done, total } = progress();
    if (done >= total) return false;
    projectBatch(done);
    return true;
  }

  function catchUp(): void {
    while (step());
  }

  function watch(tell: (conflict: NewConflict) => void): () => void {
    watchers.add(tell);
    return () => void watchers.delete(tell);
  }

  function tellOf(conflict: NewConflict): void {
    for (const tell of watchers) tell(conflict);
  }

  function projectBatch(from: number): void {
    transaction(db, () => {
      const { touched, last } = gather(from);
      // Sorted, so that the tables are written in the order of their keys.
      for (const entity of [...touched.keys()].sort()) {
        const records = touched.get(entity)!;
        const newest = table(entity).newest();
        for (const record of [...records.keys()].sort()) {
          projectTouched(entity, record, records.get(record)!, newest === null || record > newest);
        }
      }
      meta.set('projected', String(last));
    });
  }

  function offer(firstN: number, changes: readonly Change[]): void {
    const follows = offered.firstN + offered.changes.length === firstN;
    if (!follows) offered = { firstN, changes: [...changes] };
    else for (const change of changes) offered.changes.push(change);
  }

  /** The next changes after a place: those that were offered if they are just these, else as they stand in the log. */
  function* next(from: number): IterableIterator<[n: number, change: Change]> {
    const { firstN, changes } = offered;
    const last = firstN + changes.length - 1;
    offered = { firstN: 0, changes: [] };
    if (changes.length > 0 && firstN === from + 1 && between.get(from, last) === changes.length) {
      for (const [i, change] of changes.entries()) yield [firstN + i, change];
      return;
    }
    for (const row of after.iterate(from, batch) as IterableIterator<{
      n: number;
      id: Buffer;
      body: string;
    }>) {
      yield [row.n, changeFrom(idFromBytes(row.id), row.body)];
    }
  }

  function gather(from: number): { touched: Map<string, Map<string, Touched>>; last: number } {
    const touched = new Map<string, Map<string, Touched>>();
    let last = from;
    for (const [n, change] of next(from)) {
      let records = touched.get(change.entity);
      if (!records) touched.set(change.entity, (records = new Map()));
      let one = records.get(change.record);
      if (!one) records.set(change.record, (one = { places: [], changes: [] }));
      one.places.push(n);
      one.changes.push(change);
      last = n;
    }
    return { touched, last };
  }

  function projectTouched(entity: string, record: string, fresh: Touched, isNew: boolean): void {
    const target = table(entity);
    // Most new records come after all that are here, since their ids hold the time: nothing to look for.
    const before = isNew ? [] : target.places(record);
    if (fresh.changes.some((change) => change.erase)) dropDraftsOf(db, entity, record);
    const places = [...before, ...fresh.places];
    const changes = [...changesAt(before), ...fresh.changes];
    const known = before.length > 0 && watchers.size > 0 ? target.get(record)!.conflicts : {};
    const { conflicts } = put(target, record, changes, places);
    for (const field in conflicts) {
      if (!Object.hasOwn(known, field)) tellOf({ entity, record, field, places, changes });
    }
  }

  function put(
    target: Table,
    record: string,
    changes: readonly Change[],
    places: readonly number[],
  ): RecordState {
    const left = blankErased(changes, places);
    const state = project(left);
    target.put(record, state, places, left);
    return state;
  }

  /** Destroys erased values in the log itself, whichever of value and erasure came first; gives what is left. */
  function blankErased(changes: readonly Change[], places: readonly number[]): readonly Change[] {
    const erasures = changes.filter((change) => change.erase);
    if (erasures.length === 0) return changes;
    const blanked = blankedIn(changes, erasures);
    for (const [i, change] of blanked) {
      setBody.run(bodyOf(change), places[i]!);
      noteMend.run(places[i]!);
    }
    destroyBlobs(
      db,
      [...blanked.keys()].flatMap((i) => Object.values(changes[i]!.set!)),
    );
    if (blanked.size > 0) unmakeWaiting(db);
    return changes.map((change, i) => blanked.get(i) ?? change);
  }

  function reproject(entity: string, record: string, places: readonly number[]): RecordState {
    const target = table(entity);
    if (places.length > 0) return put(target, record, changesAt(places), places);
    target.remove(record);
    return { fields: {}, conflicts: {} };
  }

  function rebuild(tell?: (done: number, total: number) => void): void {
    transaction(db, () => {
      createProjections(db);
      meta.set('projected', '0');
      meta.set('projection', projectionFingerprint());
    });
    tables.clear();
    while (step()) {
      const { done, total } = progress();
      tell?.(done, total);
    }
  }

  function rebuildIfOutdated(tell?: (done: number, total: number) => void): boolean {
    if (meta.get('projection') === projectionFingerprint()) return false;
    rebuild(tell);
    return true;
  }

  return {
    table,
    changesAt,
    offer,
    waiting: () => offered.changes.length,
    batch,
    catchUp,
    step,
    progress,
    watch,
    reproject,
    rebuild,
    rebuildIfOutdated,
  };
}

/** The changes that must be others because an erasure destroys values in them, by index into `changes`. */
function blankedIn(changes: readonly Change[], erasures: readonly Change[]): Map<number, Change> {
  const fields = new Set(erasures.flatMap((erasure) => erasure.erase!));
  const blank = new Map<number, Record<string, Json>>();
  for (const field of fields) {
    const setters = changes.filter((change) => change.set && Object.hasOwn(change.set, field));
    const erased = erasedIn(field, setters, erasures);
    for (const [i, change] of changes.entries()) {
      if (!erased.has(change.id) || change.set![field] === null) continue;
      const set = blank.get(i) ?? { ...change.set };
      set[field] = null;
      blank.set(i, set);
    }
  }
  return new Map([...blank].map(([i, set]) => [i, { ...changes[i]!, set }]));
}
