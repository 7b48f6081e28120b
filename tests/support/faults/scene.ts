import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import yauzl from 'yauzl';
import { openCore } from '#main/core.ts';
import { exchangeFile } from '../exchange-builder.ts';
import { goodDraft } from '../damage.ts';
import { makeLaptop, MORNING, valueOf } from '../laptop.ts';
import { marketDay } from '../market-day.ts';
import { CANVAS_JPEG } from '../pictures.ts';
import { backupIn, copyIn, doJob, incomingIn, JOBS, pictureIn, reportIn, storeIn } from './jobs.ts';
import type { Ground, Job, JobEnd } from './jobs.ts';

/** When the jobs are done: milliseconds since 1970. */
export const NOW = MORNING + 3_600_000;
/** What stood under the final names before: a job that fails leaves it so. */
const OLD = 'what stood here before';

/** Stands for a refusal where the program was killed. */
export const KILLED = 'KILLED';

/** A store with a day in it, a copy that lacks the end of it, a file to import: the same before each try. */
export interface Scene {
  readonly ground: Ground;
  /** What `dump` shows before a job and after each of its steps. */
  readonly states: Readonly<Record<Job, readonly string[]>>;
  /** Puts everything back as it was. */
  fresh(): void;
}

/** Makes the scene below a folder of its own. */
export async function makeScene(root: string): Promise<Scene> {
  const [kept, dir] = [path.join(root, 'kept'), path.join(root, 'try')];
  const on = makeLaptop('시장', { dir: storeIn(kept) });
  const day = await marketDay(on);
  valueOf(on.core.saveBackup(copyIn(kept)));
  await on.call('visits.update', { id: day.visits[1]!, outcome: 'closed', note: '사본 다음에 적은 것' });
  on.close();
  fs.writeFileSync(incomingIn(kept), exchangeFile(goodDraft));
  fs.writeFileSync(pictureIn(kept), CANVAS_JPEG);
  for (const file of [reportIn(kept), backupIn(kept)]) fs.writeFileSync(file, OLD);
  const [session, visit] = [day.session, day.visits[1]!];
  const inputs: Ground['inputs'] = [
    { method: 'attendance.mark', input: { session, person: day.merchants[1]!, status: 'late' } },
    { method: 'visits.update', input: { id: visit, outcome: 'done', note: '문을 열었어요' } },
    { method: 'checks.mark', input: { visit, item: 'channel', state: 'done', value: 'pf.kakao.com/_y' } },
    { method: 'photos.add', input: { owner: visit, ownerKind: 'visit', caption: '간판' } },
  ];
  const ground = { dir, inputs };
  const fresh = (): void => {
    fs.rmSync(dir, { recursive: true, force: true });
    fs.cpSync(kept, dir, { recursive: true });
  };
  const states = {} as Record<Job, string[]>;
  for (const job of JOBS) {
    states[job] = [];
    for (let many = 0; many <= (job === 'capture' ? inputs.length : 1); many += 1) {
      fresh();
      const end = many === 0 ? null : await doJob(job, { dir, inputs: inputs.slice(0, many) }, NOW);
      if (end && (end.confirmed !== many || end.bugs.length > 0)) throw new Error(JSON.stringify(end));
      states[job].push(await dumpOf(storeIn(dir)));
    }
  }
  return { ground, states, fresh };
}

/** What is wrong after a job that may have failed; nothing is, when it kept its promises. */
export async function wrongAfter(scene: Scene, job: Job, end: JobEnd): Promise<string[]> {
  const wrong = end.bugs.map((bug) => `a bug: ${bug}`);
  const { dir } = scene.ground;
  if (end.refused === 'INTERNAL') wrong.push('no code, but INTERNAL');
  const elsewhere = job !== 'restore' && ['COPY_DAMAGED', 'COPY_KEY_WRONG'].includes(end.refused ?? '');
  if (elsewhere) wrong.push(`${end.refused} ${end.detail}: words for somebody who restores a copy`);
  const all = scene.states[job].length - 1;
  if (end.refused === null && end.confirmed !== all) wrong.push(`${end.confirmed} of ${all}, and no refusal`);
  try {
    const now = await dumpOf(storeIn(dir));
    // What was under way may be there whole, unconfirmed; what was confirmed must be.
    const may = scene.states[job].slice(end.confirmed, end.confirmed + 2);
    if (!may.includes(now))
      wrong.push(`after ${end.confirmed} confirmed steps the store holds something else`);
  } catch (error) {
    wrong.push(`the store: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!(await isWhole(reportIn(dir), isZip))) wrong.push('half a report under its name');
  if (!(await isWhole(backupIn(dir), (file) => isCopy(file, scene))))
    wrong.push('half a copy under its name');
  // Who is killed tidies up nothing: what it had begun lies under a name of its own.
  const left = end.refused === KILLED ? [] : fs.readdirSync(dir).filter((name) => name.endsWith('.tmp'));
  if (left.length > 0) wrong.push(`left behind: ${left.join(', ')}`);
  return wrong;
}

/** Opens the store as the next start does, verifies it, and says all that it holds. */
async function dumpOf(dataDir: string): Promise<string> {
  const core = valueOf(openCore({ dataDir, create: false }));
  try {
    const { faults } = valueOf(await core.call('app.verify', {})) as { faults: unknown[] };
    if (faults.length > 0) throw new Error(`verify: ${JSON.stringify(faults)}`);
    return [...core.dump()].join('\n');
  } finally {
    core.close();
  }
}

async function isWhole(file: string, check: (file: string) => Promise<boolean>): Promise<boolean> {
  if (fs.readFileSync(file, 'latin1') === OLD) return true;
  return check(file).catch(() => false);
}

async function isZip(file: string): Promise<boolean> {
  const zip = await yauzl.openPromise(file);
  let parts = 0;
  for await (const entry of zip.eachEntry()) {
    for await (const chunk of await zip.openReadStreamPromise(entry)) void chunk;
    parts += 1;
  }
  return parts > 5;
}

/** A copy is whole when it opens as a store, beside the key, and holds what the store held. */
async function isCopy(file: string, { ground, states }: Scene): Promise<boolean> {
  const folder = path.join(ground.dir, 'made');
  fs.mkdirSync(folder);
  fs.copyFileSync(file, path.join(folder, 'store.db'));
  const held = await heldBy(folder, ground.dir);
  fs.rmSync(folder, { recursive: true });
  return held === states.backup[0];
}

/** What the store's files in a folder hold, opened elsewhere beside the key. */
async function heldBy(folder: string, dir: string): Promise<string> {
  const beside = path.join(dir, 'opened');
  fs.cpSync(folder, beside, { recursive: true });
  fs.copyFileSync(path.join(storeIn(dir), 'store.key'), path.join(beside, 'store.key'));
  const held = await dumpOf(beside);
  fs.rmSync(beside, { recursive: true });
  return held;
}

export interface Worker {
  readonly pid: number;
  run(job: Job, ground: Ground): Promise<JobEnd>;
  end(): Promise<void>;
}

/** A program that does jobs as it is told; ends with its input. */
export function startWorker(): Worker {
  const program = path.join(import.meta.dirname, 'fault-child.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    // One thread for all that Node does asynchronously: the k-th call is then the same one each time.
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid!,
    async run(job, ground) {
      child.stdin.write(`${JSON.stringify({ job, ground, now: NOW })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`the program ended in the middle of ${job}`);
      return JSON.parse(value) as JobEnd;
    },
    async end() {
      child.stdin.end();
      await exited;
    },
  };
}
