import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Refusal } from '#shared/contract/errors.ts';
import type { OutboxState } from '#shared/contract/outbox.ts';
import { fakeApi, type FakeApi } from '#tests/support/fake-api.ts';
import { setTransport } from '../../src-renderer/api.ts';
import { useOutbox } from '../../src-renderer/features/outbox/use-outbox.ts';

const quiet: OutboxState = { now: 'empty', waiting: 0, parked: 0, overdue: 0, paused: false };

describe('how the outbox stands, as the window knows it', () => {
  let api: FakeApi;
  let state: OutboxState | Refusal;
  let view: EventTarget;
  const asked = (method: string) => api.calls.filter((one) => one.method === method).length;

  beforeEach(() => {
    vi.useFakeTimers();
    state = quiet;
    api = fakeApi({
      'outbox.state': () => {
        if (state instanceof Refusal) throw state;
        return state;
      },
      'outbox.wake': () => {
        throw new Refusal('HANDED_OVER');
      },
    });
    setTransport(api);
    setActivePinia(createPinia());
    view = new EventTarget();
    useOutbox().start(view as Window);
  });
  afterEach(() => vi.useRealTimers());

  test('news without end are looked at again and again, and a burst once', async () => {
    const outbox = useOutbox();
    state = { ...quiet, now: 'sending', waiting: 1 };
    for (let n = 0; n < 20; n += 1) api.tell({ kind: 'outbox' });
    api.tell({ kind: 'changed', entities: ['store'] });
    await vi.advanceTimersByTimeAsync(100);
    expect([asked('outbox.state'), outbox.told, outbox.state?.now]).toEqual([1, 1, 'sending']);
    for (let n = 0; n < 20; n += 1) {
      api.tell({ kind: 'outbox' });
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(outbox.told).toBeGreaterThan(5);
    expect(outbox.told).toBeLessThan(15);
  });

  test('what cannot be asked leaves what is known', async () => {
    const outbox = useOutbox();
    await outbox.load();
    state = new Refusal('HANDED_OVER');
    await outbox.load();
    expect(outbox.state).toEqual(quiet);
  });

  test('the network’s word wakes the core, and a refusal is nobody’s business', async () => {
    view.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked('outbox.wake')).toBe(1);
  });

  test('a file that was taken is remembered beside the others', () => {
    const outbox = useOutbox();
    outbox.take('one');
    outbox.take('two');
    expect([...outbox.taken]).toEqual(['one', 'two']);
  });
});
