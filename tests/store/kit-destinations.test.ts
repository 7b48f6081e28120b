import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OpenTransport } from '#main/outbox/transports.ts';
import type { ImportedFile, Manifest } from '#shared/contract/exchange.ts';
import type { Destination, Place } from '#shared/contract/outbox.ts';
import { dawn, dusk, exchangeFile, recordId, type Author } from '#tests/support/exchange-builder.ts';
import { kitScene, makeKits, THURSDAY, type KitScene } from '#tests/support/kit-scene.ts';
import { laptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';
import { keysIn } from '#tests/support/sealed.ts';
import { openSealed } from '#main/exchange/seal.ts';
import { unpackZip } from '#tests/support/zip-builder.ts';

const SECRET = 'pass-77-비밀';
const DAY_MS = 24 * 60 * 60 * 1000;
const cloud: Place = { kind: 'webdav', url: 'https://cloud.example.kr/dav', user: 'kim' };
const elsewhere: Place = { ...cloud, url: 'https://other.example.kr/dav' };

/** The secrets that left the core, in order. */
const given: (string | null)[] = [];
const open: OpenTransport = (_place, secret) => {
  given.push(secret);
  return { send: () => Promise.resolve('arrived'), test: () => Promise.resolve() };
};

interface Scene extends KitScene {
  readonly office: TestLaptop;
  readonly field: TestLaptop;
  /** Of the office: one with a password, and a folder. */
  readonly cloud: string;
  readonly folder: string;
  /** A kit of the first trainer with these. */
  kit(destinations: string[], plain?: boolean): Promise<Buffer>;
  take(bytes: Buffer): Promise<ImportedFile>;
  /** The trainer's day comes to the office, which knows the laptop from then on. */
  meet(): Promise<void>;
}

async function scene(): Promise<Scene> {
  const [office, field] = [laptop('사무실'), laptop('망원 1호', { outbox: { open } })];
  const made = await kitScene(office);
  const saved = await office.call('destinations.save', { name: '클라우드', place: cloud, secret: SECRET });
  const folder = await office.call('destinations.save', {
    name: '공유 폴더',
    place: { kind: 'folder', path: '/no/such/share' },
  });
  const order = { trainer: made.trainers[0], sessions: [made.sessions[0]], sites: [made.markets[0]] };
  let last = 0;
  return {
    ...made,
    ...{ office, field, cloud: saved.id, folder: folder.id },
    async kit(destinations, plain = false) {
      office.clock.now += DAY_MS;
      return Buffer.from((await makeKits(office, [{ ...order, plain, destinations }])).bytes);
    },
    take: (bytes) => {
      field.clock.now = office.clock.now;
      return field.take(`kit ${(last += 1)}.dangol`, bytes);
    },
    async meet() {
      field.clock.now = Date.parse(`${THURSDAY}T01:00:00Z`);
      await field.call('visits.start', { session: made.sessions[0], store: made.shops[0] });
      await office.take('day.dangol', await field.exported({ sessions: [made.sessions[0]] }));
    },
  };
}

const listOf = (on: TestLaptop) => on.call('destinations.list', {});
const named = async (on: TestLaptop, name: string): Promise<Destination> =>
  (await listOf(on)).find((one) => one.name === name)!;
const manifestOf = (file: Buffer): Manifest =>
  JSON.parse(unpackZip(file).get('manifest.json')!.toString('utf8')) as Manifest;
const manifestIn = async (file: Buffer, on: TestLaptop): Promise<Manifest> =>
  manifestOf((await openSealed('kit', file, keysIn(on.dir))).bytes);

/** What the core hands to the transport as the secret. */
async function secretOf(on: TestLaptop, id: string): Promise<string | null> {
  await on.call('destinations.test', { id });
  return given.at(-1)!;
}

describe('destinations in a kit', () => {
  it('are there at the trainer’s and usable at once; the first time without the password', async () => {
    const at = await scene();
    const kit = await at.kit([at.cloud, at.folder]);
    expect(kit.toString('latin1')).not.toContain('pass-77');
    expect(manifestOf(kit).destinations).toEqual([
      { id: at.cloud, name: '클라우드', place: cloud },
      { id: at.folder, name: '공유 폴더', place: { kind: 'folder', path: '/no/such/share' } },
    ]);
    const { destinations } = await at.take(kit);
    expect(destinations).toEqual({
      added: [
        { name: '클라우드', place: cloud },
        { name: '공유 폴더', place: { kind: 'folder', path: '/no/such/share' } },
      ],
      ...{ changed: [], kept: [], held: [], leftOut: 0 },
      withoutSecret: ['클라우드'],
    });
    const { id, name } = (await at.office.call('app.status', {})).laptop;
    expect(await named(at.field, '클라우드')).toEqual({
      ...{ id: at.cloud, name: '클라우드', place: cloud, hasSecret: false },
      ...{ from: { id, name, refused: false }, changedHere: false, last: null },
    });
    // The password that one is asked for is no change of what the kit said.
    const { name: as, place } = await named(at.field, '클라우드');
    await at.field.call('destinations.save', { id: at.cloud, name: as, place, secret: '직접' });
    expect(await named(at.field, '클라우드')).toMatchObject({ hasSecret: true, changedHere: false });
  });

  it('bring the password for the trainer’s laptop alone, also in a plain kit', async () => {
    const at = await scene();
    await at.take(await at.kit([]));
    await at.meet();
    for (const plain of [false, true]) {
      const kit = await at.kit([at.cloud], plain);
      const { destinations } = await manifestIn(kit, at.field);
      const sealed = Buffer.from(destinations![0]!.secret!, 'base64');
      // Not even the laptop that made it finds something in it.
      await expect(openSealed('x', sealed, keysIn(at.office.dir))).rejects.toMatchObject({
        code: 'FILE_SEALED_FOR_OTHERS',
      });
      expect((await at.take(kit)).destinations).toMatchObject({ withoutSecret: [] });
      expect(await secretOf(at.field, at.cloud)).toBe(SECRET);
    }
  });

  it('are not read out of another’s kit, nor for another address', async () => {
    const at = await scene();
    await at.take(await at.kit([]));
    await at.meet();
    const kit = await at.kit([at.cloud]);
    const { secret, ...one } = (await manifestIn(kit, at.field)).destinations![0]!;
    // Whoever has the seal puts it beside an address of their own; the office's key is theirs, say.
    const forged = kitBy(dawn, [
      { ...one, place: elsewhere, secret },
      { ...one, id: recordId(7), secret },
    ]);
    const other = laptop('다른 노트북', { outbox: { open } });
    await other.take('forged.dangol', forged);
    for (const { id } of await listOf(other)) expect(await secretOf(other, id)).toBeNull();
    await at.take(forged);
    await confirm(at.field, dawn.id);
    const taken = (await listOf(at.field)).filter(({ from }) => from?.id === dawn.id);
    expect(taken).toHaveLength(2);
    for (const { id } of taken) expect(await secretOf(at.field, id)).toBeNull();
  });

  it('follow a newer kit, but not an older one, and stay as a person changed them', async () => {
    const at = await scene();
    const first = await at.kit([at.cloud]);
    await at.office.call('destinations.save', { id: at.cloud, name: '새 클라우드', place: elsewhere });
    const second = await at.kit([at.cloud]);
    await at.take(second);
    expect((await at.take(first)).destinations).toMatchObject({ added: [], changed: [], kept: [] });
    expect(await listOf(at.field)).toMatchObject([{ name: '새 클라우드', place: elsewhere }]);

    // A password that was given for one address is not sent to another.
    await at.field.call('destinations.save', {
      ...{ id: at.cloud, name: '새 클라우드', place: elsewhere, secret: '직접' },
    });
    await at.office.call('destinations.save', { id: at.cloud, name: '클라우드', place: cloud });
    expect((await at.take(await at.kit([at.cloud]))).destinations).toMatchObject({
      changed: [{ name: '클라우드', place: cloud }],
      withoutSecret: ['클라우드'],
    });
    expect(await listOf(at.field)).toMatchObject([{ name: '클라우드', hasSecret: false }]);

    await at.field.call('destinations.save', { id: at.cloud, name: '내 것', place: cloud, secret: '직접' });
    await at.office.call('destinations.save', { id: at.cloud, name: '바뀐 것', place: elsewhere });
    expect((await at.take(await at.kit([at.cloud]))).destinations).toMatchObject({
      ...{ changed: [], kept: ['내 것'] },
    });
    expect(await named(at.field, '내 것')).toMatchObject({
      place: cloud,
      changedHere: true,
      hasSecret: true,
    });
    // What a person removed does not come back by itself.
    await at.field.call('destinations.remove', { id: at.cloud });
    await at.take(await at.kit([at.cloud]));
    expect(await listOf(at.field)).toEqual([]);
  });

  it('go with the import that alone brought them, unless something waits for them', async () => {
    const at = await scene();
    const first = await at.take(await at.kit([at.cloud, at.folder]));
    await at.office.call('destinations.save', { id: at.cloud, name: '새 클라우드', place: elsewhere });
    const second = await at.take(await at.kit([at.cloud]));
    expect(await named(at.field, '새 클라우드')).toBeDefined();
    // The first kit still tells of it, as it did.
    const undone = await at.field.call('imports.undo', { id: second.import! });
    expect(undone.destinations).toEqual({ removed: [], waiting: [], changed: [] });
    expect(await named(at.field, '클라우드')).toMatchObject({ place: cloud });

    await at.field.call('outbox.send', {
      ...{ destination: at.folder, key: recordId(9), what: { kind: 'session' } },
    });
    const before = await at.field.call('imports.undo', { id: first.import! });
    expect(before.destinations).toEqual({ removed: ['클라우드'], waiting: ['공유 폴더'], changed: [] });
    expect((await listOf(at.field)).map(({ name }) => name)).toEqual(['공유 폴더']);
    // Merged again, they are there again.
    await at.take(await at.kit([at.cloud, at.folder]));
    expect((await listOf(at.field)).map(({ name }) => name).sort()).toEqual(['공유 폴더', '새 클라우드']);
  });

  it('a folder that is not on this laptop is offline', async () => {
    const at = await scene();
    const field = laptop('반송 1호');
    await field.take('kit.dangol', await at.kit([at.folder]));
    expect(await field.call('destinations.test', { id: at.folder })).toMatchObject({
      error: { code: 'DELIVERY_FOLDER_MISSING' },
    });
  });

  it('of an unknown kind, or that cannot be used, are left out, and the kit goes in', async () => {
    const field = laptop('망원 1호');
    const good = { id: recordId(1), name: '폴더', place: { kind: 'folder', path: '/share' } };
    const bad = [
      { id: recordId(2), name: '비둘기', place: { kind: 'pigeon', loft: 7 } },
      { id: recordId(3), name: '아무 데도', place: null },
      { id: recordId(4), name: '비밀번호', place: { ...cloud, url: 'https://kim:pw@cloud.example.kr' } },
      { id: 'no id', name: '이름', place: cloud },
      { id: recordId(5), name: '', place: cloud },
      { ...good, name: '두 번' },
      { id: recordId(6), name: '더', place: { ...cloud, more: 1 } },
    ];
    const taken = await field.take('kit.dangol', kitBy(dawn, [good, ...bad]));
    expect(taken).toMatchObject({ status: 'imported', destinations: { leftOut: bad.length } });
    expect((await listOf(field)).map(({ name }) => name)).toEqual(['폴더']);
    const many = Array.from({ length: 21 }, (_none, at) => ({ ...good, id: recordId(100 + at) }));
    expect(await field.take('many.dangol', kitBy(dusk, many))).toMatchObject({
      ...{ status: 'refused', error: { code: 'FILE_MANIFEST_INVALID' } },
    });
  });
});

describe('whose word counts', () => {
  it('a second laptop’s waits until a person confirms its key', async () => {
    const at = await scene();
    await at.take(await at.kit([at.cloud]));
    const mine = { id: recordId(1), name: '가로채기', place: elsewhere };
    // Not even with the id of one that is here.
    const taken = await at.take(kitBy(dusk, [mine, { ...mine, id: at.cloud }]));
    expect(taken.destinations).toMatchObject({ added: [], changed: [], held: [{ name: '가로채기' }] });
    expect((await listOf(at.field)).map(({ name }) => name)).toEqual(['클라우드']);
    expect(await confirm(at.field, dusk.id)).toEqual([{ name: '가로채기', place: elsewhere }]);
    expect((await listOf(at.field)).map(({ name }) => name)).toEqual(['가로채기', '클라우드']);
    expect(await named(at.field, '클라우드')).toMatchObject({ place: cloud });
  });

  it('the first giver’s does not any more once a person said that it is not theirs', async () => {
    const at = await scene();
    await at.take(await at.kit([at.cloud]));
    const { id } = (await at.office.call('app.status', {})).laptop;
    await judge(at.field, id, 'unknown');
    await at.office.call('destinations.save', { id: at.cloud, name: '클라우드', place: elsewhere });
    expect((await at.take(await at.kit([at.cloud, at.folder]))).destinations).toMatchObject({
      ...{ added: [], changed: [], held: [{ place: elsewhere }, { name: '공유 폴더' }] },
    });
    expect(await listOf(at.field)).toMatchObject([{ place: cloud, from: { refused: true } }]);
  });

  it('a key that came in place of another brings nothing of itself, nor what the old one had offered', async () => {
    const field = laptop('망원 1호');
    const one = { id: recordId(1), name: '폴더', place: { kind: 'folder', path: '/share' } };
    await field.take('kit.dangol', kitBy(dawn, [one]));
    const changed: Author = { ...dawn, key: dusk.key };
    const kit = kitBy(changed, [{ ...one, name: '남의 폴더' }]);
    const refused = await field.take('other.dangol', kit);
    expect(refused).toMatchObject({ status: 'refused', error: { code: 'LAPTOP_KEY_CHANGED' } });
    expect(await listOf(field)).toMatchObject([{ name: '폴더' }]);
    const publicKey = String(refused.error!.params!['publicKey']);
    await field.call('laptops.accept', { id: dawn.id, publicKey });
    await judge(field, dawn.id, 'waiting');
    expect(await field.take('other.dangol', kit)).toMatchObject({
      ...{ status: 'imported', destinations: { changed: [], held: [{ name: '남의 폴더' }] } },
    });
    expect(await listOf(field)).toMatchObject([{ name: '폴더' }]);
  });
});

it('the secret is in no answer, dump, log, entry or file but for the transport', async () => {
  const at = await scene();
  await at.take(await at.kit([]));
  await at.meet();
  const kit = await at.kit([at.cloud], true);
  const inspected = await at.field.call('exchange.inspect', { file: 'kit.dangol', bytes: kit });
  expect(inspected.destinations).toEqual([{ name: '클라우드', place: cloud }]);
  const sealed = manifestOf(kit).destinations![0]!.secret!;
  const taken = await at.take(kit);
  const undo = await at.field.call('imports.undo', { id: taken.import! });
  await at.take(kit);
  expect(await secretOf(at.field, at.cloud)).toBe(SECRET);
  const said = [
    ...[inspected, taken, undo, await listOf(at.field), await at.field.call('imports.list', {})],
    ...[await at.field.call('audit.list', {}), at.field.dump(), at.office.dump()],
    Buffer.from((await at.field.exported({})).toString('latin1'), 'latin1').toString('utf8'),
    kit.toString('utf8'),
  ].map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  for (const text of said) expect(text).not.toContain('pass-77');
  for (const text of said.slice(0, -1)) expect(text).not.toContain(sealed.slice(0, 60));
  // On the disk it lies in the encrypted database.
  for (const name of ['store.db', 'store.db-wal']) {
    expect(readFileSync(path.join(at.field.dir, name)).includes('pass-77')).toBe(false);
  }
});

/** A kit of nothing but destinations, written from the format's description. */
function kitBy(author: Author, destinations: readonly object[]): Buffer {
  return exchangeFile({
    ...{ author, purpose: 'kit' },
    manifest: (manifest) => ({ ...manifest, createdAt: new Date(MORNING).toISOString(), destinations }),
  });
}

async function judge(on: TestLaptop, id: string, verdict: 'confirmed' | 'unknown' | 'waiting') {
  const { key } = (await on.call('laptops.list', {})).find((one) => one.id === id)!;
  return on.call('laptops.judge', { id, fingerprint: key.fingerprint, verdict });
}

const confirm = (on: TestLaptop, id: string) => judge(on, id, 'confirmed');
