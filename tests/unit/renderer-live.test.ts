import { effectScope, nextTick, ref } from 'vue';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Refusal } from '#shared/contract/errors.ts';
import type { SiteRow } from '#shared/contract/sessions.ts';
import { fakeApi, type FakeApi } from '#tests/support/fake-api.ts';
import { ApiError, call, setTransport, Unreachable } from '../../src-renderer/api.ts';
import { useLive } from '../../src-renderer/use/live.ts';

const site = (name: string): SiteRow => ({
  id: name,
  name,
  kind: null,
  program: null,
  province: null,
  district: null,
  stores: 0,
});

describe('calling the core', () => {
  test('what crosses is plain: no reactive object, bytes as they are', async () => {
    const api = fakeApi({ 'sites.search': () => [] });
    setTransport(api);
    const text = ref({ text: '망원' });
    await call('sites.search', text.value);
    expect(structuredClone(api.calls[0]?.input)).toEqual({ text: '망원' });
  });

  test('a refusal is an ApiError with its code and parameters', async () => {
    setTransport(
      fakeApi({
        'visits.get': () => {
          throw new Refusal('NOT_FOUND', { entity: 'visit', id: 'x' });
        },
      }),
    );
    const refused = await call('visits.get', { id: 'x' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiError);
    expect(refused).toMatchObject({ code: 'NOT_FOUND', params: { entity: 'visit', id: 'x' } });
  });

  test('a core that is not there is Unreachable', async () => {
    setTransport({ call: () => Promise.reject(new TypeError('fetch failed')), on: () => () => undefined });
    await expect(call('app.status')).rejects.toBeInstanceOf(Unreachable);
  });
});

describe('an answer that keeps itself current', () => {
  let api: FakeApi;
  let answers: ((sites: SiteRow[]) => void)[];

  beforeEach(() => {
    vi.useFakeTimers();
    answers = [];
    api = fakeApi({ 'sites.search': () => new Promise((resolve) => answers.push(resolve)) });
    setTransport(api);
  });
  afterEach(() => vi.useRealTimers());

  function searching() {
    const text = ref('');
    const scope = effectScope();
    const live = scope.run(() =>
      useLive(() => call('sites.search', { text: text.value }), { entities: ['site'], on: () => text.value }),
    )!;
    return { text, scope, live };
  }
  const turn = () => vi.advanceTimersByTimeAsync(0);

  test('an answer that comes late does not replace a newer one', async () => {
    const { text, scope, live } = searching();
    text.value = '망';
    await nextTick();
    answers[1]!([site('망원시장')]);
    await turn();
    answers[0]!([site('가락시장')]);
    await turn();
    expect(live.data.value?.map((row) => row.name)).toEqual(['망원시장']);
    scope.stop();
  });

  test('settled waits for the answer to what was typed last', async () => {
    const { text, scope, live } = searching();
    answers[0]!([site('가락시장')]);
    await turn();
    let seen: string | undefined;
    text.value = '망';
    void live.settled().then(() => (seen = live.data.value?.[0]?.name));
    await turn();
    expect(seen).toBeUndefined();
    answers[1]!([site('망원시장')]);
    await turn();
    expect(seen).toBe('망원시장');
    scope.stop();
  });

  test('a burst of changes is one fetch; other entities and a stopped component are none', async () => {
    const { scope } = searching();
    answers[0]!([]);
    for (let n = 0; n < 20; n += 1) api.tell({ kind: 'changed', entities: ['site'] });
    api.tell({ kind: 'changed', entities: ['photo'] });
    await vi.advanceTimersByTimeAsync(1000);
    expect(api.calls).toHaveLength(2);
    scope.stop();
    api.tell({ kind: 'changed', entities: ['site'] });
    await vi.advanceTimersByTimeAsync(1000);
    expect(api.calls).toHaveLength(2);
    expect(api.subscriptions()).toBe(1);
  });
});
