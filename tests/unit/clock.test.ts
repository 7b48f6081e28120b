import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHANGE_ID,
  changeId,
  CLOCK_START,
  compare,
  FUTURE_MS,
  isFuture,
  parseChangeId,
  tick,
  witness,
  type Clock,
} from '#shared/merge/clock.ts';

const at = (ms: number, counter = 0): Clock => ({ ms, counter });
const NOW = Date.UTC(2026, 10, 24);
const LAPTOP = '8f1c2d3e4a5b6c7d';

describe('a tick', () => {
  it.each<[string, Clock, number, Clock]>([
    ['the first', CLOCK_START, NOW, at(NOW)],
    ['later', at(NOW - 1, 7), NOW, at(NOW)],
    ['within the same millisecond', at(NOW), NOW, at(NOW, 1)],
    ['when the wall went back', at(NOW), NOW - 60_000, at(NOW, 1)],
    ['when the counter is full', at(NOW, 0xffff), NOW, at(NOW + 1)],
    ['when it is full and the wall went on', at(NOW, 0xffff), NOW + 1, at(NOW + 1)],
  ])('%s', (_what, before, now, after) => {
    expect(tick(before, now)).toEqual(after);
  });
});

describe('seeing a change of another laptop', () => {
  it.each<[string, Clock, Clock, Clock]>([
    ['an older one changes nothing', at(NOW, 3), at(NOW, 2), at(NOW, 3)],
    ['a newer one is gone past', at(NOW), at(NOW + 5, 9), at(NOW + 5, 9)],
    ['one just under a day ahead too', at(NOW), at(NOW + FUTURE_MS), at(NOW + FUTURE_MS)],
    ['one from further ahead does not drag along', at(NOW), at(NOW + FUTURE_MS + 1), at(NOW)],
    ['nor does the last that an id can say', at(NOW), at(2 ** 48 - 1, 0xffff), at(NOW)],
  ])('%s', (_what, here, seen, after) => {
    expect(witness(here, seen, NOW)).toEqual(after);
    expect(isFuture(seen, NOW)).toBe(seen.ms - NOW > FUTURE_MS);
  });
});

describe('a change id', () => {
  it('is fixed in its form', () => {
    expect(changeId(at(0x0193557a1c2f, 5), LAPTOP)).toBe('0193557a1c2f-0005-8f1c2d3e4a5b6c7d');
    expect(parseChangeId('0193557a1c2f-0005-8f1c2d3e4a5b6c7d')).toEqual({
      ms: 0x0193557a1c2f,
      counter: 5,
      laptop: LAPTOP,
    });
  });

  it('sorts as text as the clock does, and says its clock again', () => {
    const clock = fc.record({ ms: fc.nat(2 ** 31 - 1).map((n) => n * 131_071), counter: fc.nat(0xffff) });
    fc.assert(
      fc.property(clock, clock, (a, b) => {
        const [x, y] = [changeId(a, LAPTOP), changeId(b, LAPTOP)];
        expect(x).toMatch(CHANGE_ID);
        expect(parseChangeId(x)).toEqual({ ...a, laptop: LAPTOP });
        expect(Math.sign(compare(a, b))).toBe(x < y ? -1 : x > y ? 1 : 0);
      }),
      { seed: 20261124, numRuns: 500 },
    );
  });

  it('always grows, whatever the wall clock and the others do', () => {
    const step = fc.record({
      drift: fc.integer({ min: -100_000, max: 100_000 }),
      seen: fc.nat(3 * FUTURE_MS),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let clock = at(NOW);
        let last = '';
        for (const { drift, seen } of steps) {
          clock = witness(clock, at(NOW + seen - FUTURE_MS), NOW + drift);
          clock = tick(clock, NOW + drift);
          const id = changeId(clock, LAPTOP);
          expect(id > last).toBe(true);
          last = id;
        }
      }),
      { seed: 20261124, numRuns: 200 },
    );
  });
});
