import { createPinia, setActivePinia } from 'pinia';
import { nextTick } from 'vue';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AppStatus } from '#shared/contract/app.ts';
import type { Answer } from '#shared/contract/call.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { ImportedFile } from '#shared/contract/exchange.ts';
import type { HubName, HubPulled, HubPushed, HubStatus } from '#shared/contract/hub.ts';
import { fakeApi, type FakeApi } from '#tests/support/fake-api.ts';
import { ApiError, setTransport } from '../../src-renderer/api.ts';
import {
  importsOf,
  isPassing,
  linesOf,
  refusedOf,
  titleOf,
  type Outcome,
} from '../../src-renderer/features/hub/hub-outcome.ts';
import {
  apartFromPassword,
  isCertificate,
  placeFrom,
  shownPlace,
} from '../../src-renderer/features/hub/hub-place.ts';
import { useHub } from '../../src-renderer/features/hub/use-hub.ts';
import { useStatus } from '../../src-renderer/stores/status.ts';
import { messagesOf } from '../../src-renderer/i18n/index.ts';

const URL = 'postgres://minji@hub.example.kr/dangol';
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const name: HubName = { id: 'h', name: '단골 허브', fingerprint: '1111', seal: 'nothing' };
const pushed = (more: Partial<HubPushed> = {}): HubPushed => ({
  ...{ hub: name, pushed: 3, parcels: 1, held: 0, blobs: 0, mended: 0, stopped: false, roundTrips: 2 },
  ...more,
});
const came = (id: string, more: Partial<ImportedFile> = {}): ImportedFile => ({
  ...{ file: id, status: 'imported', import: id, new: 2, known: 1, conflicts: 0, clockSuspect: 0 },
  ...{ records: {}, laptop: null, unknownPrograms: [] },
  ...more,
});
const pulled = (files: ImportedFile[] = [came('a')], more: Partial<HubPulled> = {}): HubPulled => ({
  ...{ hub: name, files, new: 2 * files.length, known: files.length, conflicts: 0, refused: 0 },
  ...{ sealedForOthers: 0, mended: 0, stopped: false, roundTrips: 3 },
  ...more,
});
const status = (more: Partial<HubStatus> = {}): HubStatus => ({
  ...{ hub: name, kind: 'trainer', toPush: 3, toPull: 1, laptops: [], coordinators: [] },
  ...more,
});

describe('the address of a hub', () => {
  test.each([
    [URL, URL, ''],
    [` ${URL} `, URL, ''],
    ['postgres://minji:pass@hub.example.kr/dangol', URL, 'pass'],
    [
      'postgresql://a:p%40ss@h:5432/d?sslmode=verify-full',
      'postgresql://a@h:5432/d?sslmode=verify-full',
      'p@ss',
    ],
    ['postgres://a:p@ss@h/d', 'postgres://a@h/d', 'p@ss'],
    ['postgres://a:100%@h/d', 'postgres://a@h/d', '100%'],
    ['postgres://a:@h/d', 'postgres://a@h/d', ''],
    ['postgres://hub.example.kr:5432/a@b', 'postgres://hub.example.kr:5432/a@b', ''],
    ['hub.example.kr', 'hub.example.kr', ''],
    ['', '', ''],
  ])('%j is kept as %j with the password %j', (typed, url, password) => {
    expect(apartFromPassword(typed)).toEqual({ url, password });
    expect(shownPlace(typed)).not.toMatch(/:\/\/|:p/);
  });

  test('what was kept is used as far as it is whole', () => {
    expect(placeFrom({ url: URL, ca: { name: 'a.pem', pem: PEM } })).toEqual({
      url: URL,
      ca: { name: 'a.pem', pem: PEM },
    });
    expect(placeFrom({ url: URL, ca: { name: 'a.pem' }, later: 1 })).toEqual({ url: URL, ca: null });
    for (const kept of [null, 'postgres://x', { ca: null }, { url: 5 }]) expect(placeFrom(kept)).toBeNull();
  });

  test('a certificate is one', () => {
    expect(isCertificate(PEM)).toBe(true);
    expect(isCertificate('-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----')).toBe(false);
    expect(isCertificate(PEM + 'x'.repeat(100_000))).toBe(false);
    expect(isCertificate('')).toBe(false);
  });
});

describe('what is said afterwards', () => {
  const outcome = (more: Partial<Outcome>): Outcome => ({
    pushed: null,
    pulled: null,
    stopped: false,
    ...more,
  });

  test.each<[string, Outcome, string, string[]]>([
    ['pushed', outcome({ pushed: pushed({ blobs: 1 }) }), 'hub.donePush', ['hub.pushed', 'hub.blobs']],
    ['nothing to push', outcome({ pushed: pushed({ pushed: 0 }) }), 'hub.donePushNothing', []],
    ['held there', outcome({ pushed: pushed({ pushed: 0, held: 2 }) }), 'hub.donePushNothing', ['hub.held']],
    ['pulled', outcome({ pulled: pulled() }), 'hub.donePull', ['exchange.doneText']],
    ['nothing to pull', outcome({ pulled: pulled([]) }), 'hub.donePullNothing', []],
    [
      'both, with what is amiss',
      outcome({
        pushed: pushed({ mended: 1 }),
        pulled: pulled([came('a')], { conflicts: 1, refused: 1, sealedForOthers: 1 }),
      }),
      'hub.doneBoth',
      [
        'hub.pushed',
        'exchange.doneText',
        'hub.refused',
        'hub.sealedForOthers',
        'exchange.doneConflicts',
        'hub.mended',
      ],
    ],
    ['the same', outcome({ pushed: pushed({ pushed: 0 }), pulled: pulled([]) }), 'hub.doneSame', []],
    [
      'stopped',
      outcome({ pushed: pushed(), stopped: true }),
      'hub.doneStopped',
      ['hub.pushed', 'hub.stoppedText'],
    ],
  ])('%s', (_name, told, title, keys) => {
    const lines = linesOf(told);
    expect(titleOf(told)).toBe(title);
    expect(lines.map(({ key }) => key)).toEqual(keys);
    // Each sentence has a blank for each of its figures, in both languages.
    for (const language of ['ko', 'en'] as const) {
      for (const { key, figures = {} } of lines) {
        const words = key
          .split('.')
          .reduce<unknown>((at, part) => (at as object)[part as never], messagesOf(language));
        const blanks = [...String(words).matchAll(/\{(\w+)\}/g)].map(([, blank]) => blank!);
        expect(blanks.toSorted()).toEqual(Object.keys(figures).toSorted());
      }
    }
  });

  test('what changed is that of the parcels that brought something, and who was refused says why', () => {
    const error = { code: 'HUB_PARCEL_FORGED', params: { parcel: 'x', rule: 'sum' } } as const;
    const bad = came('c', { status: 'refused', import: null, new: 0, error });
    const told = outcome({ pulled: pulled([came('a'), came('b', { new: 0 }), bad]) });
    expect(importsOf(told)).toEqual(['a']);
    expect(refusedOf(told)).toEqual([bad]);
    expect(importsOf(outcome({ pushed: pushed() }))).toEqual([]);
  });

  test('no network is no fault', () => {
    expect(['HUB_UNREACHABLE', 'HUB_SLOW', 'HUB_GONE', 'HUB_BUSY'].every(isPassing)).toBe(true);
    expect(['HUB_SIGN_IN', 'HUB_OTHER', 'HUB_CERTIFICATE'].some(isPassing)).toBe(false);
  });
});

describe('the hub of the window', () => {
  let kept: unknown = null;
  beforeEach(() => {
    kept = null;
    setActivePinia(createPinia());
  });

  function core(handlers: Parameters<typeof fakeApi>[0] = {}): FakeApi {
    const api = fakeApi({
      'drafts.get': () => kept as never,
      'drafts.put': ({ value }) => {
        kept = value;
        return null;
      },
      'drafts.drop': () => {
        kept = null;
        return null;
      },
      'hub.status': () => status(),
      'hub.push': () => pushed(),
      'hub.pull': () => pulled(),
      'hub.stop': () => null,
      'hub.forget': () => ({ forgot: '단골 허브' }),
      ...handlers,
    });
    setTransport(api);
    return api;
  }

  async function opened(handlers: Parameters<typeof fakeApi>[0] = {}) {
    const api = core(handlers);
    const hub = useHub();
    await expect.poll(() => hub.ready).toBe(true);
    return { api, hub, asked: (method: string) => api.calls.filter((one) => one.method === method) };
  }

  test('takes a password out of the address and keeps the rest alone', async () => {
    const { hub, asked } = await opened();
    hub.place = { url: 'postgres://minji:secret@hub.example.kr/dangol', ca: { name: 'a.pem', pem: PEM } };
    await hub.look();
    expect(asked('hub.status')[0]!.input).toEqual({ url: URL, ca: PEM, password: 'secret' });
    expect(hub.met).toMatchObject({ kind: 'trainer' });
    await expect.poll(() => kept).toEqual({ url: URL, ca: { name: 'a.pem', pem: PEM } });
    expect(JSON.stringify(asked('drafts.put'))).not.toContain('secret');
  });

  test('stands where it stood, and asks for the password again', async () => {
    kept = { url: URL, ca: null };
    const { hub } = await opened();
    expect(hub.place).toEqual({ url: URL, ca: null });
    expect(hub.password).toBe('');
  });

  test('pushes, then pulls, tells how far it is, and looks again', async () => {
    const { api, hub, asked } = await opened({
      'hub.push': () => {
        api.tell({ kind: 'progress', job: 'import', done: 9, total: 9 });
        expect(hub.running).toEqual({ act: 'both', step: 'push', done: 0, total: 0 });
        api.tell({ kind: 'progress', job: 'hub', done: 2, total: 3 });
        expect(hub.running).toEqual({ act: 'both', step: 'push', done: 2, total: 3 });
        return pushed();
      },
      'hub.pull': () => {
        expect(hub.running).toEqual({ act: 'both', step: 'pull', done: 0, total: 0 });
        return pulled();
      },
      'hub.status': () => status({ toPush: 0, toPull: 0 }),
    });
    hub.place = { url: URL, ca: null };
    const before = api.subscriptions();
    await hub.exchange('both');
    expect(hub.outcome).toEqual({ pushed: pushed(), pulled: pulled(), stopped: false });
    expect(hub.met).toMatchObject({ toPush: 0, toPull: 0 });
    expect(hub.running).toBeNull();
    expect(api.subscriptions()).toBe(before);
    expect(asked('hub.push')).toHaveLength(1);
  });

  test('one thing at a time, and a stop between the two leaves the second for later', async () => {
    let go: (answer: HubPushed) => void = () => undefined;
    const { hub, asked } = await opened({
      'hub.push': () => new Promise<HubPushed>((resolve) => (go = resolve)),
    });
    hub.place = { url: URL, ca: null };
    const run = hub.exchange('both');
    await expect.poll(() => asked('hub.push')).toHaveLength(1);
    await hub.look();
    expect(asked('hub.status')).toHaveLength(0);
    await hub.stop();
    go(pushed({ stopped: false }));
    await run;
    expect(asked('hub.pull')).toHaveLength(0);
    expect(hub.outcome).toMatchObject({ pulled: null, stopped: true });
  });

  test('what was pushed stays told when the pull after it fails', async () => {
    const { hub } = await opened({
      'hub.pull': () => {
        throw new Refusal('HUB_GONE', { where: 'hub', reason: 'cut' });
      },
    });
    hub.place = { url: URL, ca: null };
    await hub.exchange('both');
    expect(hub.outcome).toMatchObject({ pushed: { pushed: 3 }, pulled: null });
    expect(hub.failed).toMatchObject({ act: 'both', error: expect.any(ApiError) });
    expect(hub.running).toBeNull();
  });

  test('another address is another hub, and a forgotten one leaves nothing behind', async () => {
    const { hub } = await opened();
    hub.place = { url: URL, ca: null };
    await hub.look();
    hub.place = { url: `${URL}2`, ca: null };
    expect(hub.met).toBeNull();
    hub.password = 'secret';
    await hub.look();
    await expect.poll(() => kept).not.toBeNull();
    expect(await hub.forget()).toBe('단골 허브');
    expect([hub.place.url, hub.password, hub.met]).toEqual(['', '', null]);
    await expect.poll(() => kept).toBeNull();
  });

  test('a window that locks forgets the password', async () => {
    const { hub } = await opened();
    const window = useStatus();
    hub.place = { url: URL, ca: null };
    hub.password = 'secret';
    await hub.look();
    window.status = { locked: false } as AppStatus;
    await nextTick();
    expect(hub.password).toBe('secret');
    window.status = { locked: true } as AppStatus;
    await nextTick();
    expect([hub.password, hub.met]).toEqual(['', null]);
  });

  test('a core that is not there is said, and nothing hangs', async () => {
    const { hub } = await opened();
    setTransport({
      call: (): Promise<Answer> => Promise.reject(new Error('gone')),
      on: () => () => undefined,
    });
    await hub.look();
    expect(hub.failed).toMatchObject({ act: 'look' });
    expect(hub.running).toBeNull();
  });
});
