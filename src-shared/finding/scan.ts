import type { Pattern, Wanted } from './question.ts';

/**
 * Calls `hit` with each place between two others at which something wanted stands, and whether only its half-typed
 * reading does. A million units are read for one question: this loop is what a question costs.
 */
export function scan(
  codes: Uint16Array,
  from: number,
  to: number,
  { whole, halfTyped, loose }: Wanted,
  hit: (at: number, half: boolean) => void,
): void {
  const [low, high, also] = [loose.low[0]!, loose.high[0]!, loose.also[0]!];
  const last = to - loose.low.length;
  for (let at = from; at <= last; at += 1) {
    const first = codes[at]!;
    if ((first < low || first > high) && first !== also) continue;
    if (!standsAt(codes, at, loose)) continue;
    if (standsAt(codes, at, whole)) hit(at, false);
    else if (halfTyped && standsAt(codes, at, halfTyped)) hit(at, true);
  }
}

function standsAt(codes: Uint16Array, at: number, { low, high, also }: Pattern): boolean {
  for (let i = 0; i < low.length; i += 1) {
    // Behind the end there is nothing, which is neither less nor more.
    const code = codes[at + i]!;
    if (!(code >= low[i]! && code <= high[i]!) && code !== also[i]!) return false;
  }
  return true;
}
