import fs from 'node:fs';
import { openCore, readFileWhole } from '#main/core.ts';
import { MAX_EXCHANGE_FILE } from '#shared/contract/limits.ts';
import { Refusal } from '#shared/contract/errors.ts';

/**
 * A process of its own for one file (`node import-alone.ts DIR FILE`), which it imports as the command line does: what
 * became of it, and what that cost.
 */
export interface ImportedAlone {
  readonly status: string;
  readonly code: string | null;
  /** Of the processor, in all threads, from the start of the process to the answer. */
  readonly seconds: number;
  /** On the clock, from opening the file to the answer. */
  readonly elapsed: number;
  /** The most that the process ever took, Node itself included. */
  readonly megabytes: number;
}

async function importAlone(dataDir: string, file: string): Promise<ImportedAlone> {
  const opened = openCore({ dataDir, create: false });
  if (!opened.ok) throw new Error(opened.error.code);
  const core = opened.value;
  const started = performance.now();
  let outcome: { status: string; code: string | null };
  try {
    const run = core.importRun({ dryRun: false });
    await run.add(file, readFileWhole(file, MAX_EXCHANGE_FILE));
    const [result] = await run.finish();
    outcome = { status: result!.status, code: result!.error?.code ?? null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    outcome = { status: 'refused', code: error.code };
  }
  const elapsed = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage();
  core.close();
  return { ...outcome, seconds: (user + system) / 1e6, elapsed, megabytes: peakMegabytes() };
}

/**
 * Linux keeps the peak of the process that started this one in `maxRSS`, for they share their memory for an instant;
 * what it tells of the memory itself is only our own.
 */
function peakMegabytes(): number {
  const own = '/proc/self/status';
  const told = fs.existsSync(own)
    ? /^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(own, 'utf8'))?.[1]
    : undefined;
  return Number(told ?? process.resourceUsage().maxRSS) / 1024;
}

const [dataDir, file] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await importAlone(dataDir!, file!)));
