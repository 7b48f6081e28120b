import fs from 'node:fs';
import S3rver from '@20minutes/s3rver';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Place } from '#shared/contract/outbox.ts';
import { openS3 } from '#main/outbox/s3.ts';
import type { Parcel } from '#main/outbox/transport.ts';
import { failureOf, HTTP_FAULTS } from '#tests/support/delivery-failures.ts';
import { inTurn, seededPlan, startFaultyProxy, type FaultyProxy } from '#tests/support/faulty-proxy.ts';
import { makeScratchDir } from '#tests/support/laptop.ts';
import { ODD_NAMES, parcelOf } from '#tests/support/parcels.ts';
import { seeded } from '#tests/support/random.ts';
import {
  S3_ACCESS,
  S3_BUCKET,
  S3_REGION,
  S3_SECRET,
  startS3Checker,
  type S3Checker,
} from '#tests/support/s3-checker.ts';

/**
 * Sending to a bucket: to a server from the registry, and to a checker of our own that knows what that one does not:
 * conditions, checksums, the hash of the payload, and that a PUT is whole or nothing (that one writes into place, so a
 * cut shows half an object). Neither is a real bucket; none was at hand.
 */
type S3Place = Extract<Place, { kind: 's3' }>;
const never = new AbortController().signal;
const secrets = [S3_SECRET];
const report = (name = '단골거리 보고서_1a2b3c4d.xlsx'): Parcel => parcelOf(name, seeded(5).bytes(20_000));

function placeAt(port: number, more: Partial<S3Place> = {}): S3Place {
  return {
    kind: 's3',
    endpoint: `http://127.0.0.1:${port}`,
    region: S3_REGION,
    bucket: S3_BUCKET,
    prefix: '보고서/2024 (가)/',
    accessKey: S3_ACCESS,
    pathStyle: true,
    ...more,
  };
}

describe('to a server from the registry', () => {
  // The only keys that it knows.
  const keys = { accessKey: 'S3RVER' };
  const secret = 'S3RVER';
  let dir: string;
  let server: S3rver;
  let port: number;

  beforeAll(async () => {
    dir = makeScratchDir();
    const buckets = [{ name: S3_BUCKET }];
    server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: dir,
      configureBuckets: buckets,
    });
    ({ port } = await server.run());
  });
  afterAll(async () => {
    await server.close();
    fs.rmSync(dir, { recursive: true });
  });

  const keysThere = async () =>
    (await server.store.listObjects(S3_BUCKET, { maxKeys: 1000 })).objects.map(({ key }) => key);

  it.each(ODD_NAMES)('under the name %s, once', async (name) => {
    const parcel = report(name);
    const transport = openS3(placeAt(port, { ...keys, prefix: 'odd/' }), secret);
    expect(await transport.send(parcel, never)).toBe('arrived');
    expect(await transport.send(parcel, never)).toBe('already');
    expect(await keysThere()).toContain(`odd/${name}`);
  });

  it('of 20 MB', async () => {
    const block = Buffer.from(seeded(9).bytes(4_096));
    const parcel = parcelOf('큰 파일.xlsx', Buffer.alloc(20 * 1024 * 1024, block));
    const transport = openS3(placeAt(port, keys), secret);
    expect(await transport.send(parcel, never)).toBe('arrived');
    expect(await transport.send(parcel, never)).toBe('already');
  });

  it('the test writes and takes away', async () => {
    const before = await keysThere();
    await openS3(placeAt(port, keys), secret).test(never);
    expect(await keysThere()).toEqual(before);
  });

  it.each([
    ['a wrong secret', keys, 'another', 'DELIVERY_KEYS'],
    ['a wrong access key', { accessKey: 'NOBODY' }, secret, 'DELIVERY_KEYS'],
    ['a bucket that is not there', { ...keys, bucket: 'elsewhere' }, secret, 'DELIVERY_NO_BUCKET'],
  ])('%s is said in words', async (_what, more, given, code) => {
    const transport = openS3(placeAt(port, more), given);
    expect(await failureOf(transport.send(report(), never), [given])).toMatchObject({ code, lasting: true });
    expect(await failureOf(transport.test(never), [given])).toMatchObject({ code, lasting: true });
  });
});

async function untilThere(send: () => Promise<unknown>): Promise<void> {
  const seen: string[] = [];
  for (let tries = 0; tries < 200; tries += 1) {
    const done = await send().then(
      () => true,
      (error: Error) => (seen.push(error.message), false),
    );
    if (done) return;
  }
  expect.fail(`it did not arrive in 200 tries: ${seen.join(' | ')}`);
}

type Behaviour = Parameters<typeof startS3Checker>[0];

async function checker(behaviour?: Behaviour): Promise<S3Checker> {
  const started = await startS3Checker(behaviour);
  onTestFinished(() => started.close());
  return started;
}

describe('to a checker of the rules', () => {
  it.each(ODD_NAMES)('signature, hash and checksum of %s fit', async (name) => {
    const { port, objects } = await checker();
    const transport = openS3(placeAt(port), S3_SECRET);
    const parcel = report(name);
    expect(await transport.send(parcel, never)).toBe('arrived');
    expect(await transport.send(parcel, never)).toBe('already');
    expect([...objects]).toEqual([[`보고서/2024 (가)/${name}`, Buffer.from(parcel.bytes)]]);
  });

  const servers: [string, Behaviour, string[]][] = [
    ['knows conditions', {}, ['GET', 'PUT']],
    ['says that it does not', { conditions: 'not implemented' }, ['GET', 'PUT', 'PUT']],
    ['passes over them', { conditions: 'ignored' }, ['GET', 'PUT']],
    ['does not say what it has: it is read back', { names: false }, ['GET', 'PUT', 'GET']],
    ['shows nothing, but says what it has', { writeOnly: true }, ['GET', 'PUT']],
  ];
  it.each(servers)('that %s', async (_what, behaviour, asked) => {
    const server = await checker(behaviour);
    expect(await openS3(placeAt(server.port), S3_SECRET).send(report(), never)).toBe('arrived');
    expect(server.asked).toEqual(asked);
    expect(server.objects.size).toBe(1);
  });

  it('the test passes with a key that may only write, and leaves its object', async () => {
    const { port, objects } = await checker({ writeOnly: true, conditions: 'ignored' });
    const transport = openS3(placeAt(port, { prefix: '' }), S3_SECRET);
    await transport.test(never);
    await transport.test(never);
    expect([...objects.keys()]).toEqual(['.dangol-test.txt']);
  });

  it('that shows nothing and says nothing: nobody could know', async () => {
    const { port } = await checker({ writeOnly: true, names: false });
    const seen = await failureOf(openS3(placeAt(port), S3_SECRET).send(report(), never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_FORBIDDEN', lasting: true });
  });

  it.each([
    ['the same bytes', true],
    ['other bytes', false],
  ])('%s that come to stand there at the same instant', async (_what, same) => {
    const parcel = report();
    const content = same ? Buffer.from(parcel.bytes) : Buffer.from('other');
    const server = await checker({ beforeStored: (key) => server.objects.set(key, content) });
    const sending = openS3(placeAt(server.port), S3_SECRET).send(parcel, never);
    if (same) expect(await sending).toBe('already');
    else expect((await failureOf(sending, secrets)).code).toBe('DELIVERY_NAME_TAKEN');
    expect([...server.objects.values()]).toEqual([content]);
  });

  it('what stands there under the name is not overwritten', async () => {
    const { port, objects } = await checker();
    const parcel = report();
    objects.set(`보고서/2024 (가)/${parcel.name}`, Buffer.from('older'));
    const seen = await failureOf(openS3(placeAt(port), S3_SECRET).send(parcel, never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_NAME_TAKEN', lasting: true });
    expect([...objects.values()]).toEqual([Buffer.from('older')]);
  });

  it.each([-3_600_000, 3_600_000])('a clock that is %d ms off', async (off) => {
    const { port, objects } = await checker();
    const transport = openS3(placeAt(port), S3_SECRET, () => Date.now() + off);
    const seen = await failureOf(transport.send(report(), never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_CLOCK', lasting: false });
    expect(objects.size).toBe(0);
  });

  it('a region that is another', async () => {
    const { port } = await checker();
    const transport = openS3(placeAt(port, { region: 'us-east-1' }), S3_SECRET);
    const seen = await failureOf(transport.send(report(), never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_REGION', lasting: true, params: { region: S3_REGION } });
  });

  it('no secret, and a bucket in the name of the host', async () => {
    const { port } = await checker();
    const without = openS3(placeAt(port), null).send(report(), never);
    expect((await failureOf(without, secrets)).code).toBe('DELIVERY_KEYS');
    const place = placeAt(port, { pathStyle: false, endpoint: `http://localhost:${port}` });
    // The name has no address here: that it is asked for is what shows.
    const seen = await failureOf(openS3(place, S3_SECRET).send(report(), never), secrets);
    expect(seen.code).toMatch(/^DELIVERY_(OFFLINE|NO_BUCKET)$/);
  });

  it('plain http over a network is refused', async () => {
    const place = placeAt(1, { endpoint: 'http://192.0.2.1' });
    expect((await failureOf(openS3(place, S3_SECRET).send(report(), never), secrets)).code).toBe(
      'DELIVERY_PLAIN',
    );
  });
});

describe('through a proxy that breaks', () => {
  let server: S3Checker;
  let proxy: FaultyProxy;
  beforeAll(async () => {
    server = await startS3Checker({ names: false });
    proxy = await startFaultyProxy(server.port);
  });
  afterEach(() => {
    server.objects.clear();
    proxy.plan(() => ({ kind: 'none' }));
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });

  // Where S3's status has another meaning than WebDAV's, or is read from its code in XML.
  const others: Record<string, string> = { 401: 'DELIVERY_KEYS', 409: 'DELIVERY_BUSY' };
  const requests = ['the look beforehand', 'the upload', 'the reading back'];
  const cases = requests.flatMap((request, at) =>
    HTTP_FAULTS.map(([what, fault, code]) => [request, what, at, fault, others[what] ?? code] as const),
  );

  it.each(cases)('%s: %s', async (_request, _what, at, fault, code) => {
    const parcel = report();
    const transport = openS3(placeAt(proxy.port), S3_SECRET);
    proxy.plan(inTurn(...Array.from({ length: at }, () => ({ kind: 'none' }) as const), fault));
    expect((await failureOf(transport.send(parcel, never), secrets)).code).toBe(code);
    for (const bytes of server.objects.values()) expect(bytes.equals(parcel.bytes)).toBe(true);
    const stood = server.objects.size === 1;
    expect(stood).toBe(at === 2 || (at === 1 && (fault.kind === 'swallow' || fault.kind === 'cutDown')));
    expect(await transport.send(parcel, never)).toBe(stood ? 'already' : 'arrived');
    expect([...server.objects.values()]).toEqual([Buffer.from(parcel.bytes)]);
  });

  it('what reads back as something else did not arrive', async () => {
    const parcel = report();
    proxy.plan((connection) => {
      if (connection === 2)
        for (const key of server.objects.keys()) server.objects.set(key, Buffer.from('half'));
      return { kind: 'none' };
    });
    const seen = await failureOf(openS3(placeAt(proxy.port), S3_SECRET).send(parcel, never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_NOT_WHOLE', lasting: false });
  });

  it('forty files, a fault in every second request: each is there once and whole', async () => {
    const kinds = ['refuse', 'cutUp', 'cutDown', 'delay', 'answer', 'swallow'] as const;
    proxy.plan(seededPlan(11, { share: 0.5, kinds, bytes: 6_000 }));
    const parcels = Array.from({ length: 40 }, (_, n) => parcelOf(`${n}.xlsx`, seeded(n).bytes(5_000)));
    const through = openS3(placeAt(proxy.port, { prefix: '' }), S3_SECRET);
    for (const parcel of parcels) await untilThere(() => through.send(parcel, never));
    expect(server.objects).toEqual(new Map(parcels.map(({ name, bytes }) => [name, Buffer.from(bytes)])));
    for (const kind of kinds) expect(proxy.injected[kind]).toBeGreaterThan(0);
  });

  it('SlowDown is asked to be waited for', async () => {
    proxy.plan(inTurn({ kind: 'answer', status: 503, headers: { 'Retry-After': '7' } }));
    const seen = await failureOf(openS3(placeAt(proxy.port), S3_SECRET).send(report(), never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_BUSY', lasting: false, retryAfter: 7_000 });
  });

  it('while it hangs it can be ended', async () => {
    proxy.plan(() => ({ kind: 'delay', ms: 600_000 }));
    const seen = await failureOf(
      openS3(placeAt(proxy.port), S3_SECRET).send(report(), AbortSignal.timeout(300)),
      secrets,
    );
    expect(seen).toMatchObject({ code: 'DELIVERY_TIMEOUT', offline: true });
  });
});
