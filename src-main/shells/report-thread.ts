import { Worker } from 'node:worker_threads';
import type { Answer } from '#shared/contract/call.ts';
import type { OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { ReportApart, ReportOrder } from '../core.ts';

/** What is handed to the thread. */
export type ThreadOrder = Omit<ReportOrder, 'told'>;

export type FromReport =
  | { kind: 'written'; done: number; total: number }
  | { kind: 'made'; answer: Answer<OutputOf<'report.workbook'>> };

/**
 * The national programmes take 100 MB of this. What would take more ends here and not with the program; and the nearer the
 * limit, the earlier V8 clears up
 * (docs/decisions/0020-workbook-composer.md).
 */
const HEAP_MB = 512;
const YOUNG_MB = 16;

/** Makes each workbook in a thread of its own, with a connection of its own that only reads, so that the core answers. */
export const reportApart: ReportApart = ({ told, ...order }) => {
  const built = import.meta.url.endsWith('.js');
  const worker = new Worker(new URL(built ? './report-worker.js' : './report-worker.ts', import.meta.url), {
    workerData: order satisfies ThreadOrder,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const made = new Promise<OutputOf<'report.workbook'>>((resolve, reject) => {
    worker.on('message', (message: FromReport) => {
      if (message.kind === 'written') told(message.done, message.total);
      else if (message.answer.ok) resolve(message.answer.value);
      else reject(new Refusal(message.answer.error.code, message.answer.error.params));
    });
    worker.once('error', reject);
    // After an answer this is heard by nobody.
    worker.once('exit', () => reject(new Error('the thread of the report ended without an answer')));
  });
  // Who has stopped it waits no longer.
  made.catch(() => undefined);
  return { made, stop: () => void worker.terminate() };
};
