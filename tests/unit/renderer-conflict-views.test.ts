import { effectScope, nextTick, ref, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConflictEntry, ConflictView } from '#shared/contract/conflicts.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { fakeApi, type FakeApi } from '#tests/support/fake-api.ts';
import { setTransport } from '../../src-renderer/api.ts';
import { keyOf } from '../../src-renderer/features/conflicts/conflict-rows.ts';
import { useViews } from '../../src-renderer/features/conflicts/use-views.ts';

const entries = Array.from({ length: 9 }, (_, n) => ({
  entity: 'store',
  record: `shop-${n}`,
  field: 'phone',
})) as ConflictEntry[];
const viewOf = (record: string, title = '') =>
  ({ entity: 'store', record, field: 'phone', title }) as ConflictView;
const key = (n: number): string => keyOf(entries[n]!);

let api: FakeApi;
let scope: EffectScope;
let drawing: PromiseWithResolvers<void>;
let failures: string[];
const current = ref<string | null>(null);

const start = () =>
  scope.run(() =>
    useViews(
      () => entries,
      () => current.value,
      (which) => failures.push(which),
      () => drawing.promise,
    ),
  )!;
const asked = (): string[] => api.calls.map(({ input }) => (input as { record: string }).record);

beforeEach(() => {
  scope = effectScope();
  drawing = Promise.withResolvers();
  failures = [];
  current.value = null;
  api = fakeApi({
    'conflicts.view': ({ record }) => {
      if (record === 'shop-8') throw new Refusal('CONFLICT_STALE');
      return viewOf(record);
    },
  });
  setTransport(api);
});
afterEach(() => scope.stop());

describe('conflicts in full', () => {
  test('the one that is looked at comes alone, its neighbours when it is drawn', async () => {
    const views = start();
    current.value = key(3);
    await expect.poll(() => views.of(key(3))).toBeDefined();
    expect(asked()).toEqual(['shop-3']);
    drawing.resolve();
    await expect.poll(() => views.of(key(2))).toBeDefined();
    expect(asked()).toEqual(['shop-3', 'shop-4', 'shop-5', 'shop-6', 'shop-7', 'shop-2']);
  });

  test('what came with the list is not asked for again, unless the store has changed since', async () => {
    const views = start();
    views.coming()([viewOf('shop-0', 'came along')]);
    const late = views.coming();
    current.value = key(0);
    await nextTick();
    expect(views.of(key(0))).toMatchObject({ title: 'came along' });
    expect(asked()).toEqual([]);
    api.tell({ kind: 'changed' } as never);
    late([viewOf('shop-1', 'too old')]);
    expect(views.of(key(1))).toBeUndefined();
  });

  test('one that cannot be had is told once, and a screen that was left asks for nothing more', async () => {
    start();
    current.value = key(8);
    await expect.poll(() => failures).toEqual([key(8)]);
    scope.stop();
    drawing.resolve();
    await nextTick();
    expect(asked()).toEqual(['shop-8']);
  });
});
