import { Worker } from 'node:worker_threads';
import type { Answer } from '#shared/contract/call.ts';
import type { CoreEvent } from '#shared/contract/contract.ts';
import type { Keyring } from '../core.ts';
import { toTransfer, type CoreOpening, type FromWorker, type ToWorker } from './core-messages.ts';

/** The core as a shell holds it: in a thread of its own, so that no import or report makes a window stall. */
export interface CoreHost {
  call(method: string, input: unknown): Promise<Answer>;
  /** Lets a keyring open the store; no call of the contract, since no page may bring one. */
  addKeyring(keyring: Keyring, proof: string | undefined): Promise<Answer>;
  /** Returns the function that ends the subscription. */
  on(listener: (event: CoreEvent) => void): () => void;
  /** Waits for running calls, closes the store and ends the thread. */
  close(): Promise<void>;
}

export interface CoreHostOptions extends CoreOpening {
  /** Hears of the tables being made anew while the store is opened, which may take seconds after an update. */
  readonly onRebuild?: (done: number, total: number) => void;
}

/**
 * An import makes and drops millions of small objects. With V8's own choice its nursery alone grows past 100 MB; with
 * this much, 1,000 files went through about as fast with a third less memory (docs/decisions/0014-import-runs.md).
 */
const YOUNG_MB = 24;

/** Starts the core in a worker thread; rejects with the core's own error when the store cannot be opened. */
export async function startCoreHost({ onRebuild, ...opening }: CoreHostOptions): Promise<CoreHost> {
  const built = import.meta.url.endsWith('.js');
  const worker = new Worker(new URL(built ? './core-worker.js' : './core-worker.ts', import.meta.url), {
    workerData: opening satisfies CoreOpening,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  const listeners = new Set<(event: CoreEvent) => void>();
  let last = 0;
  let gone = false;

  const opened = await new Promise<Answer<null>>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', function hear(message: FromWorker) {
      if (message.kind === 'rebuilding') return onRebuild?.(message.done, message.total);
      worker.off('error', reject);
      worker.off('message', hear);
      if (message.kind === 'opened') resolve(message.answer);
      else reject(new Error(`the core said ${message.kind} before it was open`));
    });
  });
  if (!opened.ok) {
    await worker.terminate();
    throw new CoreNotOpened(opened);
  }

  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'answer') {
      waiting.get(message.call)?.(message.answer);
      waiting.delete(message.call);
    } else if (message.kind === 'event') {
      for (const listener of listeners) listener(message.event);
    }
  });
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      gone = true;
      for (const answer of waiting.values()) answer({ ok: false, error: { code: 'INTERNAL', params: {} } });
      waiting.clear();
      resolve();
    });
  });
  worker.on('error', (error) => console.error('the core stopped', error));

  function send(message: ToWorker): void {
    worker.postMessage(message, message.kind === 'call' ? toTransfer(message.input) : []);
  }

  function ask(message: (call: number) => ToWorker): Promise<Answer> {
    if (gone) return Promise.resolve({ ok: false, error: { code: 'INTERNAL', params: {} } });
    return new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      send(message(last));
    });
  }

  return {
    call: (method, input) => ask((call) => ({ kind: 'call', call, method, input })),
    addKeyring: (keyring, proof) => ask((call) => ({ kind: 'keyring', call, keyring, proof })),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      if (!gone) send({ kind: 'close' });
      await ended;
    },
  };
}

/** The store could not be opened; `answer.error` says why. */
export class CoreNotOpened extends Error {
  readonly answer: Extract<Answer, { ok: false }>;

  constructor(answer: Extract<Answer, { ok: false }>) {
    super(`the store could not be opened: ${answer.error.code}`);
    this.name = 'CoreNotOpened';
    this.answer = answer;
  }
}
