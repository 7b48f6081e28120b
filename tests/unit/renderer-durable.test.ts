import { effectScope, nextTick, ref, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useDurable } from '../../src-renderer/use/durable.ts';

describe('a field that is written while one types', () => {
  let scope: EffectScope;
  beforeEach(() => {
    vi.useFakeTimers();
    scope = effectScope();
  });
  afterEach(() => {
    scope.stop();
    vi.useRealTimers();
  });

  function field(stored: string) {
    const says = ref(stored);
    const answers: (() => void)[] = [];
    const written: string[] = [];
    const made = scope.run(() =>
      useDurable<string>(
        () => says.value,
        (text) => {
          written.push(text);
          return new Promise<void>((resolve) => answers.push(resolve));
        },
      ),
    )!;
    return { says, answers, written, made };
  }

  test('the mark goes the moment the text differs from what is written, and comes back with the answer', async () => {
    const { answers, made } = field('');
    made.set('가');
    await vi.advanceTimersByTimeAsync(300);
    answers[0]!();
    await vi.advanceTimersByTimeAsync(0);
    expect(made.state.value).toBe('written');
    made.set('가나');
    expect(made.state.value).toBe('waiting');
    await vi.advanceTimersByTimeAsync(300);
    made.set('가나다');
    answers[1]!();
    await vi.advanceTimersByTimeAsync(0);
    expect(made.state.value).not.toBe('written');
  });

  test('follows the record when nobody types in it, such as after undo, and not while someone does', async () => {
    const { says, made } = field('가');
    says.value = '나';
    await nextTick();
    expect(made.draft.value).toBe('나');
    made.focused.value = true;
    says.value = '다';
    await nextTick();
    expect(made.draft.value).toBe('나');
  });

  test('writes one value behind another that stands in the field', async () => {
    const { written, made } = field('120');
    made.set('123456789');
    made.draft.value = '1234567890';
    made.setBehind('120');
    await vi.advanceTimersByTimeAsync(300);
    expect([written, made.draft.value]).toEqual([['120'], '1234567890']);
  });
});
