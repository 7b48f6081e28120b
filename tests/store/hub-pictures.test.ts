import fs from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { releaseBlobs, replaceBlob } from '#main/hub/blob-statements.ts';
import { cuttingProxy } from '#tests/support/hub-proxy.ts';
import { madeHub, makeRoles, whilePushesWait, write, type HubScene } from '#tests/support/hub-scene.ts';
import { CANVAS_JPEG } from '#tests/support/pictures.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';

const reason = whyNoPostgres();
const VERSION_1 = path.join(import.meta.dirname, '../fixtures/hub/version-1.sql');
const STORES = [1, 2].map((n) => `0190aaaa-0000-7000-8000-00000000000${n}`);

let server: TestPostgres;
beforeAll(async () => {
  if (!reason) server = await startPostgres();
});
afterAll(() => server?.close());

/** Which blobs lie in a hub, and how many parcels name them. */
async function blobsIn(name: string): Promise<{ blobs: number; named: number }> {
  const [row] = await server.sql(
    name,
    `SELECT (SELECT count(*) FROM dangol.blob)::int AS blobs, (SELECT count(*) FROM dangol.parcel_blob)::int AS named`,
  );
  return row as { blobs: number; named: number };
}

/** Everything that a hub is made of, in words. */
async function catalogOf(name: string): Promise<unknown[]> {
  const questions = [
    `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'dangol'`,
    `SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'dangol'::regnamespace`,
    `SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies WHERE schemaname = 'dangol'`,
    `SELECT proname, prosrc, provolatile, prosecdef FROM pg_proc WHERE pronamespace = 'dangol'::regnamespace`,
    `SELECT relname, relrowsecurity FROM pg_class WHERE relnamespace = 'dangol'::regnamespace AND relkind = 'r'`,
    `SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants
     WHERE table_schema = 'dangol' AND grantee LIKE 'dangol_%'`,
  ];
  const answers = [];
  for (const question of questions) {
    answers.push((await server.sql(name, question)).map((row) => JSON.stringify(row)).sort());
  }
  return answers;
}

/** A trainer who has put the same picture to two shops, in two pushes; the office has met the first one only. */
async function samePictureTwice({ office, url, joined }: HubScene) {
  const { other, url: otherUrl } = await joined('field', 'trainer');
  const add = async (owner: string): Promise<string> => {
    const { id } = await other.call('photos.add', { owner, ownerKind: 'store', bytes: CANVAS_JPEG });
    return id;
  };
  for (const id of STORES) await write(other, 'store', id, { name: '김밥집' });
  const first = await add(STORES[0]!);
  await other.call('hub.push', { url: otherUrl });
  await office.call('hub.pull', { url });
  const second = await add(STORES[1]!);
  return { other, otherUrl, first, second };
}

describe.skipIf(reason !== null)(`pictures in a hub${reason ? ` (skipped: ${reason})` : ''}`, () => {
  it.each(['nothing', 'personal'] as const)(
    'keeps one that is destroyed for one shop while another still has it, and no longer (sealed: %s)',
    async (seal) => {
      const scene = await madeHub(server, seal);
      const { name, office, url } = scene;
      const { other, otherUrl, first, second } = await samePictureTwice(scene);
      await other.call('hub.push', { url: otherUrl });
      // The office has not met the second one yet: here nothing names the picture any more.
      await office.call('records.erase', { entity: 'photo', id: first, fields: ['blob'] });
      await office.call('hub.push', { url });
      expect(await blobsIn(name)).toEqual({ blobs: 1, named: 1 });

      expect(await office.call('hub.pull', { url })).toMatchObject({ refused: 0 });
      expect(await office.call('photos.bytes', { id: second })).not.toBeNull();
      expect(await office.call('photos.bytes', { id: first })).toBeNull();

      await office.call('records.erase', { entity: 'photo', id: second, fields: ['blob'] });
      await office.call('hub.push', { url });
      expect(await blobsIn(name)).toEqual({ blobs: 0, named: 0 });
      await other.call('hub.pull', { url: otherUrl });
      expect(await other.call('photos.bytes', { id: second })).toBeNull();
    },
  );

  it('sends one again that was destroyed there between the question for it and its parcel', async () => {
    const scene = await madeHub(server);
    const { name, office, url } = scene;
    const { other, otherUrl, first, second } = await samePictureTwice(scene);
    await office.call('records.erase', { entity: 'photo', id: first, fields: ['blob'] });
    let pushing: Promise<unknown> | undefined;
    await whilePushesWait(server, name, async (waiting) => {
      pushing = other.call('hub.push', { url: otherUrl });
      await waiting();
      expect(await office.call('hub.pull', { url })).toMatchObject({ mended: 1 });
      expect(await blobsIn(name)).toEqual({ blobs: 0, named: 0 });
    });
    expect(await pushing).toMatchObject({ blobs: 1 });
    expect(await office.call('hub.pull', { url })).toMatchObject({ refused: 0 });
    expect(await office.call('photos.bytes', { id: second })).not.toBeNull();
  });

  it('lets one go that two let go of at the same time', async () => {
    const scene = await madeHub(server);
    const { name, office, url } = scene;
    const { other, otherUrl } = await samePictureTwice(scene);
    await other.call('hub.push', { url: otherUrl });
    await office.call('hub.pull', { url });
    const [{ programme, laptop, sha256 }] = (await server.sql(name, 'SELECT * FROM dangol.blob')) as [
      { programme: string; laptop: string; sha256: string },
    ];
    const [one, two] = [new Client({ connectionString: url }), new Client({ connectionString: url })];
    const release = async (client: Client, number: number): Promise<void> => {
      for (const [text, values = []] of releaseBlobs({ programme, laptop, sealed: false, number }, [
        sha256,
      ])) {
        await client.query(text, [...values]);
      }
    };
    try {
      for (const client of [one, two]) {
        await client.connect();
        await client.query('BEGIN');
      }
      await release(one, 1);
      let isDone = false;
      const second = release(two, 2).finally(() => (isDone = true));
      const waits = `SELECT 1 FROM pg_locks WHERE NOT granted`;
      while (!isDone && (await server.sql(name, waits)).length === 0);
      await one.query('COMMIT');
      await second;
      await two.query('COMMIT');
    } finally {
      await Promise.all([one.end(), two.end()]);
    }
    expect(await blobsIn(name)).toEqual({ blobs: 0, named: 0 });
  });

  it('stays as it is where somebody seals it anew for a parcel that was mended since', async () => {
    const { name, office, url } = await madeHub(server);
    await write(office, 'store', STORES[0]!, { name: '김밥집' });
    await office.call('photos.add', { owner: STORES[0]!, ownerKind: 'store', bytes: CANVAS_JPEG });
    await office.call('hub.push', { url });
    const bytes = async () =>
      (await server.sql(name, 'SELECT bytes FROM dangol.blob'))[0]!['bytes'] as Buffer;
    const [key] = await server.sql(
      name,
      'SELECT programme, laptop, sealed, number, sha256 FROM dangol.parcel_blob',
    );
    const replace = async (signature: string): Promise<void> => {
      const statements = replaceBlob(key as never, signature, String(key!['sha256']), Buffer.from('anew'));
      for (const [text, values = []] of statements) await server.sql(name, text, [...values]);
    };
    await server.sql(name, `UPDATE dangol.parcel SET mended_signature = 'the last one'`);
    await replace('the one before');
    expect((await bytes()).equals(Buffer.from(CANVAS_JPEG))).toBe(true);
    await replace('the last one');
    expect(String(await bytes())).toBe('anew');
  });

  it('is taken away where no parcel names it, by whoever pulls all anew', async () => {
    const { name, office, url, joined } = await madeHub(server);
    const reader = await joined('reader', 'reader');
    await write(office, 'store', STORES[0]!, { name: '김밥집' });
    await office.call('photos.add', { owner: STORES[0]!, ownerKind: 'store', bytes: CANVAS_JPEG });
    await office.call('hub.push', { url });
    await server.sql(
      name,
      `INSERT INTO dangol.blob SELECT programme, laptop, sealed, 'of a lost laptop', piece, pieces, bytes FROM dangol.blob`,
    );
    await reader.other.call('hub.pull', { url: reader.url, again: true });
    await office.call('hub.pull', { url });
    expect(await blobsIn(name)).toEqual({ blobs: 2, named: 1 });
    await office.call('hub.pull', { url, again: true });
    expect(await blobsIn(name)).toEqual({ blobs: 1, named: 1 });
  });

  it('leaves none behind that was sent before a cut and destroyed after it', async () => {
    const { name, joined } = await madeHub(server);
    const { other, url: otherUrl } = await joined('field', 'trainer');
    await write(other, 'store', STORES[0]!, { name: '김밥집' });
    const photo = await other.call('photos.add', {
      ...{ owner: STORES[0]!, ownerKind: 'store', bytes: CANVAS_JPEG },
    });
    // The first cut is before the blob arrives, and each is a little later, until one comes between blob and parcel.
    let left = 1500;
    for (; (await blobsIn(name)).blobs === 0; left += 100) {
      const proxy = await cuttingProxy(
        () => server.port,
        () => left,
      );
      onTestFinished(() => proxy.close());
      const cut = await other.core.call('hub.push', {
        url: otherUrl.replace(String(server.port), String(proxy.port)),
      });
      expect(cut).toMatchObject({ ok: false, error: { code: 'HUB_GONE' } });
    }
    expect(await blobsIn(name)).toEqual({ blobs: 1, named: 0 });
    await other.call('records.erase', { entity: 'photo', id: photo.id, fields: ['blob'] });
    await other.call('hub.push', { url: otherUrl });
    expect(await blobsIn(name)).toEqual({ blobs: 0, named: 0 });
  });

  it('brings a hub of the first version up to date with all that it holds', async () => {
    const scene = await madeHub(server);
    const { name, office } = scene;
    const { other, otherUrl, first, second } = await samePictureTwice(scene);
    await other.call('hub.push', { url: otherUrl });
    const copied = await server.database(`${name}_of_before`);
    const before = `${name}_of_before`;
    await server.sql(before, fs.readFileSync(VERSION_1, 'utf8'));
    for (const table of [
      'hub',
      'member',
      'member_programme',
      'laptop',
      'stream',
      'parcel',
      'change',
      'blob',
    ]) {
      const rows = await server.sql(name, `SELECT t::text AS row FROM dangol.${table} t`);
      for (const { row } of rows) {
        await server.sql(before, `INSERT INTO dangol.${table} SELECT ($1::dangol.${table}).*`, [row]);
      }
    }
    const everybody = 'dangol_coordinator, dangol_trainer';
    await server.sql(
      before,
      `GRANT USAGE ON SCHEMA dangol TO ${everybody}; GRANT SELECT ON ALL TABLES IN SCHEMA dangol TO ${everybody}`,
    );
    const there = server.url(before, new URL(otherUrl).username);

    expect(await other.core.call('hub.push', { url: there })).toMatchObject({ error: { code: 'HUB_OLDER' } });
    expect(await office.call('hub.init', { url: copied })).toMatchObject({ did: 'migrated' });
    await makeRoles(server, before);
    expect(await catalogOf(before)).toEqual(await catalogOf(name));
    expect(await blobsIn(before)).toEqual({ blobs: 1, named: 2 });
    await office.call('records.erase', { entity: 'photo', id: first, fields: ['blob'] });
    await office.call('hub.push', { url: copied });
    expect(await blobsIn(before)).toEqual({ blobs: 1, named: 1 });
    await office.call('hub.pull', { url: copied });
    await other.call('hub.pull', { url: there });
    expect(await office.call('photos.bytes', { id: second })).not.toBeNull();
    expect(other.dump()).toBe(office.dump());
  });
});
