import { project } from '#shared/merge/register.ts';
import { faultOf, type Change } from '#shared/merge/change.ts';
import { changeFrom, idFromBytes } from './codec.ts';
import { entitiesOf } from './dump.ts';
import { fromPlaces, type SqlValue, type Table } from './rows.ts';
import type { Store } from './store.ts';

/** One thing that is not as it should be: which part, and where. */
export interface Fault {
  readonly part: 'database' | 'log' | 'projection' | 'blob' | 'audit';
  readonly at: string;
}

export interface Verified {
  readonly changes: number;
  readonly records: number;
  readonly blobs: number;
  readonly faults: Fault[];
}

const MAX_FAULTS = 100;

/** Changes held in memory at once: enough that reading them in the order of the log pays, about 30 MB. */
const CHANGES_AT_ONCE = 20_000;

type Report = (part: Fault['part'], at: string) => void;

/**
 * Checks the database file, each change of the log, each record against a projection made anew from its changes, that
 * each change belongs to just one record, each blob against its name, and the chain of the audit. Reads only; `progress` hears of changes.
 */
export function verifyStore(store: Store, progress?: (done: number, total: number) => void): Verified {
  const faults: Fault[] = [];
  const report: Report = (part, at) => {
    if (faults.length < MAX_FAULTS) faults.push({ part, at });
  };
  store.projector.catchUp();
  for (const line of store.db.pragma('integrity_check(20)') as { integrity_check: string }[]) {
    if (line.integrity_check !== 'ok') report('database', line.integrity_check);
  }
  const total = store.log.count();
  const log = openReader(store, total, report, progress);
  let records = 0;
  for (const entity of entitiesOf(store.db)) records += verifyEntity(store, entity, log, report);
  log.reportUnclaimed();
  for (const sha256 of store.blobs.damaged()) report('blob', sha256);
  for (const fault of store.audit.faults()) report('audit', fault);
  return { changes: total, records, blobs: store.blobs.count(), faults };
}

interface StoredRow {
  readonly id: string;
  readonly values: readonly SqlValue[];
  readonly places: readonly number[];
}

function verifyEntity(store: Store, entity: string, log: Reader, report: Report): number {
  const table = store.projector.table(entity);
  let records = 0;
  let held: StoredRow[] = [];
  let changes = 0;
  const compare = (): void => {
    const found = log.read(held.flatMap(({ places }) => places));
    for (const row of held) {
      if (!isAsProjected(table, entity, row, found)) report('projection', `${entity} ${row.id}`);
    }
    held = [];
    changes = 0;
  };
  for (const values of table.stored()) {
    const places = fromPlaces(values[values.length - PLACES_FROM_END]);
    held.push({ id: String(values[0]), values, places });
    records += 1;
    changes += places.length;
    if (changes >= CHANGES_AT_ONCE) compare();
  }
  compare();
  return records;
}

/** Every table ends with `_n, _extra, _conflicts`. */
const PLACES_FROM_END = 3;

/** Whether a row is what its changes say, and names just changes of its own, in their order. */
function isAsProjected(
  table: Table,
  entity: string,
  { id, values, places }: StoredRow,
  found: ReadonlyMap<number, Change>,
): boolean {
  const changes: Change[] = [];
  let last = 0;
  for (const n of places) {
    const change = found.get(n);
    if (!change || n <= last || change.entity !== entity || change.record !== id) return false;
    changes.push(change);
    last = n;
  }
  if (changes.length === 0) return false;
  return table.values(id, project(changes), places, changes).every((value, i) => value === values[i]);
}

type LogRow = [n: number, id: Buffer, body: string];

interface Reader {
  /** The sound changes at places; each place may be asked for once, or two rows claim it. */
  read(places: readonly number[]): Map<number, Change>;
  /** Tells of every change of the log that no row claimed. */
  reportUnclaimed(): void;
}

/** Reads the log in its own order, a stretch at a time: in the order of the records it would be read page by page. */
function openReader(
  { db }: Store,
  total: number,
  report: Report,
  progress: ((done: number, total: number) => void) | undefined,
): Reader {
  const end = db.prepare('SELECT coalesce(max(n), 0) FROM change').pluck().get() as number;
  const claimed = new Uint8Array(end + 1);
  const one = db.prepare('SELECT n, id, body FROM change WHERE n = ?').raw();
  const stretch = db.prepare('SELECT n, id, body FROM change WHERE n BETWEEN ? AND ?').raw();
  let done = 0;

  /** Records are mostly made in the order of their ids, and then their changes lie side by side. */
  function* rowsAt(sorted: Uint32Array): IterableIterator<LogRow> {
    const [first = 0, last = 0] = [sorted[0], sorted[sorted.length - 1]];
    if (last - first < 2 * sorted.length) {
      const wanted = new Set(sorted);
      for (const row of stretch.iterate(first, last) as IterableIterator<LogRow>) {
        if (wanted.has(row[0])) yield row;
      }
      return;
    }
    for (const n of sorted) {
      const row = one.get(n) as LogRow | undefined;
      if (row) yield row;
    }
  }

  return {
    read(places) {
      const found = new Map<number, Change>();
      for (const [n, id, body] of rowsAt(Uint32Array.from(places).sort())) {
        if (claimed[n]) continue;
        claimed[n] = 1;
        done += 1;
        const change = readChange(id, body);
        if (change) found.set(n, change);
        else report('log', idFromBytes(id));
      }
      progress?.(done, total);
      return found;
    },
    reportUnclaimed() {
      if (done === total) return;
      const rows = db.prepare('SELECT n, id, body FROM change').raw().iterate();
      for (const [n, id, body] of rows as IterableIterator<LogRow>) {
        if (claimed[n]) continue;
        const change = readChange(id, body);
        if (change) report('projection', `${change.entity} ${change.record}`);
        else report('log', idFromBytes(id));
      }
    },
  };
}

/** The change, or null when the log holds something that is none. */
function readChange(id: Buffer, body: string): Change | null {
  try {
    const change = changeFrom(idFromBytes(id), body);
    return faultOf(change) === null ? change : null;
  } catch {
    return null;
  }
}
