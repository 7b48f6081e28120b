import { parentPort, workerData } from 'node:worker_threads';
import type { ErrorReport } from '#shared/contract/errors.ts';
import type { Answer } from '#shared/contract/call.ts';
import { openGate, type Gate } from '../gate.ts';
import { reportApart } from './report-thread.ts';
import { toTransfer, type CoreOpening, type FromWorker, type ToWorker } from './core-messages.ts';

/** The thread's whole life: open the store, pass calls on, close. */
function main(port: NonNullable<typeof parentPort>, options: CoreOpening): void {
  const say = (message: FromWorker): void =>
    port.postMessage(
      message,
      message.kind === 'answer' && message.answer.ok ? toTransfer(message.answer.value) : [],
    );
  const notes: ErrorReport[] = [];
  let ready = false;
  const opened = openGate({
    ...options,
    window: true,
    reportApart,
    copies: 'thread',
    onNote: (error) => notes.push(error),
    onRebuild: (done, total) =>
      say(
        // A store that had to be unlocked first is opened while the window is there already.
        ready
          ? { kind: 'event', event: { kind: 'progress', job: 'rebuild', done, total } }
          : { kind: 'rebuilding', done, total },
      ),
  });
  if (!opened.ok) {
    say({ kind: 'opened', answer: opened });
    return;
  }
  const core: Gate = opened.value;
  let running = 0;
  let closing = false;
  const later = [onceIdle(() => core.warmUp(), WARM_MS), onceIdle(() => void core.copyDaily(), COPY_MS)];
  core.on((event) => say({ kind: 'event', event }));

  function closeWhenIdle(): void {
    if (!closing || running > 0) return;
    for (const one of later) one.cancel();
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
    for (const one of later) one.busy();
    void answerTo(message).then((answer) => {
      running -= 1;
      say({ kind: 'answer', call: message.call, answer });
      if (running === 0 && core.isOpen()) for (const one of later) one.idle();
      closeWhenIdle();
    });
  });

  async function answerTo(message: Exclude<ToWorker, { kind: 'close' }>): Promise<Answer> {
    if (message.kind === 'keyring') return core.addKeyring(message.keyring, message.proof);
    return core.call(message.method, message.input);
  }

  ready = true;
  say({ kind: 'opened', answer: { ok: true, value: null } });
  for (const error of notes) say({ kind: 'event', event: { kind: 'note', error } });
}

/** How long nobody asks for anything before the index of the shops is made: the first screen has its answers by then. */
const WARM_MS = 400;
/** And before the copy of the day is made, which nobody waits for. */
const COPY_MS = 3000;

/** Runs `work` once, when the core has answered something and then had nothing to do for so many milliseconds. */
function onceIdle(work: () => void, after: number): { busy(): void; idle(): void; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  let done = false;
  return {
    busy: () => clearTimeout(timer),
    idle() {
      if (done) return;
      timer = setTimeout(() => {
        done = true;
        work();
      }, after);
    },
    cancel() {
      done = true;
      clearTimeout(timer);
    },
  };
}

if (parentPort) main(parentPort, workerData as CoreOpening);
