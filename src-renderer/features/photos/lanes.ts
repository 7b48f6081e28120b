/** Runs what it is given, no more than `width` at a time; the others wait in the order in which they came. */
export function lanes(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes this place over; only when nobody does is it free.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
