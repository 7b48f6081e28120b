/**
 * When a delivery that did not arrive is tried again: exponential backoff with full jitter and a ceiling, after Marc
 * Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015): `sleep = random(0, min(cap, base * 2^n))`.
 * Two things differ: a wait is never shorter than a second, and what the server asked for comes before it. All times and
 * lengths are milliseconds; times are since 1970. Nothing here ever says "never again".
 */

const BASE_MS = 5_000;
/** Offline for days, a delivery is still tried every quarter of an hour at least. */
export const CEILING_MS = 15 * 60_000;
/** However the dice fall, a server is not asked more often. */
export const LEAST_MS = 1_000;
/** A server that asks for more, or whose clock is wrong, is asked again after a day. */
export const LONGEST_HOLD_MS = 24 * 60 * 60_000;
/** How far apart two tries of one destination are when the network comes and goes. */
export const WAKE_MS = 5_000;

/** The longest wait after so many failures in a row, from 1 on, where the server asked for none. */
export function ceilingAfter(failures: number): number {
  // 2^16 times the base is far beyond the ceiling; without the bound the product becomes Infinity, and then NaN.
  const doubled = BASE_MS * 2 ** Math.min(Math.max(failures, 1) - 1, 16);
  return Math.min(CEILING_MS, doubled);
}

/** The wait after so many failures in a row; `random` is from [0, 1). */
export function waitAfter(failures: number, random: number): number {
  return LEAST_MS + Math.floor(random * (ceilingAfter(failures) - LEAST_MS));
}

/** How long the server's own wish is kept to; 0 without one. */
export function holdFor(retryAfter: number | undefined): number {
  if (retryAfter === undefined || !(retryAfter > 0)) return 0;
  return Math.min(LONGEST_HOLD_MS, Math.ceil(retryAfter));
}

/** No wait that was ever given is longer. */
const LONGEST_MS = LONGEST_HOLD_MS + CEILING_MS;

/**
 * Whether a time has come. One that lies further ahead than any wait was written under another clock, which was set
 * back since: it has come, too.
 */
export function isDue(at: number, now: number): boolean {
  return at <= now || at - now > LONGEST_MS;
}

/** When a row is tried: its own time, that of its destination, and now at the earliest. */
export function dueAt(times: readonly number[], now: number): number {
  return Math.max(now, ...times.map((at) => (isDue(at, now) ? now : at)));
}

const TRY_MS = 60_000;
/** A slow phone's upload; a destination that is slower than this is told apart from one that hangs by nothing. */
const LEAST_BYTES_A_SECOND = 32 * 1024;

/** How long one try may take. */
export function limitFor(bytes: number): number {
  return TRY_MS + Math.ceil(bytes / LEAST_BYTES_A_SECOND) * 1000;
}

/** How long whoever is sending a row is believed to be alive without saying so again. */
export const LEASE_MS = 30_000;
export const HEARTBEAT_MS = 10_000;

/** Whether a lease holds; one that reaches further than any was given under another clock. */
export function isLeased(until: number, now: number): boolean {
  return until > now && until - now <= LEASE_MS;
}
