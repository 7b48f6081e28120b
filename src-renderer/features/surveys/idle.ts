/** When a laptop that was handed over has been left alone. Pure: the time (any milliseconds that only grow) comes from outside. */
export interface Idle {
  /** The last sign of somebody. */
  readonly since: number;
  /** When it was asked whether anybody is there; null while it is not asked. */
  readonly asked: number | null;
}

/** What is on screen: answers under way, the page before them, or the thanks after them. */
export type Watched = 'response' | 'start' | 'closing';

/** ask: show the question · end: end the response by the rule · restart: back to the first page, nothing is at stake. */
export type IdleStep = 'none' | 'ask' | 'end' | 'restart';

const QUIET_MS = 120_000;
export const ANSWER_MS = 30_000;
const CLOSING_MS = 30_000;

export function touched(now: number): Idle {
  return { since: now, asked: null };
}

export function idleStep(idle: Idle, watched: Watched, now: number): { idle: Idle; step: IdleStep } {
  const quiet = now - idle.since;
  if (watched === 'response') {
    if (idle.asked !== null) {
      return now - idle.asked >= ANSWER_MS ? { idle: touched(now), step: 'end' } : { idle, step: 'none' };
    }
    // Asked from now on, and not from when it was due: a lid that was closed meanwhile still leaves time to answer.
    return quiet >= QUIET_MS
      ? { idle: { since: idle.since, asked: now }, step: 'ask' }
      : { idle, step: 'none' };
  }
  return quiet >= (watched === 'closing' ? CLOSING_MS : QUIET_MS)
    ? { idle: touched(now), step: 'restart' }
    : { idle, step: 'none' };
}

/** Whole seconds until the response ends by itself. */
export function secondsLeft(idle: Idle, now: number): number {
  return idle.asked === null ? 0 : Math.max(0, Math.ceil((idle.asked + ANSWER_MS - now) / 1000));
}
