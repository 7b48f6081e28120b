import { createPinia, setActivePinia } from 'pinia';
import { effectScope, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DuplicatePair, DuplicateReason, DuplicateShop } from '#shared/contract/duplicates.ts';
import { fakeApi, type FakeApi } from '#tests/support/fake-api.ts';
import { setTransport } from '../../src-renderer/api.ts';
import { commandOf, type Command } from '../../src-renderer/features/duplicates/pair-keys.ts';
import {
  bandOf,
  countsOneLess,
  factsOf,
  keyOf,
  nextAfter,
  pointsOf,
  reasonsOf,
  stepFrom,
  strengthOf,
} from '../../src-renderer/features/duplicates/pair-rows.ts';
import { usePairs } from '../../src-renderer/features/duplicates/use-pairs.ts';

const shop = (id: string, more: Partial<DuplicateShop> = {}): DuplicateShop => ({
  id,
  name: '',
  site: null,
  category: null,
  ownerName: null,
  phone: null,
  businessNumber: null,
  address: null,
  unit: null,
  status: null,
  ...more,
});

const pair = (left: DuplicateShop, right: DuplicateShop, reasons: DuplicateReason[] = []): DuplicatePair => ({
  left,
  right,
  score: 0.9,
  reasons,
  distanceMetres: null,
});

const reason = (
  field: DuplicateReason['field'],
  kind: DuplicateReason['kind'],
  weight: number,
): DuplicateReason => ({ field, kind, weight, left: null, right: null });

const numbered = (n: number): DuplicatePair => pair(shop(`a${n}`), shop(`b${n}`));
const range = (from: number, to: number): DuplicatePair[] =>
  Array.from({ length: to - from }, (_, n) => numbered(from + n));

describe('a key on the screen of duplicates', () => {
  /** A key pressed within the first of some selectors, or on the page itself. */
  function press(key: string, more: Partial<KeyboardEvent> = {}, within = ''): Command | null {
    const target = { closest: (selector: string) => (within && selector.includes(within) ? {} : null) };
    return commandOf({ key, code: '', target, ...more } as unknown as KeyboardEvent);
  }

  test.each<[string, Command | null, Command | null]>([
    ['1 joins', press('1'), { do: 'decide', decision: 'same' }],
    ['2 tells apart', press('2'), { do: 'decide', decision: 'different' }],
    ['3 puts aside', press('3'), { do: 'later' }],
    ['4 is nothing', press('4'), null],
    ['down', press('ArrowDown'), { do: 'move', by: 1 }],
    ['up', press('ArrowUp'), { do: 'move', by: -1 }],
    ['an arrow that is held goes on', press('ArrowDown', { repeat: true }), { do: 'move', by: 1 }],
    ['a digit that is held decides once', press('1', { repeat: true }), null],
    ['Ctrl+Z is the window’s, as everywhere', press('z', { ctrlKey: true, code: 'KeyZ' }), null],
    ['Ctrl+1 is the browser’s', press('1', { ctrlKey: true }), null],
    ['a field keeps its keys', press('1', {}, 'input'), null],
    ['a dialog keeps its keys', press('2', {}, '[role="dialog"]'), null],
    ['half a syllable is no command', press('1', { isComposing: true }), null],
  ])('%s', (_what, actual, expected) => expect(actual).toEqual(expected));
});

describe('a pair', () => {
  test('its score in words and of 100, never certain', () => {
    expect([1, 0.99, 0.95, 0.8, 0.51].map(bandOf)).toEqual([
      'certain',
      'certain',
      'likely',
      'perhaps',
      'unsure',
    ]);
    expect([1, 0.999, 0.5678].map(pointsOf)).toEqual([99, 99, 56]);
    expect([14, -18, 3, -2, 1, -0.5].map((weight) => strengthOf({ weight }))).toEqual([
      'strong',
      'strong',
      'fair',
      'fair',
      'slight',
      'slight',
    ]);
  });

  test('its reasons for and against, the strongest first; what weighs nothing is no reason', () => {
    const { speaksFor, speaksAgainst } = reasonsOf(
      pair(shop('a'), shop('b'), [
        reason('category', 'same', 1),
        reason('unit', 'missing', 0),
        reason('phone', 'same', 7),
        reason('ownerName', 'different', -4),
        reason('branch', 'different', -18),
      ]),
    );
    expect(speaksFor.map(({ field }) => field)).toEqual(['phone', 'category']);
    expect(speaksAgainst.map(({ field }) => field)).toEqual(['branch', 'ownerName']);
  });

  test('its fields side by side: what differs is marked, what the matcher takes for equal is not', () => {
    const facts = factsOf(
      pair(
        shop('a', { name: '하늘떡집', phone: '010-0000-0001', unit: '3호', status: 'active' }),
        shop('b', { name: '하늘분식', phone: '01000000001', status: 'active' }),
        [
          reason('phone', 'same', 7),
          { ...reason('channelUrl', 'different', -2), left: 'pf.kakao.com/_a', right: 'pf.kakao.com/_b' },
        ],
      ),
      (status) => `<${status}>`,
    );
    const marked = (pieces: readonly { text: string; differs: boolean }[]) =>
      pieces.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');
    expect(
      facts.map(({ field, isEqual, pieces }) => [field, isEqual, marked(pieces[0]), marked(pieces[1])]),
    ).toEqual([
      ['name', false, '하늘[떡집]', '하늘[분식]'],
      ['phone', true, '010-0000-0001', '01000000001'],
      ['unit', false, '3호', ''],
      ['status', true, '<active>', '<active>'],
      ['channelUrl', false, 'pf.kakao.com/_[a]', 'pf.kakao.com/_[b]'],
    ]);
  });

  test('makes one shop less when joined, unless one of the two declined and does not count', () => {
    expect(countsOneLess(pair(shop('a', { status: 'closed' }), shop('b')))).toBe(true);
    expect(countsOneLess(pair(shop('a', { status: 'declined' }), shop('b')))).toBe(false);
  });

  test('after it comes the next that was not put aside, round the end of the list', () => {
    const pairs = range(0, 4);
    const key = (n: number) => keyOf(numbered(n));
    expect(nextAfter(pairs, key(1), new Set())).toBe(key(2));
    expect(nextAfter(pairs, key(1), new Set([key(2)]))).toBe(key(3));
    expect(nextAfter(pairs, key(3), new Set([key(0)]))).toBe(key(1));
    expect(nextAfter(pairs, key(3), new Set(pairs.map(keyOf)))).toBe(key(0));
    expect(nextAfter(pairs.slice(0, 1), key(0), new Set())).toBeNull();
    expect([stepFrom(pairs, key(0), -1), stepFrom(pairs, key(3), 1)]).toEqual([key(0), key(3)]);
  });
});

describe('the pairs that are asked', () => {
  let stored: DuplicatePair[];
  let api: FakeApi;
  let scope: EffectScope;
  const lists = () => api.calls.filter(({ method }) => method === 'duplicates.list').length;

  beforeEach(() => {
    setActivePinia(createPinia());
    scope = effectScope();
    api = fakeApi({
      'duplicates.list': ({ limit = 100 }) => ({
        total: stored.length,
        pairs: stored.slice(0, limit),
        next: stored.length > limit ? 'more' : null,
        compared: 0,
        skipped: [],
      }),
    });
    setTransport(api);
  });
  afterEach(() => scope.stop());

  test('leave at once when decided, whatever was asked before says, and come back by whatever way', async () => {
    stored = range(0, 3);
    const back: string[] = [];
    const list = scope.run(() =>
      usePairs(
        () => null,
        (key) => back.push(key),
      ),
    )!;
    await expect.poll(() => list.pairs.value?.length).toBe(3);
    const askedBefore = list.reload();
    list.leaves(keyOf(numbered(1)));
    expect(list.pairs.value).toEqual([numbered(0), numbered(2)]);
    expect(list.total.value).toBe(2);
    await askedBefore;
    expect(list.pairs.value).toEqual([numbered(0), numbered(2)]);
    stored = [numbered(0), numbered(2)];
    await list.reload();
    expect([list.pairs.value, back]).toEqual([stored, []]);
    stored = range(0, 3);
    await list.reload();
    expect([list.pairs.value, back]).toEqual([range(0, 3), [keyOf(numbered(1))]]);
    expect(list.total.value).toBe(3);
  });

  test('come back too when the decision and the way back are answered at once', async () => {
    stored = range(0, 2);
    const back: string[] = [];
    const list = scope.run(() =>
      usePairs(
        () => null,
        (key) => back.push(key),
      ),
    )!;
    await expect.poll(() => list.pairs.value?.length).toBe(2);
    list.leaves(keyOf(numbered(0)));
    await list.reload();
    expect([list.pairs.value, back]).toEqual([range(0, 2), [keyOf(numbered(0))]]);
  });

  test('are asked for anew after a decision, which may have answered others by the way', async () => {
    stored = range(0, 3);
    const list = scope.run(() =>
      usePairs(
        () => null,
        () => undefined,
      ),
    )!;
    await expect.poll(() => list.pairs.value?.length).toBe(3);
    stored = range(2, 3);
    api.tell({ kind: 'changed', entities: ['match'] });
    await expect.poll(() => list.pairs.value).toEqual(range(2, 3));
  });

  test('come a hundred at first and more as one goes on, a thousand at most', async () => {
    stored = range(0, 1500);
    const list = scope.run(() =>
      usePairs(
        () => null,
        () => undefined,
      ),
    )!;
    await expect.poll(() => list.pairs.value?.length).toBe(100);
    for (const length of [200, 400, 800, 1000]) {
      expect(list.hasMore.value).toBe(true);
      list.more();
      await expect.poll(() => list.pairs.value?.length).toBe(length);
      await expect.poll(() => list.loading.value).toBe(false);
    }
    expect([list.hasMore.value, list.isCut.value, list.total.value]).toEqual([false, true, 1500]);
    expect(lists()).toBe(5);
  });

  test('tell how far the comparison is', async () => {
    stored = [];
    const list = scope.run(() =>
      usePairs(
        () => null,
        () => undefined,
      ),
    )!;
    expect(list.progress.value).toBeNull();
    api.tell({ kind: 'progress', job: 'import', done: 3, total: 4 });
    expect(list.progress.value).toBeNull();
    api.tell({ kind: 'progress', job: 'duplicates', done: 42, total: 100 });
    expect(list.progress.value).toBe(42);
  });
});
