import type { Core } from '#main/core.ts';

const EVERY_MS = 5;
const LONG_MS = 100;

/** How other calls fared while something long was under way. */
export interface Meanwhile {
  answered: number;
  /** Milliseconds that the one that waited longest waited. */
  longest: number;
  /** How many waited longer than 100 ms. */
  long: number;
}

/** Does the work, and asks the same core for something small every few milliseconds, as a window does. */
export async function meanwhile<T>(core: Core, work: () => Promise<T>): Promise<[T, Meanwhile]> {
  const waits: number[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const from = performance.now();
      // The clock starts when the call would have been made, also where this loop itself was held up.
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      const answer = await core.call('pin.status', {});
      if (!answer.ok) throw new Error(answer.error.code);
      waits.push(performance.now() - from - EVERY_MS);
    }
  })();
  const result = await work().finally(() => (isOver = true));
  await asking;
  return [
    result,
    {
      answered: waits.length,
      longest: Math.round(Math.max(0, ...waits)),
      long: waits.filter((wait) => wait > LONG_MS).length,
    },
  ];
}
