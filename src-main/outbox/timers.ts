import { DeliveryFailure } from './transport.ts';

/** Time, as far as something is to be done later; a test brings its own. */
export interface Timers {
  /** Returns what takes it back. */
  after(ms: number, work: () => void): () => void;
}

/** A timer that is waiting keeps no program from ending. */
export const realTimers: Timers = {
  after(ms, work) {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/**
 * The outcome of a way out, if it ends in time. When its time is over it is told to stop, and is waited for a little
 * longer: a way that stops in order leaves nothing behind. One that does not even stop is left to `outlives`. Times are
 * milliseconds. Refuses with DELIVERY_SLOW.
 */
export function withinLimit<T>(
  way: Promise<T>,
  stop: AbortController,
  { limit, grace }: { readonly limit: number; readonly grace: number },
  timers: Timers,
  outlives: () => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let isOver = false;
    const overdue = (): DeliveryFailure =>
      new DeliveryFailure('DELIVERY_SLOW', { seconds: Math.round(limit / 1000) }, { lasting: false });
    let cancel = timers.after(limit, () => {
      isOver = true;
      cancel = timers.after(grace, () => {
        outlives();
        reject(overdue());
      });
      stop.abort();
    });
    way.then(
      (value) => (cancel(), resolve(value)),
      (error: unknown) => {
        cancel();
        // What it says once it was told to stop is that it was told to stop.
        reject(isOver ? overdue() : (error as Error));
      },
    );
  });
}
