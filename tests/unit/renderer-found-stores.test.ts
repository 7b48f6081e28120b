import { effectScope, ref, type EffectScope } from 'vue';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refusal } from '#shared/contract/errors.ts';
import type { StoreRow, StoresFound } from '#shared/contract/visits.ts';
import { fakeApi, type FakeApi } from '#tests/support/fake-api.ts';
import { setTransport } from '../../src-renderer/api.ts';
import { useFoundStores } from '../../src-renderer/use/found-stores.ts';
import { STRETCH, stretches } from '../../src-renderer/use/stretches.ts';

const row = (name: string): StoreRow => ({
  id: name,
  name,
  category: null,
  ownerName: null,
  phone: null,
  status: null,
  channelOpenedOn: null,
  mapRegisteredOn: null,
  site: null,
});

let api: FakeApi;
/** How many shops answer, whatever is asked; and what their names begin with. */
let total: number;
let mark: string;
/** Calls are held here while it is a list. */
let held: (() => void)[] | null;
let scopes: EffectScope[];

beforeEach(() => {
  vi.useFakeTimers();
  [total, mark, held, scopes] = [1000, '', null, []];
  api = fakeApi({
    'stores.find': async ({ text = '', offset = 0, limit = 100 }): Promise<StoresFound> => {
      if (held) await new Promise<void>((resolve) => held!.push(resolve));
      if (text === 'bad') throw new Refusal('INVALID_INPUT', { at: 'text', reason: '' });
      const length = Math.max(0, Math.min(limit, total - offset));
      return { total, rows: Array.from({ length }, (_none, at) => row(`${mark}${text}${offset + at}`)) };
    },
  });
  setTransport(api);
});
afterEach(() => {
  scopes.forEach((scope) => scope.stop());
  vi.useRealTimers();
});

const turn = () => vi.advanceTimersByTimeAsync(0);

async function finding(startAtRow = 0) {
  const text = ref('');
  const scope = effectScope();
  scopes.push(scope);
  const found = scope.run(() => useFoundStores(() => ({ text: text.value }), startAtRow))!;
  await turn();
  return { text, scope, found, name: (at: number) => found.rows.value.at(at)?.name };
}

const offsets = () => api.calls.map(({ input }) => (input as { offset: number }).offset);

test('knows how many there are, and fetches only what is in sight', async () => {
  const { found, name } = await finding();
  expect([found.total.value, found.rows.value.length, name(0), name(STRETCH)]).toEqual([
    1000,
    1000,
    '0',
    undefined,
  ]);
  found.seen(5 * STRETCH - 3, 5 * STRETCH + 3);
  await turn();
  expect([name(5 * STRETCH - 3), name(5 * STRETCH + 3), name(6 * STRETCH)]).toEqual([
    '297',
    '303',
    undefined,
  ]);
  expect(offsets()).toEqual([0, 4 * STRETCH, 5 * STRETCH]);
  found.seen(5 * STRETCH, 5 * STRETCH + 3);
  await turn();
  expect(api.calls).toHaveLength(3);
});

test('what was scrolled past is not waited for', async () => {
  const { found, name } = await finding();
  held = [];
  for (let at = 0; at < 900; at += 30) found.seen(at, at + 10);
  found.seen(905, 915);
  for (let round = 0; round < 4; round += 1) {
    await turn();
    held.splice(0).forEach((go) => go());
  }
  await turn();
  expect(name(910)).toBe('910');
  expect(offsets()).toEqual([0, STRETCH, 900]);
});

test('the answer before stays until the next one is here, and a late one does not replace it', async () => {
  const { text, found, name } = await finding();
  held = [];
  text.value = 'a';
  await turn();
  text.value = 'ab';
  await turn();
  expect([name(0), found.typed.value]).toEqual(['0', '']);
  const [first, second] = held.splice(0);
  second!();
  await turn();
  expect([name(0), found.typed.value]).toEqual(['ab0', 'ab']);
  first!();
  await turn();
  expect([name(0), found.typed.value]).toEqual(['ab0', 'ab']);
});

test('a change in the store is fetched into the same place', async () => {
  const { found, name } = await finding();
  const about = found.about.value;
  found.seen(300, 310);
  await turn();
  [total, mark] = [999, 'new '];
  api.tell({ kind: 'changed', entities: ['visit'] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(name(305)).toBe('305');
  api.tell({ kind: 'changed', entities: ['store'] });
  await vi.advanceTimersByTimeAsync(1000);
  expect([found.total.value, name(305), found.about.value]).toEqual([999, 'new 305', about]);
});

test('begins where one was, and a new question at its top', async () => {
  const { text, name } = await finding(500);
  expect([name(500), name(0)]).toEqual(['500', undefined]);
  text.value = 'x';
  await turn();
  expect([name(0), name(500)]).toEqual(['x0', undefined]);
});

test('an error leaves the rows, and settled waits for the newest answer', async () => {
  const { text, found, name } = await finding();
  text.value = 'bad';
  await found.settled();
  expect([found.error.value === null, name(0)]).toEqual([false, '0']);
  text.value = 'good';
  await found.settled();
  expect([found.error.value, name(0)]).toEqual([null, 'good0']);
});

test('asks no more once its screen is gone', async () => {
  const { scope } = await finding();
  scope.stop();
  api.tell({ kind: 'changed', entities: ['store'] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(api.calls).toHaveLength(1);
});

test('keeps a bounded number of stretches, the latest', () => {
  const answer = stretches<number>(66_000);
  for (let offset = 0; offset < 60_000; offset += STRETCH) answer.put(offset, [offset]);
  expect(answer.rows().at(0)).toBeUndefined();
  expect(answer.rows().at(59_940)).toBe(59_940);
  expect([answer.missing(59_940, 59_950), answer.missing(0, 5), answer.missing(65_990, 70_000)]).toEqual([
    null,
    0,
    Math.floor(65_990 / STRETCH) * STRETCH,
  ]);
});
