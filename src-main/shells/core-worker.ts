import { parentPort, workerData } from 'node:worker_threads';
import { openCore, type Core } from '../core.ts';
import { reportApart } from './report-thread.ts';
import { toTransfer, type CoreOpening, type FromWorker, type ToWorker } from './core-messages.ts';

/** The thread's whole life: open the store, pass calls on, close. */
function main(port: NonNullable<typeof parentPort>, options: CoreOpening): void {
  const say = (message: FromWorker): void =>
    port.postMessage(
      message,
      message.kind === 'answer' && message.answer.ok ? toTransfer(message.answer.value) : [],
    );
  const opened = openCore({
    ...options,
    window: true,
    reportApart,
    onRebuild: (done, total) => say({ kind: 'rebuilding', done, total }),
  });
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

if (parentPort) main(parentPort, workerData as CoreOpening);
