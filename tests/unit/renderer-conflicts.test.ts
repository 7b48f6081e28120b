import { createPinia, setActivePinia } from 'pinia';
import { effectScope, nextTick, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppStatus } from '#shared/contract/app.ts';
import type { ConflictEntry } from '#shared/contract/conflicts.ts';
import { fakeApi, type FakeApi } from '#tests/support/fake-api.ts';
import { ApiError, setTransport } from '../../src-renderer/api.ts';
import { keyOf } from '../../src-renderer/features/conflicts/conflict-rows.ts';
import { useConflicts } from '../../src-renderer/features/conflicts/use-conflicts.ts';
import { useStatus } from '../../src-renderer/stores/status.ts';

const row = (n: number): ConflictEntry => ({
  entity: 'store',
  record: String(n).padStart(5, '0'),
  field: 'phone',
  kind: 'values',
  group: 'other',
  title: '',
  values: [],
  later: false,
});

const range = (from: number, to: number): ConflictEntry[] =>
  Array.from({ length: to - from }, (_, n) => row(from + n));

const counts = (conflicts: number) => ({ counts: { conflicts } }) as AppStatus;

let stored: ConflictEntry[];
let api: FakeApi;
let scope: EffectScope;
/** Holds the answers back until it resolves. */
let held: Promise<void>;
let refusing: boolean;

function start() {
  return scope.run(useConflicts)!;
}

const lists = () => api.calls.filter(({ method }) => method === 'conflicts.list').length;

beforeEach(() => {
  setActivePinia(createPinia());
  scope = effectScope();
  held = Promise.resolve();
  refusing = false;
  api = fakeApi({
    'conflicts.later': () => {
      if (refusing) throw new ApiError({ code: 'DISK_FULL', params: {} });
      return { changed: 1 };
    },
    'conflicts.list': async ({ limit = 100, after }) => {
      const from = after === undefined ? 0 : stored.findIndex((one) => keyOf(one) === after) + 1;
      const rows = stored.slice(from, from + limit);
      const last = rows.at(-1);
      const answer = {
        total: stored.length,
        later: 0,
        rows,
        views: [],
        groups: [],
        names: {},
        next: last && last !== stored.at(-1) ? keyOf(last) : null,
      };
      await held;
      return answer;
    },
  });
  setTransport(api);
});
afterEach(() => scope.stop());

describe('the open conflicts', () => {
  test('are gathered from two pages, the first screens and the rest, in order', async () => {
    stored = range(0, 1203);
    const list = start();
    await expect.poll(() => list.rows.value?.length).toBe(1203);
    expect(list.rows.value).toEqual(stored);
    expect(list.total.value).toBe(1203);
    expect(lists()).toBe(2);
  });

  test('what is settled here leaves at once, and the list is not fetched again for it', async () => {
    stored = range(0, 3);
    const list = start();
    await expect.poll(() => list.rows.value?.length).toBe(3);
    useStatus().status = counts(3);
    stored = range(1, 3);
    list.settled(keyOf(row(0)));
    expect(list.rows.value).toEqual(range(1, 3));
    useStatus().status = counts(2);
    await nextTick();
    expect(lists()).toBe(1);
  });

  test('when the store counts others, the list is fetched again', async () => {
    stored = range(0, 3);
    const list = start();
    await expect.poll(() => list.rows.value?.length).toBe(3);
    stored = range(0, 5);
    useStatus().status = counts(5);
    await expect.poll(() => list.rows.value?.length).toBe(5);
  });

  test('a list that was on its way does not bring back what was settled meanwhile', async () => {
    stored = range(0, 3);
    const list = start();
    await expect.poll(() => list.rows.value?.length).toBe(3);
    let release = (): void => undefined;
    held = new Promise((resolve) => (release = resolve));
    const loading = list.load();
    list.settled(keyOf(row(1)));
    release();
    await loading;
    expect(list.rows.value).toEqual([row(0), row(2)]);
    expect(list.total.value).toBe(2);
  });

  test('what is kept for later is so at once, and in a list that was on its way; not when it was refused', async () => {
    stored = range(0, 3);
    const list = start();
    await expect.poll(() => list.rows.value?.length).toBe(3);
    const loading = list.load();
    await list.keep(row(1), true);
    expect(list.later.value).toBe(1);
    await loading;
    expect(list.rows.value?.map(({ later }) => later)).toEqual([false, true, false]);
    expect(list.total.value).toBe(3);

    refusing = true;
    await expect(list.keep(row(2), true)).rejects.toThrow();
    expect(list.rows.value?.map(({ later }) => later)).toEqual([false, true, false]);
  });

  test('the answer to an older question is dropped', async () => {
    stored = range(0, 2);
    let release = (): void => undefined;
    held = new Promise((resolve) => (release = resolve));
    const list = start();
    stored = range(0, 4);
    const second = list.load();
    release();
    await second;
    await nextTick();
    expect(list.rows.value).toHaveLength(4);
  });
});
