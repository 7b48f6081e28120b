const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How long no PIN is taken after so many wrong ones in a row; the last holds for all that follow. */
const WAITS = [0, 0, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE];

/** Wrong PINs in a row, and since when the wait for the last of them runs. Times are milliseconds since 1970. */
export interface PinTries {
  readonly wrong: number;
  readonly since: number;
}

export const NO_TRIES: PinTries = { wrong: 0, since: 0 };

export function waitAfter(wrong: number): number {
  return wrong <= 0 ? 0 : WAITS[Math.min(wrong, WAITS.length) - 1]!;
}

/** The tries with one more, which counts as wrong until it has shown itself right. */
export function triedAgain(tries: PinTries, now: number): PinTries {
  return { wrong: tries.wrong + 1, since: now };
}

/**
 * The tries as they stand at `now`. A clock that was turned back begins the wait anew: it gets no shorter, and a clock
 * that ran years ahead when somebody mistyped does not lock the trainer out for years.
 */
export function asOf(tries: PinTries, now: number): PinTries {
  return now < tries.since ? { wrong: tries.wrong, since: now } : tries;
}

/** Milliseconds until a PIN is taken again. */
export function waitLeft(tries: PinTries, now: number): number {
  const { wrong, since } = asOf(tries, now);
  return Math.max(0, since + waitAfter(wrong) - now);
}
