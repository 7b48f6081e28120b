import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CEILING_MS,
  ceilingAfter,
  dueAt,
  holdFor,
  isDue,
  isLeased,
  LEASE_MS,
  LEAST_MS,
  limitFor,
  LONGEST_HOLD_MS,
  waitAfter,
} from '#main/outbox/schedule.ts';

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failures = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2 ** 31 }));
const SEED = { seed: 20261126 };
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const START = Date.UTC(2026, 10, 26, 1);

describe('the wait after a failure', () => {
  it('is between a second and the ceiling, whatever the dice say', () => {
    fc.assert(
      fc.property(failures, fraction, (count, random) => {
        const wait = waitAfter(count, random);
        expect(wait).toBeGreaterThanOrEqual(LEAST_MS);
        expect(wait).toBeLessThanOrEqual(ceilingAfter(count));
        expect(Number.isSafeInteger(wait)).toBe(true);
      }),
      SEED,
    );
  });

  it('has a ceiling that doubles, never falls, and ends at a quarter of an hour', () => {
    expect([1, 2, 3, 4].map(ceilingAfter)).toEqual([5_000, 10_000, 20_000, 40_000]);
    fc.assert(
      fc.property(failures, (count) => {
        expect(ceilingAfter(count + 1)).toBeGreaterThanOrEqual(ceilingAfter(count));
        expect(ceilingAfter(count)).toBeLessThanOrEqual(CEILING_MS);
      }),
      SEED,
    );
    expect(ceilingAfter(9)).toBe(CEILING_MS);
  });

  it('spreads over all of it: many laptops that fail at once do not come back at once', () => {
    const waits = Array.from({ length: 1000 }, (_, at) => waitAfter(5, at / 1000));
    const tenth = ceilingAfter(5) / 10;
    const spread = Array.from(
      { length: 10 },
      (_, at) => waits.filter((ms) => Math.floor(ms / tenth) === at).length,
    );
    expect(Math.min(...spread)).toBeGreaterThan(80);
    expect(Math.max(...spread)).toBeLessThan(120);
  });
});

it('what a server asks for is kept to, up to a day; nonsense counts as nothing', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: LONGEST_HOLD_MS, noNaN: true }), (ms) => {
      expect(holdFor(ms)).toBeGreaterThanOrEqual(ms);
      expect(holdFor(ms)).toBe(Math.ceil(ms));
    }),
    SEED,
  );
  expect([undefined, -5, 0, NaN].map(holdFor)).toEqual([0, 0, 0, 0]);
  expect([Infinity, 10 * YEAR_MS].map(holdFor)).toEqual([LONGEST_HOLD_MS, LONGEST_HOLD_MS]);
});

/** What may happen while a delivery waits for a destination that never answers. */
const happening = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('fails' as const), random: fraction }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('asks to wait' as const),
      random: fraction,
      ms: fc.integer({ min: 1, max: 3 * LONGEST_HOLD_MS }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pauses' as const), ms: fc.integer({ min: 1, max: YEAR_MS }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clock' as const),
      by: fc.integer({ min: -30 * YEAR_MS, max: 30 * YEAR_MS }),
    }),
  },
);

describe('a delivery that never arrives', () => {
  it('is tried again for ever, never in bursts, never later than it should be, under any clock', () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 200 }), (happenings) => {
        // Real time, which nobody sees, and the clock of the laptop, which may be set.
        let real = 0;
        let shift = 0;
        const now = (): number => START + real + shift;
        let next = now();
        let count = 0;
        let lastTry = -Infinity;
        let hold = 0;
        let jumped = false;
        for (const one of happenings) {
          if (one.kind === 'clock') {
            shift += one.by;
            jumped = true;
            continue;
          }
          if (one.kind === 'pauses') {
            // Resumed, it is due at once or keeps its time: waiting has no memory.
            real += one.ms;
            continue;
          }
          const due = dueAt([next], now());
          const wait = due - now();
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(LONGEST_HOLD_MS + CEILING_MS);
          real += wait;
          expect(isDue(next, now())).toBe(true);
          if (!jumped) {
            expect(real - lastTry).toBeGreaterThanOrEqual(LEAST_MS);
            expect(real - lastTry).toBeGreaterThanOrEqual(hold);
          }
          // This try fails too.
          lastTry = real;
          jumped = false;
          count += 1;
          hold = holdFor(one.kind === 'asks to wait' ? one.ms : undefined);
          next = now() + hold + waitAfter(count, one.random);
        }
      }),
      { ...SEED, numRuns: 500 },
    );
  });

  it('is tried at least every quarter of an hour in the long run: a week is over 600 tries', () => {
    let at = 0;
    let count = 0;
    while (at < 7 * 24 * 60 * 60_000) {
      count += 1;
      at += waitAfter(count, 0.999999);
    }
    expect(count).toBeGreaterThan(600);
  });
});

describe('the clock of the laptop', () => {
  it.each([
    ['a time that has come', -1, true],
    ['this instant', 0, true],
    ['a second from now', 1_000, false],
    ['as far ahead as any wait', LONGEST_HOLD_MS + CEILING_MS, false],
    ['further ahead than any wait: the clock was set back', LONGEST_HOLD_MS + CEILING_MS + 1, true],
    ['years ahead', 20 * YEAR_MS, true],
  ])('%s', (_what, by, due) => {
    expect(isDue(START + by, START)).toBe(due);
  });

  it('a lease holds for as long as it may, and not when it was given under another clock', () => {
    expect(isLeased(START + LEASE_MS, START)).toBe(true);
    expect(isLeased(START, START)).toBe(false);
    expect(isLeased(START + LEASE_MS + 1, START)).toBe(false);
    expect(isLeased(START + YEAR_MS, START)).toBe(false);
  });
});

it('a try may take a minute, and longer for a large file on a slow line', () => {
  expect(limitFor(0)).toBe(60_000);
  expect(limitFor(32 * 1024 * 100)).toBe(160_000);
});
