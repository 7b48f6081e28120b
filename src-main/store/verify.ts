import { project } from '#shared/merge/register.ts';
import { faultOf, type Change } from '#shared/merge/change.ts';
import { changeFrom, idFromBytes } from './codec.ts';
import { entitiesOf } from './dump.ts';
import type { Store } from './store.ts';

/** One thing that is not as it should be: which part, and where. */
export interface Fault {
  readonly part: 'database' | 'log' | 'projection' | 'blob';
  readonly at: string;
}

export interface Verified {
  readonly changes: number;
  readonly records: number;
  readonly blobs: number;
  readonly faults: Fault[];
}

const MAX_FAULTS = 100;

/** What is held in memory at once: about 200 MB. */
const CHANGES_A_PASS = 300_000;

type Report = (part: Fault['part'], at: string) => void;

/**
 * Checks the database file, each change of the log, each record against a projection made anew from its changes, and
 * each blob against its name. Reads only.
 */
export function verifyStore(store: Store): Verified {
  const faults: Fault[] = [];
  const report: Report = (part, at) => {
    if (faults.length < MAX_FAULTS) faults.push({ part, at });
  };
  store.projector.catchUp();
  for (const line of store.db.pragma('integrity_check(20)') as { integrity_check: string }[]) {
    if (line.integrity_check !== 'ok') report('database', line.integrity_check);
  }
  const total = store.log.count();
  const passes = Math.max(1, Math.ceil(total / CHANGES_A_PASS));
  let records = 0;
  for (let pass = 0; pass < passes; pass += 1) records += verifyPass(store, pass, passes, report);
  for (const sha256 of store.blobs.damaged()) report('blob', sha256);
  return { changes: total, records, blobs: store.blobs.count(), faults };
}

interface Found {
  readonly places: number[];
  readonly changes: Change[];
}

/** Compares a share of the records with projections made anew from the log; the shares keep memory bounded. */
function verifyPass(store: Store, pass: number, passes: number, report: Report): number {
  const log = gather(store, pass, passes, report);
  let records = 0;
  for (const entity of entitiesOf(store.db)) {
    const table = store.projector.table(entity);
    const own = log.get(entity);
    for (const row of table.stored()) {
      const id = String(row[0]);
      if (passes > 1 && shareOf(id, passes) !== pass) continue;
      records += 1;
      const found = own?.get(id);
      own?.delete(id);
      const expected = found && table.values(id, project(found.changes), found.places);
      if (!expected || expected.some((value, i) => value !== row[i])) report('projection', `${entity} ${id}`);
    }
    for (const id of own?.keys() ?? []) report('projection', `${entity} ${id}`);
    log.delete(entity);
  }
  for (const [entity, left] of log) for (const id of left.keys()) report('projection', `${entity} ${id}`);
  return records;
}

/** The changes of a share of the records, by entity and record, in the order of the log. */
function gather(store: Store, pass: number, passes: number, report: Report): Map<string, Map<string, Found>> {
  const log = new Map<string, Map<string, Found>>();
  const rows = store.db.prepare('SELECT n, id, body FROM change ORDER BY n').raw().iterate();
  for (const [n, id, body] of rows as IterableIterator<[number, Buffer, string]>) {
    const change = readChange(id, body);
    if (!change) {
      report('log', idFromBytes(id));
      continue;
    }
    if (passes > 1 && shareOf(change.record, passes) !== pass) continue;
    let records = log.get(change.entity);
    if (!records) log.set(change.entity, (records = new Map()));
    const found = records.get(change.record);
    if (found) {
      found.places.push(n);
      found.changes.push(change);
    } else records.set(change.record, { places: [n], changes: [change] });
  }
  return log;
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

/** Which share a record falls into, from the end of its id, where ids are random. */
function shareOf(id: string, shares: number): number {
  return parseInt(id.slice(-8), 16) % shares;
}
