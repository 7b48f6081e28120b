import { parentPort, workerData } from 'node:worker_threads';
import type { Answer } from '#shared/contract/call.ts';
import type { CoreEvent } from '#shared/contract/contract.ts';
import { openCore, type Core } from '../core.ts';
import type { CoreHostOptions } from './core-host.ts';

export type ToWorker = { kind: 'call'; call: number; method: string; input: unknown } | { kind: 'close' };

export type FromWorker =
  | { kind: 'opened'; answer: Answer<null> }
  | { kind: 'answer'; call: number; answer: Answer }
  | { kind: 'event'; event: CoreEvent };

/** The thread's whole life: open the store, pass calls on, close. */
function main(port: NonNullable<typeof parentPort>, options: CoreHostOptions): void {
  const say = (message: FromWorker): void => port.postMessage(message);
  const opened = openCore({ ...options, window: true });
  if (!opened.ok) {
    say({ kind: 'opened', answer: opened });
    return;
  }
  const core: Core = opened.value;
  let running = 0;
  let closing = false;
  core.on((event) => say({ kind: 'event', event }));

  function closeWhenIdle(): void {
    if (!closing || running > 0) return;
    core.close();
    port.close();
  }

  port.on('message', (message: ToWorker) => {
    if (message.kind === 'close') {
      closing = true;
      closeWhenIdle();
      return;
    }
    running += 1;
    void core.call(message.method, message.input).then((answer) => {
      running -= 1;
      say({ kind: 'answer', call: message.call, answer });
      closeWhenIdle();
    });
  });
  say({ kind: 'opened', answer: { ok: true, value: null } });
}

if (parentPort) main(parentPort, workerData as CoreHostOptions);
