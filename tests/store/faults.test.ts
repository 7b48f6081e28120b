import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '#tests/support/exchange-builder.ts';
import { copyIn, JOBS, storeIn, type Job } from '#tests/support/faults/jobs.ts';
import { makeScene, startWorker, wrongAfter, type Scene, type Worker } from '#tests/support/faults/scene.ts';
import {
  ERRORS,
  failing,
  KINDS,
  traced,
  whyNoFaults,
  type Fault,
  type Kind,
} from '#tests/support/faults/strace.ts';
import { makeScratchDir } from '#tests/support/laptop.ts';
import { seeded } from '#tests/support/random.ts';

/** `DANGOL_FAULTS=all npm test -- --only vitest tests/store/faults.test.ts` tries every k of every call and error. */
const ALL = process.env['DANGOL_FAULTS'] === 'all';
/** Else so many of each kind of call and each job, the same on every run. */
const SAMPLE = 8;

const why = whyNoFaults();
const said = why === null ? '' : ` (skipped: ${why})`;

describe.skipIf(why !== null)(`a call to the system that fails${said}`, () => {
  let root: string;
  let scene: Scene;
  let worker: Worker;

  beforeAll(async () => {
    root = makeScratchDir();
    scene = await makeScene(root);
    worker = startWorker();
  });
  afterAll(async () => {
    await worker.end();
    fs.rmSync(root, { recursive: true, force: true });
  });

  /** All faults that a job can meet, each kind of call by how often the job makes it. */
  async function faultsOf(
    job: Job,
    fresh = scene.fresh,
  ): Promise<{ faults: Fault[]; files: readonly string[] }> {
    fresh();
    // Once before, so that what is done once in a program's life is not counted.
    await worker.run(job, scene.ground);
    fresh();
    const { counts, files } = await traced(worker.pid, scene.ground.dir, () => worker.run(job, scene.ground));
    const kinds = Object.entries(KINDS) as [Kind, readonly string[]][];
    const faults = kinds.flatMap(([kind, calls]) =>
      calls.flatMap((call) =>
        Array.from({ length: counts.get(call) ?? 0 }, (_none, at) => at + 1).flatMap((k) =>
          ERRORS.map((error) => ({ kind, call, k, error })),
        ),
      ),
    );
    return { faults, files };
  }

  const how = ALL ? 'every k and every error' : `${SAMPLE} of a kind; DANGOL_FAULTS=all for every k`;

  it.each(JOBS)(
    `%s: a clear refusal or none, all that was confirmed, nothing half (${how})`,
    async (job) => {
      const { faults, files } = await faultsOf(job);
      const tried = ALL ? faults : sampled(faults, JOBS.indexOf(job));
      const wrong: string[] = [];
      const ends: string[] = [];
      for (const fault of tried) {
        scene.fresh();
        const end = await failing(worker.pid, fault, files, () => worker.run(job, scene.ground));
        ends.push(
          `${fault.error} ${end.refused ?? (end.aside ? 'done in part, the rest set aside' : 'done')}`,
        );
        for (const one of await wrongAfter(scene, job, end)) {
          wrong.push(`${fault.call} ${fault.k} ${fault.error}: ${one}`);
        }
      }
      const made = tally(faults.filter(({ error }) => error === 'EIO').map(({ kind }) => kind));
      console.log(`${job}: ${made}; ${tried.length} of ${faults.length} faults: ${tally(ends)}`);
      expect(wrong).toEqual([]);
      expect(faults.length).toBeGreaterThan(SAMPLE);
    },
    ALL ? 3_600_000 : 120_000,
  );

  it.each(['sound', 'damaged'])(
    `opening a store that is %s, beside a copy: a disk that fails is not taken for damage, nothing is lost (${how})`,
    async (state) => {
      const store = storeIn(scene.ground.dir);
      const fresh = (): void => {
        scene.fresh();
        fs.mkdirSync(path.join(store, 'backups'));
        fs.copyFileSync(copyIn(scene.ground.dir), path.join(store, 'backups', '20261124-103000-daily.db'));
        if (state === 'damaged') garble(path.join(store, 'store.db'));
      };
      const { faults, files } = await faultsOf('capture', fresh);
      const tried = ALL ? faults : sampled(faults, state === 'sound' ? 11 : 12);
      const wrong: string[] = [];
      const ends: string[] = [];
      for (const fault of tried) {
        fresh();
        const before = sha256(fs.readFileSync(path.join(store, 'store.db')));
        const end = await failing(worker.pid, fault, files, () => worker.run('capture', scene.ground));
        ends.push(`${fault.error} ${end.refused ?? 'done'}`);
        const asides = (): string[] => fs.readdirSync(store).filter((name) => name.startsWith('set-aside-'));
        const found = state === 'sound' ? asides() : [];
        found.push(...(await wrongAfter(scene, 'capture', end)));
        const kept = asides().map((name) => sha256(fs.readFileSync(path.join(store, name, 'store.db'))));
        if (state === 'damaged' && !kept.includes(before)) found.push('the damaged file is gone');
        wrong.push(...found.map((one) => `${fault.call} ${fault.k} ${fault.error}: ${one}`));
      }
      console.log(`opening, ${state}: ${tried.length} of ${faults.length} faults: ${tally(ends)}`);
      expect(wrong).toEqual([]);
    },
    ALL ? 3_600_000 : 120_000,
  );

  it('restore: where the disk stops giving the present store, from any of its reads on, nothing of it is left behind', async () => {
    scene.fresh();
    const present = path.join(storeIn(scene.ground.dir), 'store.db');
    const { counts } = await traced(worker.pid, present, () => worker.run('restore', scene.ground));
    const reads = counts.get('pread64') ?? 0;
    const step = ALL ? 1 : Math.ceil(reads / SAMPLE);
    const wrong: string[] = [];
    const ends: string[] = [];
    for (let k = 1; k <= reads; k += step) {
      scene.fresh();
      const fault: Fault = { kind: 'read', call: 'pread64', k, error: 'ENOSPC' };
      const end = await failing(worker.pid, fault, [present], () => worker.run('restore', scene.ground));
      ends.push(end.refused ?? 'done');
      wrong.push(...(await wrongAfter(scene, 'restore', end)).map((one) => `${k} of ${reads}: ${one}`));
    }
    console.log(`restore, reads of the present store alone: ${ends.length} of ${reads}: ${tally(ends)}`);
    expect(wrong).toEqual([]);
    expect(reads).toBeGreaterThan(SAMPLE);
  }, 120_000);
});

function garble(file: string): void {
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, Buffer.alloc(4096, 0xff), 0, 4096, 0);
  fs.closeSync(handle);
}

/** Some of each kind, the same on every run; a job makes hundreds of reads and one rename. */
function sampled(faults: readonly Fault[], seed: number): Fault[] {
  const random = seeded(seed + 1);
  return (Object.keys(KINDS) as Kind[]).flatMap((kind) => {
    const all = faults.filter((fault) => fault.kind === kind);
    const chosen: Fault[] = [];
    while (chosen.length < SAMPLE && all.length > 0) chosen.push(...all.splice(random.below(all.length), 1));
    return chosen;
  });
}

function tally(names: readonly string[]): string {
  const many = new Map<string, number>();
  for (const name of names) many.set(name, (many.get(name) ?? 0) + 1);
  return [...many]
    .sort()
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');
}
