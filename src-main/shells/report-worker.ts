import { parentPort, workerData } from 'node:worker_threads';
import { reportAlone } from '../core.ts';
import { toTransfer } from './core-messages.ts';
import type { FromReport, ThreadOrder } from './report-thread.ts';

/** The thread's whole life: make one workbook and hand it over. */
async function main(port: NonNullable<typeof parentPort>, order: ThreadOrder): Promise<void> {
  const say = (message: FromReport, bytes: ArrayBuffer[] = []): void => port.postMessage(message, bytes);
  const answer = await reportAlone({
    ...order,
    told: (done, total) => say({ kind: 'written', done, total }),
  });
  say({ kind: 'made', answer }, answer.ok ? toTransfer(answer.value) : []);
}

if (parentPort) void main(parentPort, workerData as ThreadOrder);
