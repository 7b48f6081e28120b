import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDurableWriter, type WriteState } from '../../src-renderer/use/durable-writer.ts';

/** A slow store whose answers the test gives one by one. */
function slowStore() {
  const begun: { value: string; done: () => void; fail: (why: Error) => void }[] = [];
  const steps: WriteState[] = [];
  const writer = createDurableWriter<string>({
    write: (value) =>
      new Promise<void>((resolve, reject) => begun.push({ value, done: resolve, fail: reject })),
    notify: (state) => steps.push(state),
    pause: 300,
    atMost: 1000,
  });
  return { begun, steps, writer };
}

const turn = () => vi.advanceTimersByTimeAsync(0);

describe('writing what is typed', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('a value is written after the pause, and says so only when the store has answered', async () => {
    const { begun, steps, writer } = slowStore();
    writer.set('망');
    await vi.advanceTimersByTimeAsync(299);
    expect(begun).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun.map((write) => write.value)).toEqual(['망']);
    expect(steps).toEqual(['waiting', 'writing']);
    begun[0]!.done();
    await turn();
    expect(steps).toEqual(['waiting', 'writing', 'written']);
  });

  test('someone who never stops typing is written at least once a second', async () => {
    const { begun, writer } = slowStore();
    for (let at = 0; at < 12; at += 1) {
      writer.set('가'.repeat(at + 1));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(begun[0]?.value).toBe('가'.repeat(10));
  });

  test('one write at a time, and the last value last', async () => {
    const { begun, steps, writer } = slowStore();
    writer.set('1');
    void writer.flush();
    writer.set('2');
    writer.set('3');
    await vi.advanceTimersByTimeAsync(5000);
    expect(begun.map((write) => write.value)).toEqual(['1']);
    begun[0]!.done();
    await turn();
    expect(begun.map((write) => write.value)).toEqual(['1', '3']);
    expect(steps).not.toContain('written');
    begun[1]!.done();
    await turn();
    expect(writer.state).toBe('written');
  });

  test('flush writes at once and resolves when nothing is under way', async () => {
    const { begun, writer } = slowStore();
    let settled = false;
    writer.set('1');
    void writer.flush().then(() => (settled = true));
    await turn();
    expect(settled).toBe(false);
    begun[0]!.done();
    await turn();
    expect(settled).toBe(true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(begun).toHaveLength(1);
  });

  test('a value that failed is kept and written by the next try', async () => {
    const { begun, writer } = slowStore();
    writer.set('남아야 해요');
    void writer.flush();
    begun[0]!.fail(new Error('disk full'));
    await turn();
    expect(writer.state).toBe('failed');
    void writer.flush();
    expect(begun[1]?.value).toBe('남아야 해요');
    begun[1]!.done();
    await turn();
    expect(writer.state).toBe('written');
  });

  test('a newer value takes the place of the one that failed', async () => {
    const { begun, writer } = slowStore();
    writer.set('old');
    void writer.flush();
    writer.set('new');
    begun[0]!.fail(new Error('disk full'));
    await turn();
    await vi.advanceTimersByTimeAsync(300);
    expect(begun.map((write) => write.value)).toEqual(['old', 'new']);
  });
});
