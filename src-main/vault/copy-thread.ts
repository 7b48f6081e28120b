import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Refusal } from '#shared/contract/errors.ts';
import type { CopyAnswer, CopyOrder } from './copy-worker.ts';

/** Makes a copy, if one is due, in a thread of its own; refuses as `copyIfDue` and `renewCopies`. */
export async function copyInThread(order: CopyOrder): Promise<CopyAnswer['renewed']> {
  const built = import.meta.url.endsWith('.js');
  const worker = new Worker(new URL(built ? './copy-worker.js' : './copy-worker.ts', import.meta.url), {
    workerData: order,
  });
  const [{ refused, renewed }] = (await once(worker, 'message')) as [CopyAnswer];
  if (refused) throw new Refusal(refused.code, refused.params);
  return renewed;
}
