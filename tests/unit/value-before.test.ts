import { describe, expect, test } from 'vitest';
import type { Json } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';
import { changeId } from '#shared/merge/clock.ts';
import { headsOf } from '#shared/merge/register.ts';
import { originalsOf } from '#shared/merge/reopened.ts';
import { revert } from '#shared/merge/revert.ts';
import { valueBefore, valueSeen } from '#shared/merge/value-before.ts';

const RECORD = '01935571-0000-7000-8000-000000000001';
const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(16)) as [string, string, string];

/** At a minute on a laptop: what it sets, and what it names of the same fields. */
function change(
  minute: number,
  laptop: string,
  set: Record<string, Json>,
  prior: Record<string, Change[]> = {},
): Change {
  return {
    id: changeId({ ms: minute * 60_000, counter: 0 }, laptop),
    author: null,
    entity: 'store',
    record: RECORD,
    set,
    prior: Object.fromEntries(Object.entries(prior).map(([field, all]) => [field, all.map(({ id }) => id)])),
  };
}

const phone = (minute: number, laptop: string, value: Json, ...seen: Change[]): Change =>
  change(minute, laptop, { phone: value }, seen.length > 0 ? { phone: seen } : {});

const first = phone(1, C, '02-1');
const second = phone(2, C, '02-2', first);
const erasure: Change = {
  id: changeId({ ms: 90_000, counter: 0 }, C),
  author: null,
  entity: 'store',
  record: RECORD,
  erase: ['phone'],
};
const away = phone(3, C, '02-away');

describe('the value before laptops disagreed', () => {
  test.each<[string, Change[], unknown]>([
    ['both replaced the same value', [first, phone(5, A, 'a', first), phone(6, B, 'b', first)], '02-1'],
    [
      'the greatest of those that both know',
      [first, second, phone(5, A, 'a', second), phone(6, B, 'b', second)],
      '02-2',
    ],
    [
      'one saw less than the other',
      [first, second, phone(5, A, 'a', second), phone(6, B, 'b', first)],
      '02-1',
    ],
    [
      'one has written twice since',
      [first, phone(5, A, 'a', first), phone(6, B, 'b', first), phone(7, B, 'bb', phone(6, B, 'b', first))],
      '02-1',
    ],
    [
      'through a settled conflict',
      [
        first,
        phone(2, A, 'x', first),
        phone(3, B, 'y', first),
        phone(4, C, 'z', phone(2, A, 'x', first), phone(3, B, 'y', first)),
        phone(5, A, 'a', phone(4, C, 'z')),
        phone(6, B, 'b', phone(2, A, 'x')),
      ],
      'x',
    ],
    [
      'three of them',
      [first, second, phone(5, A, 'a', second), phone(6, B, 'b', second), phone(7, C, 'c', first)],
      '02-1',
    ],
    ['nobody saw anything', [phone(5, A, 'a'), phone(6, B, 'b')], { kind: 'none' }],
    ['one saw nothing', [first, phone(5, A, 'a', first), phone(6, B, 'b')], { kind: 'none' }],
    [
      'it had been emptied',
      [phone(1, C, null), phone(5, A, 'a', phone(1, C, null)), phone(6, B, 'b', phone(1, C, null))],
      { kind: 'none' },
    ],
    ['what both saw is not here', [phone(5, A, 'a', away), phone(6, B, 'b', away)], { kind: 'unknown' }],
    [
      'what one saw is not here',
      [first, phone(5, A, 'a', first), phone(6, B, 'b', away)],
      { kind: 'unknown' },
    ],
    [
      'a nearer one is not here',
      [first, phone(5, A, 'a', first, away), phone(6, B, 'b', first, away)],
      { kind: 'unknown' },
    ],
    [
      'it is destroyed',
      [first, erasure, phone(5, A, 'a', first), phone(6, B, 'b', first)],
      { kind: 'erased' },
    ],
    [
      'they name each other',
      [phone(5, A, 'a', phone(6, B, 'b')), phone(6, B, 'b', phone(5, A, 'a'))],
      { kind: 'none' },
    ],
  ])('%s', (_name, changes, expected) => {
    const found = valueBefore(changes, 'phone');
    const plain = found.kind === 'value' ? found.value : found;
    expect(plain).toEqual(expected);
    // A function of the set alone.
    expect(valueBefore(changes.toReversed(), 'phone')).toEqual(found);
  });

  test('what one author saw', () => {
    const edit = phone(5, A, 'a', first);
    expect(valueSeen([first, edit], 'phone', edit)).toEqual({
      kind: 'value',
      value: '02-1',
      change: first.id,
    });
    expect(valueSeen([first], 'phone', first)).toEqual({ kind: 'none' });
  });
});

/** As the log writes what `revert` means. */
function undone(all: readonly Change[], step: Change, minute: number, own: string): Change[] {
  return revert(all, new Set([step.id]), own).changes.map((meant, at) => ({
    id: changeId({ ms: minute * 60_000, counter: at }, own),
    author: null,
    entity: 'store',
    record: RECORD,
    ...meant,
  }));
}

describe('a conflict that undo has opened again', () => {
  const left = phone(5, A, 'a', first);
  const right = phone(6, B, 'b', first);
  const settling = phone(7, C, 'a', left, right);
  const open = [first, left, right];
  const settled = [...open, settling];
  const again = [...settled, ...undone(settled, settling, 8, C)];
  const originals = (changes: readonly Change[], field = 'phone') =>
    headsOf(changes)
      .get(field)!
      .map(({ change: head }) => originalsOf(changes, field, head).map(({ id }) => id));

  test('has the sides that wrote its values first', () => {
    expect(headsOf(again).get('phone')).toHaveLength(2);
    expect(originals(again).flat().sort()).toEqual([left.id, right.id]);
    expect(valueBefore(again, 'phone')).toMatchObject({ value: '02-1' });
  });

  test('so it is after doing it again and undoing it once more', () => {
    const heads = headsOf(again)
      .get('phone')!
      .map(({ change: head }) => head);
    const redone = phone(9, C, 'a', ...heads);
    const all = [...again, redone];
    const twice = [...all, ...undone(all, redone, 10, C)];
    expect(originals(twice).flat().sort()).toEqual([left.id, right.id]);
  });

  test('two who wrote the same value both stand behind it', () => {
    const third = phone(6.5, C, 'b', first);
    const all = [...open, third, phone(7, C, 'a', left, right, third)];
    const back = [...all, ...undone(all, all.at(-1)!, 8, C)];
    expect(originals(back).flat().sort()).toEqual([left.id, right.id, third.id].sort());
  });

  test('a laptop that wrote twice, each knowing of the one before, stands for itself', () => {
    const own = phone(8, C, 'b', settling);
    expect(originalsOf([...settled, own], 'phone', own)).toEqual([own]);
  });

  test('another laptop that chose a value again stands for itself', () => {
    const own = phone(8, A, 'b', settling);
    const other = phone(9, B, 'a', settling);
    expect(originals([...settled, own, other])).toEqual([[own.id], [other.id]]);
  });

  test('a deletion that was kept, and opened again, is that of who deleted first', () => {
    const gone = change(5, A, { deleted: true }, { phone: [first] });
    const edit = phone(6, B, 'b', first);
    const kept = change(7, C, { deleted: true }, { deleted: [gone], phone: [edit] });
    const all = [first, gone, edit, kept];
    const back = [...all, ...undone(all, kept, 8, C)];
    expect(originals(back, 'deleted')).toEqual([[gone.id]]);
    const byHand = change(9, C, { deleted: true }, { deleted: [kept], phone: [edit] });
    expect(originalsOf([...all, byHand], 'deleted', byHand)).toEqual([byHand]);
  });
});
