import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCore, type Core } from '#main/core.ts';
import { openStore, type Store } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import { bytesOf, take } from './import-files.ts';
import { files } from './workload.ts';

/** About seventeen changes a file: what a laptop sends when it meets the hub often. */
const VALUES_PER_FILE = 50;
/** Fewer, and the three points where it is measured would lie within each other. */
const FEWEST = 1000;
/** Files that are taken, each by itself, where it is measured. */
const MEASURED = 40;
/** After everything: the owner of each change is asked for, and none is written. */
const LATER = '2099-01-01T00:00:00.000Z';

interface Point {
  files: number;
  changes: number;
  takeMilliseconds: number;
  /** For finding out that nothing is newer than a time. */
  exportMicrosecondsPerChange: number;
  /** The last parcel of each stream, and what is to be pushed. */
  hubMemoryMilliseconds: number;
}

export interface ManyFigures {
  points: Point[];
  /** The last point to the first. */
  takeRatio: number;
  exportRatio: number;
}

/** A laptop that has taken few files, and then many, as one that pulls every hour for a year has. */
export async function manyImports(count: number): Promise<ManyFigures> {
  if (count < FEWEST) throw new RangeError(`--files ${count}: at least ${FEWEST}`);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  try {
    const made = files('realistic', count, VALUES_PER_FILE);
    let core = open(dir, true);
    const points: Point[] = [];
    let taken = 0;
    for (const upTo of [100, Math.ceil(count / 5), count]) {
      await take(core, await written(dir, made, taken, upTo - MEASURED), 'imported');
      const measured = await written(dir, made, upTo - MEASURED, upTo);
      let seconds = 0;
      for (const file of measured) seconds += (await take(core, [file], 'imported')).seconds;
      taken = upTo;
      core.close();
      const known = withStore(path.join(dir, 'store'));
      core = open(dir, false);
      const takeMilliseconds = round((seconds * 1000) / MEASURED);
      points.push({ files: upTo, ...known, takeMilliseconds, ...(await exporting(core, known.changes)) });
    }
    core.close();
    const [first, last] = [points[0]!, points.at(-1)!];
    return {
      points,
      takeRatio: round(last.takeMilliseconds / first.takeMilliseconds),
      exportRatio: round(last.exportMicrosecondsPerChange / first.exportMicrosecondsPerChange),
    };
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

function open(dir: string, create: boolean): Core {
  const opened = openCore({ dataDir: path.join(dir, 'store'), create });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

async function written(
  dir: string,
  made: Iterator<Parameters<typeof bytesOf>[1]>,
  from: number,
  to: number,
): Promise<string[]> {
  const paths: string[] = [];
  for (let i = from; i < to; i += 1) {
    const file = path.join(dir, `${i}.dangol`);
    fs.writeFileSync(file, await bytesOf(i, made.next().value as Parameters<typeof bytesOf>[1]));
    paths.push(file);
  }
  return paths;
}

async function exporting(core: Core, changes: number): Promise<Pick<Point, 'exportMicrosecondsPerChange'>> {
  const started = performance.now();
  const answer = await core.call('exchange.export', { since: LATER });
  if (!answer.ok) throw new Error(answer.error.code);
  return { exportMicrosecondsPerChange: round(((performance.now() - started) * 1000) / changes) };
}

/** As if each file had been a parcel of one of 200 streams. */
function withStore(dir: string): Pick<Point, 'changes' | 'hubMemoryMilliseconds'> {
  const store = openStore({ dir, key: readKeyFile(dir), now: () => Date.now() });
  try {
    asPulled(store);
    const started = performance.now();
    if (store.hub.seen().length === 0) throw new Error('no stream');
    if (store.hub.waitingCount() > 0) throw new Error('something waits');
    const hubMemoryMilliseconds = round(performance.now() - started);
    return { changes: store.log.count(), hubMemoryMilliseconds };
  } finally {
    store.close();
  }
}

function asPulled({ db, hub }: Store): void {
  hub.remember({ id: 'bench', name: 'bench', founderKey: '', rosterNumber: 1 });
  const imports = db.prepare('SELECT id, laptop, lastN FROM import ORDER BY firstN').all() as {
    id: string;
    laptop: string;
    lastN: number;
  }[];
  db.exec('BEGIN');
  imports.forEach(({ id, laptop }, number) =>
    hub.saw({ programme: '', laptop, sealed: false, number, digest: id }, id),
  );
  hub.pushedUpTo(imports.at(-2)!.lastN);
  db.exec('COMMIT');
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
