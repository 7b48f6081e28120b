import { createHash } from 'node:crypto';
import path from 'node:path';
import { openCore, readFileWhole, restore, type Core, type World } from '#main/core.ts';
import type { Answer } from '#shared/contract/call.ts';
import { Refusal, type ErrorReport } from '#shared/contract/errors.ts';

/** What a person does that touches the disk. */
export const JOBS = ['capture', 'import', 'report', 'backup', 'restore'] as const;
export type Job = (typeof JOBS)[number];

/** Where a job finds what it needs: all of it in one folder, which is made anew for each try. */
export interface Ground {
  readonly dir: string;
  /** The inputs of a capture, in their order: a mark, a visit with its check, a photo. */
  readonly inputs: readonly { readonly method: string; readonly input: Readonly<Record<string, unknown>> }[];
}

export const storeIn = (dir: string): string => path.join(dir, 'store');
export const incomingIn = (dir: string): string => path.join(dir, 'incoming.dangol');
export const pictureIn = (dir: string): string => path.join(dir, 'photo.jpg');
export const copyIn = (dir: string): string => path.join(dir, 'copy.db');
export const reportIn = (dir: string): string => path.join(dir, 'report.xlsx');
export const backupIn = (dir: string): string => path.join(dir, 'backup.db');

/** What became of a job: how many of its steps were confirmed, and what stopped it. */
export interface JobEnd {
  readonly confirmed: number;
  readonly refused: string | null;
  /** The refusal's parameters, for whoever reads a failed test. */
  readonly detail: string;
  /** Where a restore set aside what it could not take over whole, as it said itself. */
  readonly aside: string | null;
  /** What was thrown, or reported as a bug: there must be none. */
  readonly bugs: readonly string[];
}

const LARGEST = 64 * 1024 * 1024;

/** Does one job from opening to closing, as the program does it; `told` hears of each step when it is confirmed. */
export async function doJob(
  job: Job,
  { dir, inputs }: Ground,
  now: number,
  told: (confirmed: number) => void = () => undefined,
): Promise<JobEnd> {
  const bugs: string[] = [];
  let drawn = 0;
  const world: World = {
    now: () => now,
    // The same ids on every run: what a job leaves behind can be compared with what it should have left.
    random: (bytes) =>
      createHash('sha512')
        .update(`${(drawn += 1)}`)
        .digest()
        .subarray(0, bytes),
    report: (_id, error) => bugs.push(String(error instanceof Error ? error.stack : error)),
  };
  let confirmed = 0;
  let refused: string | null = null;
  let detail = '';
  let aside: string | null = null;
  const took = (answer: Answer<unknown>): boolean => {
    if (answer.ok) told((confirmed += 1));
    else [refused, detail] = [answer.error.code, JSON.stringify(answer.error.params)];
    return answer.ok;
  };
  let core: Core | null = null;
  try {
    if (job === 'restore') {
      const restored = restore(storeIn(dir), copyIn(dir), world);
      if (took(restored) && restored.ok && restored.value.recovered?.lost !== 0) aside = restored.value.aside;
    } else {
      const opened = openCore({ dataDir: storeIn(dir), create: false, copies: 'here' }, world);
      if (opened.ok) {
        core = opened.value;
        for (const step of steps(job, core, dir, inputs)) if (!took(await step())) break;
      } else took(opened);
    }
  } catch (error) {
    bugs.push(String(error instanceof Error ? error.stack : error));
  }
  try {
    core?.close();
  } catch (error) {
    bugs.push(`closing: ${String(error instanceof Error ? error.stack : error)}`);
  }
  return { confirmed, refused, detail, aside, bugs };
}

function steps(
  job: Exclude<Job, 'restore'>,
  core: Core,
  dir: string,
  inputs: Ground['inputs'],
): (() => Promise<Answer<unknown>>)[] {
  if (job === 'report') return [() => core.saveReport({}, reportIn(dir))];
  if (job === 'backup') return [() => Promise.resolve(core.saveBackup(backupIn(dir)))];
  const bytes = (file: string): Uint8Array => readFileWhole(file, LARGEST);
  if (job === 'import') return [() => taken(core, () => bytes(incomingIn(dir)))];
  return inputs.map(({ method, input }) => async () => {
    if (method !== 'photos.add') return core.call(method, input);
    return asked(() => core.call(method, { ...input, bytes: bytes(pictureIn(dir)) }));
  });
}

/** A file that is refused is an answer of the import, and a refusal of the job. */
async function taken(core: Core, read: () => Uint8Array): Promise<Answer<unknown>> {
  return asked(async () => {
    const answer = await core.call('exchange.import', { file: 'incoming.dangol', bytes: read() });
    if (!answer.ok) return answer;
    const { status, error } = answer.value as { status: string; error?: ErrorReport };
    return status === 'refused' && error ? { ok: false, error } : answer;
  });
}

/** What reads the file for a person refuses as the shells do. */
async function asked(work: () => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, error: { code: error.code, params: error.params } };
  }
}
