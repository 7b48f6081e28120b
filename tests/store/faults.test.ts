import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JOBS, type Job } from '#tests/support/faults/jobs.ts';
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
/** Else so many of each job, the same on every run. */
const SAMPLE = 24;

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
  async function faultsOf(job: Job): Promise<{ faults: Fault[]; files: readonly string[]; told: string }> {
    scene.fresh();
    // Once before, so that what is done once in a program's life is not counted.
    await worker.run(job, scene.ground);
    scene.fresh();
    const { counts, files } = await traced(worker.pid, scene.ground.dir, () => worker.run(job, scene.ground));
    const faults = [...counts].flatMap(([call, many]) =>
      Array.from({ length: many }, (_none, at) => ERRORS.map((error) => ({ call, k: at + 1, error }))).flat(),
    );
    const kinds = Object.entries(KINDS) as [Kind, readonly string[]][];
    const told = kinds.map(([kind, calls]) => {
      const made = calls.reduce((sum, call) => sum + (counts.get(call) ?? 0), 0);
      return `${made} ${kind}`;
    });
    return { faults, files, told: told.join(', ') };
  }

  const how = ALL ? 'every k and every error' : `a sample of ${SAMPLE}; DANGOL_FAULTS=all for every k`;

  it.each(JOBS)(
    `%s: a clear refusal or none, all that was confirmed, nothing half (${how})`,
    async (job) => {
      const { faults, files, told } = await faultsOf(job);
      const random = seeded(JOBS.indexOf(job) + 1);
      const tried = ALL ? faults : shuffled(faults, () => random.next()).slice(0, SAMPLE);
      const ends = new Map<string, number>();
      const wrong: string[] = [];
      for (const fault of tried) {
        scene.fresh();
        const end = await failing(worker.pid, fault, files, () => worker.run(job, scene.ground));
        const outcome = `${fault.error} ${end.refused ?? 'done'}`;
        ends.set(outcome, (ends.get(outcome) ?? 0) + 1);
        for (const one of await wrongAfter(scene, job, end)) {
          wrong.push(`${fault.call} ${fault.k} ${fault.error}: ${one}`);
        }
      }
      const outcomes = [...ends].sort().map(([outcome, many]) => `${outcome} ${many}`);
      console.log(`${job}: ${told}; ${tried.length} of ${faults.length} faults: ${outcomes.join(', ')}`);
      if (process.env['DANGOL_FAULTS_LOG']) fs.writeFileSync(path.join(process.env['DANGOL_FAULTS_LOG'], `${job}.txt`), wrong.join('\n'));
      expect(wrong).toEqual([]);
      expect(faults.length).toBeGreaterThan(SAMPLE);
    },
    ALL ? 3_600_000 : 120_000,
  );
});

function shuffled<T>(list: readonly T[], next: () => number): T[] {
  return list
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
