import { project } from '#shared/merge/register.ts';
import type { Change } from '#shared/merge/change.ts';
import { bodyOf } from './codec.ts';
import { dumpLine, entitiesOf } from './dump.ts';
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

/**
 * Checks the database file, each change of the log, each record against a projection made anew from its changes, and
 * each blob against its name. Reads only.
 */
export function verifyStore(store: Store): Verified {
  const faults: Fault[] = [];
  const report = (part: Fault['part'], at: string): void => {
    if (faults.length < MAX_FAULTS) faults.push({ part, at });
  };
  store.projector.catchUp();
  for (const line of store.db.pragma('integrity_check(20)') as { integrity_check: string }[]) {
    if (line.integrity_check !== 'ok') report('database', line.integrity_check);
  }
  const changes = new Map<string, Change[]>();
  let count = 0;
  for (const { id, body, change } of store.log.lines()) {
    count += 1;
    if (bodyOf(change) !== body) report('log', id);
    const key = `${change.entity} ${change.record}`;
    const list = changes.get(key);
    if (list) list.push(change);
    else changes.set(key, [change]);
  }
  const records = verifyProjections(store, changes, report);
  for (const sha256 of store.blobs.damaged()) report('blob', sha256);
  return { changes: count, records, blobs: store.blobs.count(), faults };
}

function verifyProjections(
  store: Store,
  changes: Map<string, Change[]>,
  report: (part: Fault['part'], at: string) => void,
): number {
  let records = 0;
  for (const entity of entitiesOf(store.db)) {
    for (const row of store.projector.table(entity).all()) {
      records += 1;
      const key = `${entity} ${row.id}`;
      const own = changes.get(key);
      changes.delete(key);
      const expected = own && dumpLine(entity, row.id, project(own));
      if (expected !== dumpLine(entity, row.id, row)) report('projection', key);
    }
  }
  for (const key of changes.keys()) report('projection', key);
  return records;
}
