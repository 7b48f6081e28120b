import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { ImportedFile } from '#shared/contract/exchange.ts';
import { entityNames } from '#shared/model/model.ts';
import { startImportRun, type ImportRun } from './import-run.ts';
import { freshId, type Deps } from './deps.ts';

type Methods = 'imports.begin' | 'imports.add' | 'imports.finish';

interface Job {
  readonly id: string;
  readonly run: ImportRun;
}

/**
 * Many files as one job over several calls: the caller hands over one file at a time, so that it can stop between two,
 * and other calls come in between. One job at a time; what a caller that went away has added stays and is projected
 * when the next one begins, or with the next opening.
 */
export function importJobHandlers(deps: Deps): Pick<Handlers, Methods> {
  let job: Job | null = null;

  async function begin(): Promise<{ run: string }> {
    await end();
    job = { id: freshId(deps), run: startImportRun(deps, { dryRun: false }) };
    return { run: job.id };
  }

  function add({ run, file, bytes }: CheckedOf<'imports.add'>): Promise<ImportedFile> {
    return jobOf(run).run.add(file, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  async function finish({ run }: CheckedOf<'imports.finish'>): Promise<ImportedFile[]> {
    jobOf(run);
    return end();
  }

  async function end(): Promise<ImportedFile[]> {
    const ending = job;
    job = null;
    if (!ending) return [];
    const results = await ending.run.finish((done, total) =>
      deps.tell({ kind: 'progress', job: 'import', done, total }),
    );
    if (results.some(({ status }) => status === 'imported')) {
      deps.tell({ kind: 'changed', entities: [...entityNames] });
      // What came may say that something arrived.
      deps.tell({ kind: 'outbox' });
    }
    return results;
  }

  function jobOf(run: string): Job {
    if (job?.id !== run) throw new Refusal('NOT_FOUND', { entity: 'run', id: run });
    return job;
  }

  return { 'imports.begin': begin, 'imports.add': add, 'imports.finish': finish };
}
