import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Place } from '#shared/contract/outbox.ts';
import { request } from '#main/outbox/http.ts';
import type { Parcel } from '#main/outbox/transport.ts';
import { openWebdav } from '#main/outbox/webdav.ts';
import { failureOf, HTTP_FAULTS } from '#tests/support/delivery-failures.ts';
import { inTurn, seededPlan, startFaultyProxy, type FaultyProxy } from '#tests/support/faulty-proxy.ts';
import { ODD_NAMES, parcelOf } from '#tests/support/parcels.ts';
import { seeded } from '#tests/support/random.ts';
import {
  DAV_PASSWORD,
  DAV_USER,
  startWebdav,
  whyNoApache,
  type WebdavServer,
} from '#tests/support/webdav-server.ts';

/** Sending by WebDAV to Debian's Apache with mod_dav, straight and through a proxy that breaks things. */
const why = whyNoApache();
const LARGEST = 30_000_000;
const never = new AbortController().signal;
const secrets = [DAV_PASSWORD, `${DAV_USER}:${DAV_PASSWORD}`];

let server: WebdavServer;
let proxy: FaultyProxy;

beforeAll(async () => {
  if (why !== null) return;
  server = await startWebdav({ limit: LARGEST });
  proxy = await startFaultyProxy(server.port);
});

afterEach(() => {
  if (why !== null) return;
  proxy.plan(() => ({ kind: 'none' }));
  for (const name of server.names()) fs.rmSync(path.join(server.dir, name), { recursive: true });
});

afterAll(async () => {
  if (why !== null) return;
  await proxy.close();
  await server.close();
});

type WebdavPlace = Extract<Place, { kind: 'webdav' }>;
const place = (more: Partial<WebdavPlace> = {}): WebdavPlace => ({
  kind: 'webdav',
  url: server.url,
  user: DAV_USER,
  ...more,
});
const direct = (more: Partial<WebdavPlace> = {}) => openWebdav(place(more), DAV_PASSWORD);
const throughProxy = () => direct({ url: server.url.replace(`:${server.port}/`, `:${proxy.port}/`) });
const report = (bytes = 20_000, name = '단골거리 보고서_1a2b3c4d.xlsx'): Parcel =>
  parcelOf(name, Buffer.alloc(bytes, Buffer.from(seeded(bytes).bytes(4_093))));

/** Exactly that file, whole, and nothing else. */
function expectAlone(parcel: Parcel): void {
  expect(server.names()).toEqual([parcel.name]);
  expectWhole(parcel);
}

function expectWhole({ name, bytes }: Parcel): void {
  const there = fs.readFileSync(path.join(server.dir, name));
  expect(there.equals(bytes), `${name}: ${there.length} of ${bytes.byteLength} bytes`).toBe(true);
}

describe.skipIf(why !== null)(`to a real server (${why ?? 'Apache with mod_dav'})`, () => {
  it('a file arrives once, and a second try recognises it', async () => {
    const parcel = report();
    expect(await direct().send(parcel, never)).toBe('arrived');
    expectAlone(parcel);
    const before = proxy.connections;
    expect(await throughProxy().send(parcel, never)).toBe('already');
    // By looking, and not by an upload that is then thrown away.
    expect(proxy.connections - before).toBe(1);
    expectAlone(parcel);
  });

  it.each(ODD_NAMES)('under the name %s', async (name) => {
    const parcel = report(300, name);
    expect(await direct().send(parcel, never)).toBe('arrived');
    expectAlone(parcel);
    expect(await direct().send(parcel, never)).toBe('already');
  });

  it('of 20 MB', async () => {
    const parcel = report(20 * 1024 * 1024);
    expect(await direct().send(parcel, never)).toBe('arrived');
    expectAlone(parcel);
  });

  it('writes over what an earlier try left under the hidden name', async () => {
    const parcel = report();
    fs.writeFileSync(path.join(server.dir, `.${parcel.key}.sending`), 'half');
    fs.chmodSync(path.join(server.dir, `.${parcel.key}.sending`), 0o666);
    expect(await direct().send(parcel, never)).toBe('arrived');
    expectAlone(parcel);
  });

  it.each([
    ['of another length', 'other'],
    ['of the same length', 'x'.repeat(20_000)],
    ['that is empty', ''],
  ])('a file of that name %s is not overwritten', async (_what, content) => {
    const parcel = report();
    fs.writeFileSync(path.join(server.dir, parcel.name), content);
    const seen = await failureOf(direct().send(parcel, never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_NAME_TAKEN', lasting: true, params: { file: parcel.name } });
    expect(server.names()).toEqual([parcel.name]);
    expect(fs.readFileSync(path.join(server.dir, parcel.name), 'utf8')).toBe(content);
  });

  it.each([
    ['the same bytes', true],
    ['other bytes', false],
  ])('%s that come to stand there during the upload', async (_what, same) => {
    const parcel = report();
    // The third request reads the hidden file back: then the name is taken before the rename.
    proxy.plan((connection) => {
      if (connection === 2)
        fs.writeFileSync(path.join(server.dir, parcel.name), same ? parcel.bytes : 'other');
      return { kind: 'none' };
    });
    if (same) {
      expect(await throughProxy().send(parcel, never)).toBe('already');
      expectAlone(parcel);
    } else {
      const { code } = await failureOf(throughProxy().send(parcel, never), secrets);
      expect(code).toBe('DELIVERY_NAME_TAKEN');
      expect(server.names()).toEqual([parcel.name]);
    }
  });

  it.each([
    ['shortened', 'half'],
    ['altered', 'x'.repeat(20_000)],
  ])('an upload that the server %s never gets its name', async (_what, content) => {
    const parcel = report();
    proxy.plan((connection) => {
      if (connection === 2) fs.writeFileSync(path.join(server.dir, `.${parcel.key}.sending`), content);
      return { kind: 'none' };
    });
    const seen = await failureOf(throughProxy().send(parcel, never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_NOT_WHOLE', lasting: false });
    expect(server.names()).toEqual([]);
  });

  it.each([
    ['is gone', null],
    ['has become short', 'half'],
  ])('a file that %s right after its rename did not arrive', async (_what, content) => {
    const parcel = report();
    proxy.plan((connection) => {
      const file = path.join(server.dir, parcel.name);
      if (connection === 4) fs.rmSync(file);
      if (connection === 4 && content !== null) fs.writeFileSync(file, content);
      return { kind: 'none' };
    });
    const seen = await failureOf(throughProxy().send(parcel, never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_NOT_WHOLE', lasting: false });
  });

  it('the test writes, reads, renames and leaves nothing', async () => {
    await direct().test(never);
    expect(server.names()).toEqual([]);
  });
});

describe.skipIf(why !== null)('what the server says no to', () => {
  const cases: [string, Partial<WebdavPlace>, string | null, string][] = [
    ['a wrong password', {}, '틀린 암호', 'DELIVERY_SIGN_IN'],
    ['no password', {}, null, 'DELIVERY_SIGN_IN'],
    ['a wrong user', { user: '아무개' }, DAV_PASSWORD, 'DELIVERY_SIGN_IN'],
    ['a folder that is not there', { url: 'none' }, DAV_PASSWORD, 'DELIVERY_NO_FOLDER'],
  ];
  it.each(cases)('%s', async (_what, more, secret, code) => {
    const url = more.url === undefined ? server.url : `${server.url}/없는-폴더/`;
    const transport = openWebdav(place({ ...more, url }), secret);
    expect(await failureOf(transport.send(report(), never), secrets)).toMatchObject({ code, lasting: true });
    expect(await failureOf(transport.test(never), secrets)).toMatchObject({ code, lasting: true });
    expect(server.names()).toEqual([]);
  });

  it('a file above its limit', async () => {
    const parcel = report(LARGEST + 1);
    const seen = await failureOf(direct().send(parcel, never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_TOO_LARGE', lasting: true, params: { bytes: LARGEST + 1 } });
    expect(server.names()).toEqual([]);
  });
});

describe.skipIf(why !== null)('through a proxy that breaks', () => {
  /** In the order of sending. */
  const requests = ['the look beforehand', 'the upload', 'the reading back', 'the rename', 'the last look'];
  const cases = requests.flatMap((request, at) =>
    HTTP_FAULTS.map(([what, ...rest]) => [request, what, at, ...rest] as const),
  );

  it.each(cases)('%s: %s', async (_request, _what, at, fault, code) => {
    const parcel = report();
    proxy.plan(inTurn(...Array.from({ length: at }, () => ({ kind: 'none' }) as const), fault));
    // A refused last look is made good by reading the file.
    if (at === 4 && fault.kind === 'answer') {
      expect(await throughProxy().send(parcel, never)).toBe('arrived');
    } else {
      expect((await failureOf(throughProxy().send(parcel, never), secrets)).code).toBe(code);
      const seen = server.names().filter((name) => !name.startsWith('.'));
      expect(seen).toEqual(at === 4 || (at === 3 && serverActed(fault)) ? [parcel.name] : []);
      const again = await throughProxy().send(parcel, never);
      expect(again).toBe(seen.length > 0 ? 'already' : 'arrived');
    }
    expectAlone(parcel);
    expect(proxy.injected[fault.kind]).toBeGreaterThan(0);
  });

  /** Whether the server got the whole request. */
  const serverActed = ({ kind }: { kind: string }): boolean => kind === 'swallow' || kind === 'cutDown';

  it('half of the bytes, up or down: nothing is seen under the name', async () => {
    const parcel = report(200_000);
    const none = { kind: 'none' } as const;
    for (const plan of [
      inTurn(none, { kind: 'cutUp', after: 100_000 }),
      inTurn(none, none, { kind: 'cutDown', after: 100_000 }),
    ]) {
      proxy.plan(plan);
      expect((await failureOf(throughProxy().send(parcel, never), secrets)).code).toBe('DELIVERY_CUT');
      expect(server.names().filter((name) => !name.startsWith('.'))).toEqual([]);
    }
    expect(await throughProxy().send(parcel, never)).toBe('arrived');
    expectAlone(parcel);
  });

  it('a refusal that comes while 20 MB go up is heard', async () => {
    proxy.plan(inTurn({ kind: 'none' }, { kind: 'answer', status: 413 }));
    const seen = await failureOf(throughProxy().send(report(20 * 1024 * 1024), never), secrets);
    expect(seen.code).toBe('DELIVERY_TOO_LARGE');
  });

  it('slowly: it arrives', async () => {
    proxy.plan(() => ({ kind: 'delay', ms: 5 }));
    const parcel = report();
    expect(await throughProxy().send(parcel, never)).toBe('arrived');
    expectAlone(parcel);
  });

  it('forty files, a fault in every second request: each is there once and whole', async () => {
    const kinds = ['refuse', 'cutUp', 'cutDown', 'delay', 'answer', 'swallow'] as const;
    proxy.plan(seededPlan(7, { share: 0.5, kinds, bytes: 6_000 }));
    const parcels = Array.from({ length: 40 }, (_, n) =>
      parcelOf(`보고서 ${n}.xlsx`, seeded(n).bytes(5_000), { key: `0193557a-0000-7000-8000-${n}` }),
    );
    for (const parcel of parcels) await sendUntilThere(parcel);
    expect(server.names().filter((name) => !name.startsWith('.'))).toHaveLength(parcels.length);
    parcels.forEach(expectWhole);
    for (const kind of kinds) expect(proxy.injected[kind]).toBeGreaterThan(0);
  });

  async function sendUntilThere(parcel: Parcel): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      const done = await throughProxy()
        .send(parcel, never)
        .then(
          () => true,
          () => false,
        );
      const half = server.names().includes(parcel.name);
      if (half) expectWhole(parcel);
      if (done) return;
    }
    expect.fail(`${parcel.name} did not arrive in 200 tries`);
  }
});

describe.skipIf(why !== null)('what a server or its network says', () => {
  const answers: [number, Record<string, string>, object][] = [
    [
      302,
      { Location: 'https://login.example.kr/?token=abc' },
      { code: 'DELIVERY_MOVED', lasting: true, params: { to: 'https://login.example.kr' } },
    ],
    [404, {}, { code: 'DELIVERY_NO_FOLDER', lasting: true }],
    [405, {}, { code: 'DELIVERY_NOT_WEBDAV', lasting: true, params: { method: 'PUT', status: 405 } }],
    [418, {}, { code: 'DELIVERY_ANSWER', lasting: true }],
    [429, { 'Retry-After': '120' }, { code: 'DELIVERY_BUSY', lasting: false, retryAfter: 120_000 }],
    [500, {}, { code: 'DELIVERY_SERVER', lasting: false, retryAfter: undefined }],
    [501, {}, { code: 'DELIVERY_NOT_WEBDAV', lasting: true }],
    [502, {}, { code: 'DELIVERY_SERVER', lasting: false }],
    [
      503,
      { Date: 'Thu, 26 Nov 2026 01:00:00 GMT', 'Retry-After': 'Thu, 26 Nov 2026 01:00:30 GMT' },
      { code: 'DELIVERY_BUSY', lasting: false, retryAfter: 30_000 },
    ],
    [503, { 'Retry-After': '9999999' }, { code: 'DELIVERY_BUSY', retryAfter: 86_400_000 }],
    [503, { 'Retry-After': '-1' }, { code: 'DELIVERY_BUSY', retryAfter: undefined }],
    [507, {}, { code: 'DELIVERY_NO_ROOM', lasting: false }],
  ];
  it.each(answers)('%d %j', async (status, headers, expected) => {
    proxy.plan(inTurn({ kind: 'none' }, { kind: 'answer', status, headers }));
    const seen = await failureOf(throughProxy().send(report(), never), secrets);
    expect(seen).toMatchObject({ offline: false, ...expected });
    expect(server.names()).toEqual([]);
  });

  it('a refusal whose explanation is cut off is heard all the same', async () => {
    // Apache's head is shorter than that, and its page of HTML longer.
    proxy.plan(inTurn({ kind: 'cutDown', after: 420 }));
    const url = server.url.replace(`:${server.port}/`, `:${proxy.port}/`);
    const sending = openWebdav(place({ url }), '틀린 암호').send(report(), never);
    expect((await failureOf(sending, secrets)).code).toBe('DELIVERY_SIGN_IN');
  });

  it('a page for people in the place of a folder', async () => {
    const headers = { 'Content-Type': 'text/html; charset=utf-8' };
    proxy.plan(inTurn({ kind: 'answer', status: 200, headers }));
    const { code } = await failureOf(throughProxy().send(report(), never), secrets);
    expect(code).toBe('DELIVERY_NOT_WEBDAV');
  });

  it('never follows to another host, so the password stays', async () => {
    const other = await startFaultyProxy(server.port);
    const headers = { Location: `http://127.0.0.1:${other.port}/` };
    proxy.plan(inTurn({ kind: 'answer', status: 307, headers }));
    const { code } = await failureOf(throughProxy().send(report(), never), secrets);
    expect([code, other.connections]).toEqual(['DELIVERY_MOVED', 0]);
    await other.close();
  });

  it('nobody listens', async () => {
    const gone = await startFaultyProxy(server.port);
    await gone.close();
    const transport = direct({ url: `http://127.0.0.1:${gone.port}/` });
    const seen = await failureOf(transport.send(report(), never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_OFFLINE', lasting: false, offline: true });
  });

  it('a name that no server knows', async () => {
    const seen = await failureOf(
      direct({ url: 'https://dangol.invalid/dav/' }).send(report(), never),
      secrets,
    );
    expect(seen).toMatchObject({ code: 'DELIVERY_OFFLINE', lasting: false, offline: true });
  });

  it('TLS where none is spoken', async () => {
    const transport = direct({ url: `https://127.0.0.1:${server.port}/` });
    const seen = await failureOf(transport.send(report(), never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_TLS', lasting: false });
  });

  it('http over a network is refused before anything is said', async () => {
    const seen = await failureOf(direct({ url: 'http://192.0.2.1/dav/' }).send(report(), never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_PLAIN', lasting: true });
  });

  it('a password written into the address is told to nobody', async () => {
    const url = server.url.replace('//', `//u:${encodeURIComponent(DAV_PASSWORD)}@`).replace(/:\d+\//, ':1/');
    expect((await failureOf(direct({ url }).send(report(), never), secrets)).code).toBe('DELIVERY_OFFLINE');
  });
});

describe.skipIf(why !== null)('ended by the caller', () => {
  it.each([
    ['a time limit', () => AbortSignal.timeout(300), { code: 'DELIVERY_TIMEOUT', offline: true }],
    ['a wish', () => stopSoon(), { code: 'DELIVERY_STOPPED', offline: false }],
    ['a wish from the start', () => AbortSignal.abort(), { code: 'DELIVERY_STOPPED', offline: false }],
  ])('%s: while the server hangs', async (_what, signal, expected) => {
    proxy.plan(() => ({ kind: 'delay', ms: 600_000 }));
    const parcel = report();
    const seen = await failureOf(throughProxy().send(parcel, signal()), secrets);
    expect(seen).toMatchObject({ lasting: false, ...expected });
    expect(server.names()).toEqual([]);
  });

  it('or by a silence that lasts too long', async () => {
    proxy.plan(() => ({ kind: 'delay', ms: 600_000 }));
    const url = new URL(`http://127.0.0.1:${proxy.port}/`);
    const seen = await failureOf(request({ method: 'GET', url }, never, 100), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_TIMEOUT', lasting: false, offline: true });
  });

  /** As soon as a connection was made. */
  function stopSoon(): AbortSignal {
    const stop = new AbortController();
    proxy.plan(() => {
      setImmediate(() => stop.abort());
      return { kind: 'delay', ms: 600_000 };
    });
    return stop.signal;
  }
});
