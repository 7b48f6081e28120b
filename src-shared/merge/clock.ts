/**
 * The hybrid logical clock that makes change ids (Kulkarni et al., "Logical Physical Clocks", 2014):
 * wall time where it moves, a counter where it does not, never backwards.
 */

/** 12 hex digits of milliseconds since 1970, 4 of counter, 16 of the laptop. Text order is clock order. */
export const CHANGE_ID = /^[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{16}$/;
export const LAPTOP_ID = /^[0-9a-f]{16}$/;

export interface Clock {
  /** Milliseconds since 1970. */
  readonly ms: number;
  /** 0 to 65,535. */
  readonly counter: number;
}

export const CLOCK_START: Clock = { ms: 0, counter: 0 };

/**
 * How far ahead of this laptop's clock a change may be before it counts as from the future: one day, so that a wrong
 * time zone or a late network time does not flag, and a wrong year does.
 */
export const FUTURE_MS = 24 * 60 * 60 * 1000;

const MAX_COUNTER = 0xffff;

/** The next reading at wall time `now`; always greater than `clock`. */
export function tick(clock: Clock, now: number): Clock {
  if (now > clock.ms) return { ms: now, counter: 0 };
  if (clock.counter < MAX_COUNTER) return { ms: clock.ms, counter: clock.counter + 1 };
  return { ms: clock.ms + 1, counter: 0 };
}

/**
 * The clock after seeing a change of another laptop, so that what is written next sorts after what was seen.
 * A change from far in the future does not drag the clock along.
 */
export function witness(clock: Clock, seen: Clock, now: number): Clock {
  if (isFuture(seen, now)) return clock;
  return compare(seen, clock) > 0 ? seen : clock;
}

export function isFuture(seen: Clock, now: number): boolean {
  return seen.ms > now + FUTURE_MS;
}

export function compare(a: Clock, b: Clock): number {
  return a.ms - b.ms || a.counter - b.counter;
}

export function changeId(clock: Clock, laptop: string): string {
  return `${hex(clock.ms, 12)}-${hex(clock.counter, 4)}-${laptop}`;
}

/** The parts of a change id; the id must match CHANGE_ID. */
export function parseChangeId(id: string): Clock & { readonly laptop: string } {
  return { ms: parseInt(id.slice(0, 12), 16), counter: parseInt(id.slice(13, 17), 16), laptop: id.slice(18) };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
