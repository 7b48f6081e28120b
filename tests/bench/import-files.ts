import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { openCore, type Core } from '#main/core.ts';
import { keyPairFrom } from '#main/exchange/keys.ts';
import { writeExchangeFile } from '#main/exchange/write.ts';
import { startCoreHost } from '#main/shells/core-host.ts';
import { bodyOf, lineOf } from '#main/store/codec.ts';
import type { ImportedFile } from '#shared/contract/exchange.ts';
import { peak, valuesIn, type ImportFigures } from './import.ts';
import { files, type Mix, type Step } from './workload.ts';

const NOW = Date.UTC(2026, 10, 24);

export interface DiskFigures extends ImportFigures {
  /** Taking the same files once more: what recognising one costs. */
  knownMillisecondsPerFile: number;
}

export interface ShellFigures {
  files: number;
  seconds: number;
  /** Of the shell's own thread, while its core takes the files. */
  longestStallMilliseconds: number;
  /** Another call of the window, put in every 20 files and while the tables are brought up to date. */
  otherCallP50Milliseconds: number;
  otherCallMaxMilliseconds: number;
}

/** Exchange files on disk, verified, to projected tables. The files are made by another process before. */
export async function fromDisk(mix: Mix, count: number): Promise<DiskFigures> {
  return inFolder(mix, count, async (dir, made, values) => {
    const opened = openCore({ dataDir: path.join(dir, 'store'), create: true });
    if (!opened.ok) throw new Error(opened.error.code);
    const core = opened.value;
    const first = await take(core, made, 'imported');
    const peakMegabytes = peak();
    const again = await take(core, made, 'already');
    core.close();
    const knownMillisecondsPerFile = Math.round((again.seconds * 1e6) / count) / 1000;
    return { files: count, values, ...first, peakMegabytes, knownMillisecondsPerFile };
  });
}

/** Has a core take files, all of which must come out alike. */
export async function take(
  core: Core,
  made: readonly string[],
  status: ImportedFile['status'],
): Promise<{ seconds: number; cpuSeconds: number }> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const run = core.importRun({ dryRun: false });
  for (const file of made) await run.add(file, fs.readFileSync(file));
  expectAll(await run.finish(), status);
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
}

/** The same as a window does it: a shell's thread hands the files to the core's thread, and asks for something else meanwhile. */
export async function throughShell(mix: Mix, count: number): Promise<ShellFigures> {
  return inFolder(mix, count, async (dir, made) => {
    const host = await startCoreHost({ dataDir: path.join(dir, 'store'), create: true });
    const call = async (method: string, input: object): Promise<unknown> => {
      const answer = await host.call(method, input);
      if (!answer.ok) throw new Error(answer.error.code);
      return answer.value;
    };
    const others: number[] = [];
    const ask = async (): Promise<void> => {
      const from = performance.now();
      await call('app.status', {});
      others.push(performance.now() - from);
    };
    await ask();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const started = performance.now();
    const { run } = (await call('imports.begin', {})) as { run: string };
    for (const [i, file] of made.entries()) {
      const bytes = new Uint8Array(await fs.promises.readFile(file));
      const other = i % 20 === 0 ? ask() : null;
      await call('imports.add', { run, file, bytes });
      await other;
    }
    let finished = false;
    const finish = call('imports.finish', { run }).finally(() => (finished = true));
    while (!finished) await ask();
    expectAll((await finish) as ImportedFile[], 'imported');
    const seconds = (performance.now() - started) / 1000;
    delay.disable();
    await host.close();
    const sorted = others.toSorted((a, b) => a - b);
    return {
      files: count,
      seconds: Math.round(seconds * 1000) / 1000,
      longestStallMilliseconds: Math.round(delay.max / 1e5) / 10,
      otherCallP50Milliseconds: Math.round(sorted[Math.floor(sorted.length / 2)]! * 10) / 10,
      otherCallMaxMilliseconds: Math.round(sorted[sorted.length - 1]! * 10) / 10,
    };
  });
}

/** Writes the files of a workload into a folder and gives the number of their values: for a process of its own. */
export async function writeFiles(mix: Mix, count: number, dir: string): Promise<number> {
  let values = 0;
  let i = 0;
  for (const steps of files(mix, count)) {
    values += valuesIn(steps);
    fs.writeFileSync(path.join(dir, `${String(i).padStart(6, '0')}.dangol`), await bytesOf(i, steps));
    i += 1;
  }
  return values;
}

export async function bytesOf(i: number, steps: readonly Step[]): Promise<Uint8Array> {
  const keys = keyPairFrom(Buffer.alloc(32, i % 200));
  const { bytes } = await writeExchangeFile({
    id: `bench-${i}`,
    purpose: 'session',
    title: 'bench',
    createdAt: new Date(NOW).toISOString(),
    device: {
      id: (0x1000000000000000n + BigInt(i % 200)).toString(16),
      name: `노트북 ${i}`,
      role: 'trainer',
      publicKey: keys.publicKey,
    },
    privateKey: keys.privateKey,
    lines: steps.map(({ change }) => lineOf(change.id, bodyOf(change))),
    records: {},
    blobs: new Map(),
  });
  return bytes;
}

/** Gives `work` the files of a workload, made by a process of their own, in a folder that goes afterwards. */
export async function inFolder<T>(
  mix: Mix,
  count: number,
  work: (dir: string, made: string[], values: number) => Promise<T>,
): Promise<T> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  try {
    const from = path.join(dir, 'files');
    fs.mkdirSync(from);
    const run = fileURLToPath(new URL('./run.ts', import.meta.url));
    const args = [run, 'write', mix, String(count), from];
    const values = Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    const made = fs.readdirSync(from).sort();
    return await work(
      dir,
      made.map((name) => path.join(from, name)),
      values,
    );
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

function expectAll(results: readonly ImportedFile[], status: ImportedFile['status']): void {
  const bad = results.find((result) => result.status !== status);
  if (bad) throw new Error(JSON.stringify(bad));
}
