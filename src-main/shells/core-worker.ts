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
  const daily = onceIdle(() => core.copyDaily());
  core.on((event) => say({ kind: 'event', event }));

  function closeWhenIdle(): void {
    if (!closing || running > 0) return;
    daily.cancel();
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
    daily.busy();
    void answerTo(message).then((answer) => {
      running -= 1;
      say({ kind: 'answer', call: message.call, answer });
      if (running === 0 && core.isOpen()) daily.idle();
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

/** How long nobody asks for anything before the copy of the day is made: the first screen stands by then. */
const IDLE_MS = 3000;

/** Runs `work` once, when the core has answered something and then had nothing to do for a while. */
function onceIdle(work: () => Promise<void>): { busy(): void; idle(): void; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  let done = false;
  return {
    busy: () => clearTimeout(timer),
    idle() {
      if (done) return;
      timer = setTimeout(() => {
        done = true;
        void work();
      }, IDLE_MS);
    },
    cancel() {
      done = true;
      clearTimeout(timer);
    },
  };
}

if (parentPort) main(parentPort, workerData as CoreOpening);
