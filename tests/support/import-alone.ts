import { openCore, readFileWhole } from '#main/core.ts';
import { MAX_EXCHANGE_FILE } from '#shared/contract/limits.ts';
import { Refusal } from '#shared/contract/errors.ts';

/**
 * A process of its own for one file (`node import-alone.ts DIR FILE`), as the command line imports it: what became of it,
 * and the most memory that the process ever took, Node's own included.
 */
export interface ImportedAlone {
  readonly status: string;
  readonly code: string | null;
  /** From opening the file to the answer. */
  readonly seconds: number;
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
    const [result] = run.finish();
    outcome = { status: result!.status, code: result!.error?.code ?? null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    outcome = { status: 'refused', code: error.code };
  }
  const seconds = (performance.now() - started) / 1000;
  core.close();
  return { ...outcome, seconds, megabytes: process.resourceUsage().maxRSS / 1024 };
}

const [dataDir, file] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await importAlone(dataDir!, file!)));
