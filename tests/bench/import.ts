import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fieldsOf, type EntityName } from '#shared/model/model.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { makeSchema } from '#main/store/schema.ts';
import type { Change } from '#shared/merge/change.ts';
import type { Appended } from '#main/store/log.ts';
import { openDatabase, transaction, type Db } from '#main/store/sqlite.ts';
import { createStore, type Store } from '#main/store/store.ts';
import { files, type Mix, type Step } from './workload.ts';

const KEY = Buffer.alloc(32, 9);
const NOW = Date.UTC(2026, 10, 24);

export interface ImportFigures {
  files: number;
  values: number;
  seconds: number;
  /** User and system time of the process: says more than the clock on the wall when the machine is shared. */
  cpuSeconds: number;
  peakMegabytes: number;
}

/** Each way of writing the same values, for one child process each. */
export const ways = {
  /** The floor: INSERT OR REPLACE into the same typed tables, one transaction a file, same pragmas, same encryption. */
  raw: (mix: Mix, count: number) =>
    inFolder((dir) => {
      const db = openDatabase(path.join(dir, 'raw.db'), KEY, { mustExist: false });
      makeSchema(db);
      const put = rawWriter(db);
      const took = timed(mix, count, (steps) =>
        transaction(db, () => {
          for (const step of steps) put(step);
        }),
      );
      db.close();
      return took;
    }),
  /** Changes in memory to projected tables: log, sources, merge. */
  merge: (mix: Mix, count: number) =>
    inFolder((dir) => {
      const store = emptyStore(dir);
      const took = timed(
        mix,
        count,
        (steps, i) => {
          const changes = steps.map(({ change }) => change);
          const { firstN, fresh } = transaction(store.db, () => append(store, changes, i));
          store.projector.offer(firstN, fresh);
          if (store.projector.waiting() >= store.projector.batch) store.projector.catchUp();
        },
        () => store.projector.catchUp(),
      );
      store.close();
      return took;
    }),
} as const;

function rawWriter(db: Db): (step: Step) => void {
  const statements = new Map<string, { run: (...values: unknown[]) => unknown; names: string[] }>();
  return ({ change, row }) => {
    let found = statements.get(change.entity);
    if (!found) {
      const names = fieldsOf(change.entity as EntityName).map(([name]) => name);
      const columns = ['id', ...names.map((name) => `"${name}"`), '_n'];
      const sql = `INSERT OR REPLACE INTO r_${change.entity} (${columns.join(',')}) VALUES (${columns.map(() => '?').join(',')})`;
      const statement = db.prepare(sql);
      found = { run: (...values) => statement.run(...values), names };
      statements.set(change.entity, found);
    }
    found.run(change.record, ...found.names.map((name): Json => row[name] ?? null), 1);
  };
}

function append(store: Store, changes: readonly Change[], i: number): Appended {
  const appended = store.log.append(changes, 'bench');
  const id = `bench-${i}`;
  store.imports.add(
    { id, file: 'bench', sha256: id, manifest: '{}', laptop: 'bench', importedAt: '' },
    appended,
  );
  return appended;
}

function emptyStore(dir: string): Store {
  const laptop = {
    id: 'beefbeefbeefbeef',
    name: 'bench',
    role: 'coordinator',
    publicKey: '',
    privateKey: '',
  };
  return createStore({ dir, key: KEY, now: () => NOW }, laptop);
}

/** The clock runs only while `write` and `end` do, not while the workload is made. */
function timed(
  mix: Mix,
  count: number,
  write: (steps: Step[], i: number) => void,
  end?: () => void,
): ImportFigures {
  let values = 0;
  const watch = stopwatch();
  let i = 0;
  for (const steps of files(mix, count)) {
    values += valuesIn(steps);
    watch.run(() => write(steps, i));
    i += 1;
  }
  if (end) watch.run(end);
  return { files: count, values, ...watch.figures(), peakMegabytes: peak() };
}

function stopwatch(): { run(work: () => void): void; figures(): { seconds: number; cpuSeconds: number } } {
  let ms = 0;
  let cpu = 0;
  return {
    run(work) {
      const from = process.cpuUsage();
      const started = performance.now();
      work();
      ms += performance.now() - started;
      const { user, system } = process.cpuUsage(from);
      cpu += user + system;
    },
    figures: () => ({ seconds: ms / 1000, cpuSeconds: cpu / 1e6 }),
  };
}

export function valuesIn(steps: readonly Step[]): number {
  return steps.reduce((sum, { change }) => sum + Object.keys(change.set ?? {}).length, 0);
}

/** Of the whole process; of `raw` and `merge` the workload's own memory is a part, of `fromDisk` it is not. */
export function peak(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

function inFolder(work: (dir: string) => ImportFigures): ImportFigures {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  try {
    return work(dir);
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}
