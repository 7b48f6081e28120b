import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundled } from '#tests/support/bundle.ts';
import { JOBS, type Job } from '#tests/support/faults/jobs.ts';
import { KILLED, makeScene, NOW, wrongAfter, type Scene } from '#tests/support/faults/scene.ts';
import { seeded } from '#tests/support/random.ts';

/** `DANGOL_KILLS=1000 npm test -- --only vitest tests/store/killed-jobs.test.ts` for all that was promised. */
const KILLS = Number(process.env['DANGOL_KILLS'] ?? 60);
const SEED = 8;

// Within the project, where the program finds the database engine.
const dir = path.join(import.meta.dirname, `../../test-results/jobs-${process.pid}`);
const env = { ...process.env, NODE_COMPILE_CACHE: path.join(dir, 'compiled') };
let program: string;
let scene: Scene;

beforeAll(async () => {
  program = await bundled(path.join(import.meta.dirname, '../support/faults/killed-job-child.ts'), dir, {
    workbook: true,
  });
  scene = await makeScene(dir);
});
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

interface Run {
  readonly killed: boolean;
  /** Steps that were confirmed. */
  readonly confirmed: number;
  /** From its start to its end, in milliseconds. */
  readonly took: number;
}

/** Does a job in a program of its own, killed so many milliseconds after it began; Infinity lets it end. */
async function run(job: Job, after: number): Promise<Run> {
  scene.fresh();
  const order = JSON.stringify({ job, ground: scene.ground, now: NOW });
  const child = spawn(process.execPath, [program, order], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let [confirmed, from, took] = [0, 0, 0];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'ready') {
      from = performance.now();
      // The instant is what is random here, and a timer is too coarse for it.
      if (after < 1000) setImmediate(killAt, child.pid!, from + after);
    } else if (line === 'done') took = performance.now() - from;
    else confirmed = Number(line);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  if (child.signalCode !== 'SIGKILL') expect(child.exitCode).toBe(0);
  return { killed: child.signalCode === 'SIGKILL', confirmed, took };
}

function killAt(pid: number, instant: number): void {
  while (performance.now() < instant);
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It was done sooner.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

it(`killed ${KILLS} times at random instants of a capture, an import, a report, a backup and a restore: nothing confirmed is lost, nothing is half`, async () => {
  const random = seeded(SEED);
  const usual = new Map<Job, number>();
  for (const job of JOBS) {
    await run(job, Infinity);
    usual.set(job, (await run(job, Infinity)).took);
  }
  const kills = new Map<Job, number>();
  const wrong: string[] = [];
  let [confirmed, sooner] = [0, 0];
  for (let turn = 0; turn - sooner < KILLS; turn += 1) {
    const job = JOBS[turn % JOBS.length]!;
    const after = random.next() * usual.get(job)!;
    const end = await run(job, after);
    if (end.killed) kills.set(job, (kills.get(job) ?? 0) + 1);
    else sooner += 1;
    confirmed += end.confirmed;
    const refused = end.killed ? KILLED : null;
    const found = await wrongAfter(scene, job, {
      confirmed: end.confirmed,
      refused,
      detail: '',
      aside: null,
      bugs: [],
    });
    wrong.push(...found.map((one) => `${job} after ${after.toFixed(2)} ms: ${one}`));
  }
  const each = [...kills].map(([job, many]) => `${job} ${many}`).join(', ');
  console.log(
    `killed in a job: ${each}; ${confirmed} confirmed steps, ${wrong.length} wrong; ${sooner} were done sooner`,
  );
  expect(wrong).toEqual([]);
}, 1_200_000);
