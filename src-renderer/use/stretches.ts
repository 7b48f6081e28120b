import type { Rows } from '../ui/rows.ts';

/** Rows fetched at once; more than a screen holds. */
export const STRETCH = 60;
/** Stretches kept: far more than one scrolls back through, far fewer than all. */
const KEPT = 40;

/** One answer of a long list, of which stretches are fetched as they come into sight. */
export interface Stretches<T> {
  readonly total: number;
  /** Puts in what was fetched from an offset on. */
  put(offset: number, rows: readonly T[]): void;
  /** The offset of the first stretch that some rows need and that is not here. */
  missing(from: number, to: number): number | null;
  /** The list as it is now, for the screen: another object when something came. */
  rows(): Rows<T>;
}

export function stretches<T>(total: number): Stretches<T> {
  const here = new Map<number, readonly T[]>();
  return {
    total,
    put(offset, rows) {
      here.delete(offset);
      here.set(offset, rows);
      // The one that was fetched longest ago.
      if (here.size > KEPT) here.delete(here.keys().next().value!);
    },
    missing(from, to) {
      const last = Math.min(to, total - 1);
      for (let offset = stretchOf(from); offset <= last; offset += STRETCH) {
        if (!here.has(offset)) return offset;
      }
      return null;
    },
    rows: () => ({
      length: total,
      at: (index) => here.get(stretchOf(index))?.[index % STRETCH],
    }),
  };
}

export function stretchOf(index: number): number {
  return Math.max(0, Math.floor(index / STRETCH) * STRETCH);
}
