import { effectScope, nextTick, ref, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Json } from '#shared/merge/canonical.ts';
import { fakeApi } from '#tests/support/fake-api.ts';
import { setTransport } from '../../src-renderer/api.ts';
import { useFieldDraft, useKept, type FieldDraft } from '../../src-renderer/use/draft.ts';
import { useDurable } from '../../src-renderer/use/durable.ts';
import { settleAll } from '../../src-renderer/use/unsettled.ts';

const KEY = 'visit:1:friends';
const turn = () => vi.advanceTimersByTimeAsync(0);

/** A core that keeps drafts in memory. */
function disk(before: Record<string, Json> = {}) {
  const kept = new Map(Object.entries(before));
  const api = fakeApi({
    'drafts.get': ({ key }) => kept.get(key) ?? null,
    'drafts.put': ({ key, value }) => {
      kept.set(key, value as Json);
      return null;
    },
    'drafts.drop': ({ key }) => {
      kept.delete(key);
      return null;
    },
  });
  setTransport(api);
  return { kept, methods: () => api.calls.map(({ method }) => method) };
}

let scope: EffectScope;
beforeEach(() => {
  vi.useFakeTimers();
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

describe('a value on screen that is no record yet', () => {
  test('is on disk a moment after it was typed, and at least every 120 ms while someone types', async () => {
    const { kept } = disk();
    const text = scope.run(() => useKept(KEY, ''))!;
    await turn();
    for (let at = 1; at <= 6; at += 1) {
      text.value = '가'.repeat(at);
      await vi.advanceTimersByTimeAsync(50);
      if (at > 3) expect(String(kept.get(KEY)).length).toBeGreaterThanOrEqual(at - 3);
    }
    await vi.advanceTimersByTimeAsync(60);
    expect(kept.get(KEY)).toBe('가'.repeat(6));
  });

  test('stands there again, unless someone was quicker', async () => {
    disk({ [KEY]: '한들' });
    const [text, quick] = scope.run(() => [useKept(KEY, ''), useKept(KEY, '')])!;
    quick!.value = '새';
    await turn();
    expect([text!.value, quick!.value]).toEqual(['한들', '새']);
  });

  test('goes when it is emptied, and when the screen is left', async () => {
    for (const leave of [false, true]) {
      const { kept } = disk();
      const own = effectScope();
      const text = own.run(() => useKept(KEY, ''))!;
      text.value = '한들';
      await vi.advanceTimersByTimeAsync(100);
      expect(kept.get(KEY)).toBe('한들');
      if (leave) own.stop();
      else text.value = '';
      await vi.advanceTimersByTimeAsync(200);
      expect([leave, kept.size]).toEqual([leave, 0]);
      own.stop();
    }
  });

  test('is written at once when the window closes', async () => {
    const { kept } = disk();
    const text = scope.run(() => useKept(KEY, ''))!;
    text.value = '한';
    void settleAll();
    await turn();
    expect(kept.get(KEY)).toBe('한');
  });
});

describe('the text of a field', () => {
  function field(stored = '') {
    const says = ref(stored);
    const restored: [string, boolean][] = [];
    const draft = scope.run((): FieldDraft =>
      useFieldDraft({ key: KEY, stored: () => says.value, restore: (...what) => restored.push(what) }),
    )!;
    return { says, restored, draft };
  }

  test.each([
    ['was not written', { text: '12345678901', base: '' }, '', [['12345678901', false]]],
    ['was not written, and the record changed since', { text: '가나', base: '가' }, '다', [['가나', true]]],
    ['was written after all', { text: '가나 ', base: '가' }, '가나', []],
  ])('that %s', async (_what, kept, stored, expected) => {
    const found = disk({ [KEY]: kept });
    const { restored } = field(stored);
    await vi.advanceTimersByTimeAsync(100);
    expect(restored).toEqual(expected);
    expect(found.kept.has(KEY)).toBe(expected.length > 0);
  });

  test('is not put back over what someone is typing already', async () => {
    disk({ [KEY]: { text: '옛글', base: '' } });
    const { restored, draft } = field();
    draft.keep('새');
    await turn();
    expect(restored).toEqual([]);
  });

  test('is dropped when the record holds it, and not when it holds an older one', async () => {
    const { kept } = disk();
    const { draft } = field();
    draft.keep('가');
    draft.keep('가나');
    await vi.advanceTimersByTimeAsync(100);
    draft.written('가');
    await vi.advanceTimersByTimeAsync(100);
    expect(kept.get(KEY)).toEqual({ text: '가나', base: '' });
    draft.keep('가나다');
    await vi.advanceTimersByTimeAsync(100);
    expect(kept.get(KEY)).toEqual({ text: '가나다', base: '가' });
    draft.written('가나다');
    await vi.advanceTimersByTimeAsync(100);
    expect(kept.size).toBe(0);
  });

  test('keeps nobody on the screen: leaving writes the record, and then drops the draft', async () => {
    const { kept } = disk();
    const written: string[] = [];
    const { draft } = field();
    const record = scope.run(() =>
      useDurable<string>(
        () => '',
        async (text) => {
          await Promise.resolve();
          written.push(text);
          draft.written(text);
        },
      ),
    )!;
    draft.keep('가');
    record.set('가');
    await vi.advanceTimersByTimeAsync(100);
    expect(kept.size).toBe(1);
    expect(await settleAll()).toBe(true);
    expect([written, kept.size]).toEqual([['가'], 0]);
  });

  test('knows what the record says now', async () => {
    const { kept } = disk();
    const { says, draft } = field('가');
    says.value = '나';
    await nextTick();
    draft.keep('나다');
    await vi.advanceTimersByTimeAsync(100);
    expect(kept.get(KEY)).toEqual({ text: '나다', base: '나' });
  });

  test('without a key is nobody’s business', async () => {
    const { methods } = disk();
    const draft = useFieldDraft({ key: undefined, stored: () => '', restore: () => undefined });
    draft.keep('가');
    draft.written('가');
    await vi.advanceTimersByTimeAsync(200);
    expect(methods()).toEqual([]);
  });
});
