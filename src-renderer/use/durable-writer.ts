/**
 * Writes what is typed while it is typed, one write at a time and the last value always last. No Vue in here, so that
 * its order can be tested with fake time.
 */

export type WriteState = 'idle' | 'waiting' | 'writing' | 'written' | 'failed';

export interface DurableWriterOptions<T> {
  write(value: T): Promise<unknown>;
  /** Told of every step; `error` comes with `failed`. */
  notify(state: WriteState, error?: unknown): void;
  /** Milliseconds without a keystroke after which a value is written. */
  readonly pause: number;
  /** Milliseconds after which it is written even when the typing goes on: what a crash could cost at most. */
  readonly atMost: number;
}

export interface DurableWriter<T> {
  /** Takes a new value and writes it after the pause. */
  set(value: T): void;
  /** Writes what waits, or what failed, now. Resolves when nothing is under way; never rejects. */
  flush(): Promise<void>;
  readonly state: WriteState;
}

export function createDurableWriter<T>(options: DurableWriterOptions<T>): DurableWriter<T> {
  let waiting: { value: T } | null = null;
  let waitingSince = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let state: WriteState = 'idle';

  function become(next: WriteState, error?: unknown): void {
    state = next;
    options.notify(next, error);
  }

  async function run(): Promise<void> {
    while (waiting) {
      const { value } = waiting;
      waiting = null;
      become('writing');
      try {
        await options.write(value);
      } catch (error) {
        // A newer value takes the place of the one that failed; without one, it waits for the next try.
        waiting ??= { value };
        become('failed', error);
        return;
      }
      if (!waiting) become('written');
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    set(value) {
      const now = performance.now();
      if (!waiting) waitingSince = now;
      waiting = { value };
      if (!running) become('waiting');
      clearTimeout(timer);
      const left = Math.max(0, waitingSince + options.atMost - now);
      timer = setTimeout(() => void flush(), Math.min(options.pause, left));
    },
    flush,
    get state() {
      return state;
    },
  };
}
