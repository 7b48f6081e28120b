import { describe, expect, it } from 'vitest';
import { isWithin, realDay, seoulDay } from '#shared/figures/days.ts';
import { groupsOf } from '#shared/figures/groups.ts';

describe('realDay', () => {
  it.each([
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', null],
    ['2000-02-29', '2000-02-29'],
    ['2100-02-29', null],
    ['2024-13-01', null],
    ['2024-00-10', null],
    ['2024-04-31', null],
    ['2024-4-1', null],
    ['2024-04-01T00:00:00Z', null],
    ['1900-02-28', null],
    ['1900-03-01', '1900-03-01'],
    ['', null],
    [null, null],
  ])('%s is %s', (text, day) => expect(realDay(text)).toBe(day));
});

describe('seoulDay', () => {
  it.each([
    ['2024-04-30T14:59:59.999Z', '2024-04-30'],
    ['2024-04-30T15:00:00.000Z', '2024-05-01'],
    ['2024-12-31T15:00:00Z', '2025-01-01'],
    ['not yet', null],
    [null, null],
  ])('%s is %s', (instant, day) => expect(seoulDay(instant)).toBe(day));
});

describe('isWithin', () => {
  it.each([
    [null, {}, true],
    [null, { to: '2024-01-01' }, false],
    ['2024-01-01', { from: '2024-01-01', to: '2024-01-01' }, true],
    ['2024-01-02', { to: '2024-01-01' }, false],
    ['2023-12-31', { from: '2024-01-01' }, false],
  ])('%s in %j: %s', (day, period, inside) => expect(isWithin(day, period)).toBe(inside));
});

describe('groupsOf', () => {
  it('names a long chain alike, whatever the order of the decisions', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => String(index).padStart(5, '0'));
    const chain = ids.slice(1).map((right, index) => ({ left: ids[index]!, right }));
    for (const matches of [chain, chain.toReversed()]) {
      const groups = groupsOf(matches);
      expect(new Set(ids.map((id) => groups.of(id)))).toEqual(new Set(['00000']));
    }
  });

  it('leaves alone what nobody joined', () => {
    const groups = groupsOf([{ left: 'b', right: 'a' }]);
    expect([groups.of('b'), groups.of('c')]).toEqual(['a', 'c']);
    expect([groups.isJoined('b'), groups.isJoined('c')]).toEqual([true, false]);
  });
});
