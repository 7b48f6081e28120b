import { describe, expect, test } from 'vitest';
import {
  changed,
  doubled,
  dropPlace,
  moved,
  withEntry,
  withHelpful,
  withKind,
  withoutEntry,
  type Entries,
  type Entry,
} from '../../src-renderer/features/templates/edit.ts';
import { countIn } from '../../src-renderer/features/templates/count.ts';

const scale = (key: string): Entry => ({ key, label: `질문 ${key}`, kind: 'scale' });
const help: Entry = { key: 'help', label: '도움이 되었나요?', kind: 'yesNo', role: 'helpful' };
const list: Entries = [scale('a'), scale('b'), help];
const keys = (entries: Entries): string[] => entries.map(({ key }) => key);

describe('the list of a draft', () => {
  test.each([
    ['a', 1, 'b a help'],
    ['a', 2, 'b help a'],
    ['a', 99, 'b help a'],
    ['help', 0, 'help a b'],
    ['help', -1, 'help a b'],
    ['b', 1, 'a b help'],
    ['gone', 1, 'a b help'],
  ])('%s moved to place %i', (key, to, order) => {
    expect(keys(moved(list, key, to)).join(' ')).toBe(order);
  });

  test('what was taken out comes back where it was, under its own key', () => {
    expect(withEntry(withoutEntry(list, 'b'), list[1]!, 1)).toEqual(list);
  });

  test('a copy stands below under a key of its own, and does not ask a second time whether it helped', () => {
    const twice = doubled(list, 'help', 'new');
    expect(keys(twice)).toEqual(['a', 'b', 'help', 'new']);
    expect(twice[3]).toEqual({ key: 'new', label: help.label, kind: 'yesNo' });
  });

  test('an edit touches its own entry alone; undefined takes a member away', () => {
    const items: Entries = [
      { key: 'a', label: '하나', evidence: 'photo' },
      { key: 'b', label: '둘', evidence: 'text' },
    ];
    expect(changed(items, 'a', { evidence: undefined })).toEqual([{ key: 'a', label: '하나' }, items[1]]);
    expect(changed(items, 'a', { label: '셋' })[0]).toEqual({ key: 'a', label: '셋', evidence: 'photo' });
  });

  test('only one asks whether it helped', () => {
    const two = withHelpful([...list, { key: 'c', label: '둘', kind: 'yesNo' }], 'c', true);
    expect(two.filter(({ role }) => role).map(({ key }) => key)).toEqual(['c']);
    expect(withHelpful(two, 'c', false).some(({ role }) => role)).toBe(false);
  });
});

describe('another kind is another question', () => {
  test('and gets another key', () => {
    const [, , other] = withKind(list, 'help', 'choice', 'new', list);
    expect(other).toEqual({ key: 'new', label: help.label, kind: 'choice', choices: ['', ''] });
  });

  test('but the same words in the kind that they had before are the question of before', () => {
    const there = withKind(list, 'a', 'text', 'new', list);
    expect(keys(withKind(there, 'new', 'scale', 'newer', list))).toEqual(['a', 'b', 'help']);
  });

  test('unless that question is in the list under its key', () => {
    const copy = doubled(list, 'a', 'copy');
    const other = withKind(copy, 'copy', 'text', 'new', list);
    expect(keys(withKind(other, 'new', 'scale', 'newer', list))).toEqual(['a', 'newer', 'b', 'help']);
  });

  test('and a key that was given up does not come back for other words', () => {
    const retold = changed(withKind(list, 'a', 'text', 'new', list), 'new', { label: '다른 말' });
    expect(keys(withKind(retold, 'new', 'scale', 'newer', list))).toEqual(['newer', 'b', 'help']);
  });

  test('the same kind changes nothing', () => {
    expect(withKind(list, 'a', 'scale', 'new', list)).toEqual(list);
  });
});

test.each([
  [0, 0],
  [49, 0],
  [50, 1],
  [149, 1],
  [260, 3],
])('dropped at %i it lands before row %i', (y, place) => {
  expect(dropPlace([50, 150, 250], y)).toBe(place);
});

test.each([
  ['', null],
  ['1,200', 1200],
  [' 5 ', 5],
  ['0', 'wrong'],
  ['10001', 'wrong'],
  ['다섯', 'wrong'],
  ['-1', 'wrong'],
  ['1.5', 'wrong'],
  ['9'.repeat(20), 'wrong'],
])('%j as a count from 1 to 10000 is %j', (text, count) => {
  expect(countIn(text, 1, 10_000)).toBe(count);
});
