import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeHub, write, type HubScene } from '#tests/support/hub-scene.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';

const reason = whyNoPostgres();
const STORE = '0190aaaa-0000-7000-8000-000000000001';

let server: TestPostgres;
beforeAll(async () => {
  if (!reason) server = await startPostgres();
});
afterAll(() => server?.close());

/** Two parcels of the office, and a laptop that has the first. */
async function twoParcels(): Promise<HubScene & Awaited<ReturnType<HubScene['joined']>>> {
  const scene = await madeHub(server);
  const joined = await scene.joined('field');
  await write(scene.office, 'store', STORE, { name: '하나' });
  await scene.office.call('hub.push', { url: scene.url });
  await joined.other.call('hub.pull', { url: joined.url });
  await write(scene.office, 'store', STORE, { name: '둘' });
  await scene.office.call('hub.push', { url: scene.url });
  return { ...scene, other: joined.other, id: joined.id, login: joined.login, url: joined.url };
}

/** What a database administrator with bad intentions does to the second parcel. */
const tampering: Record<string, string> = {
  'content of another parcel': `UPDATE dangol.parcel SET content = (SELECT content FROM dangol.parcel WHERE number = 1) WHERE number = 2`,
  'a byte of the content': `UPDATE dangol.parcel SET content = set_byte(content, 40, (get_byte(content, 40) + 1) % 256) WHERE number = 2`,
  'the salt': `UPDATE dangol.parcel SET content = set_byte(content, 0, (get_byte(content, 0) + 1) % 256) WHERE number = 2`,
  'an empty content': `UPDATE dangol.parcel SET content = '' WHERE number = 2`,
  'the signature': `UPDATE dangol.parcel SET signature = (SELECT signature FROM dangol.parcel WHERE number = 1) WHERE number = 2`,
  'the manifest': `UPDATE dangol.parcel SET manifest = replace(manifest, '"role":"trainer"', '"role":"manager"') WHERE number = 2`,
  'the first parcel in the place of the second': `UPDATE dangol.parcel b SET manifest = a.manifest, signature = a.signature, content = a.content,
     digest = a.digest FROM dangol.parcel a WHERE a.number = 1 AND b.number = 2`,
  'the digest': `UPDATE dangol.parcel SET digest = repeat('0', 64) WHERE number = 2`,
  'mended by nobody': `UPDATE dangol.parcel SET mended_manifest = manifest, mended_signature = signature WHERE number = 2`,
  'no manifest at all': `UPDATE dangol.parcel SET manifest = '{', digest = '' WHERE number = 2`,
};

describe.skipIf(reason !== null)(
  `a hub that is not to be trusted${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    it.each(Object.keys(tampering))(
      'refuses %s, keeps nothing of it, and takes the right one later',
      async (what) => {
        const { name, other, url, office } = await twoParcels();
        await server.sql(name, 'CREATE TABLE safe AS TABLE dangol.parcel');
        await server.sql(name, tampering[what]!);
        const before = other.dump();
        const pulled = await other.call('hub.pull', { url });
        expect(pulled).toMatchObject({ new: 0, refused: 1 });
        expect(pulled.files.at(-1)).toMatchObject({
          status: 'refused',
          error: { code: 'HUB_PARCEL_FORGED' },
        });
        expect(other.dump()).toBe(before);
        await server.sql(
          name,
          `UPDATE dangol.parcel p SET manifest = s.manifest, signature = s.signature, content = s.content, digest = s.digest,
         mended_manifest = NULL, mended_signature = NULL FROM safe s WHERE s.number = p.number`,
        );
        expect(await other.call('hub.pull', { url })).toMatchObject({ new: 1, refused: 0 });
        expect(other.dump()).toBe(office.dump());
      },
    );

    it.each([
      [
        'claims parcels that it does not have',
        'UPDATE dangol.stream SET number = 2000000000',
        '3 is missing',
      ],
      [
        'holds something far too large',
        `UPDATE dangol.parcel SET content = decode(repeat('00', 21000000), 'hex') WHERE number = 2`,
        'size',
      ],
    ])('is not worn out by a hub that %s', async (_what, text, rule) => {
      const { name, other, url } = await twoParcels();
      await server.sql(name, text);
      const { files } = await other.call('hub.pull', { url });
      const refused = files.filter(({ status }) => status === 'refused');
      expect(refused).toMatchObject([{ error: { code: 'HUB_PARCEL_FORGED', params: { rule } } }]);
    });

    it('refuses a hole in a stream', async () => {
      const { name, other, url, office } = await twoParcels();
      await write(office, 'store', STORE, { name: '셋' });
      await office.call('hub.push', { url: server.url(name) });
      await server.sql(
        name,
        'ALTER TABLE dangol.parcel DROP CONSTRAINT parcel_programme_laptop_sealed_previous_fkey',
      );
      await server.sql(name, 'DELETE FROM dangol.parcel WHERE number = 2');
      const pulled = await other.call('hub.pull', { url });
      expect(pulled.files).toMatchObject([
        { error: { code: 'HUB_PARCEL_FORGED', params: { rule: '2 is missing' } } },
      ]);
      expect(other.dump()).not.toContain('셋');
    });

    it('refuses a roster that the founder did not sign, and an older one', async () => {
      const { name, other, url, office, id } = await twoParcels();
      await server.sql(name, 'CREATE TABLE safe AS TABLE dangol.hub');
      await server.sql(
        name,
        `UPDATE dangol.hub SET roster = replace(roster, '"seal":"nothing"', '"seal":"personal"')`,
      );
      await expect(other.call('hub.push', { url })).rejects.toMatchObject({ code: 'HUB_ROSTER_FORGED' });
      await server.sql(name, 'UPDATE dangol.hub h SET roster = s.roster FROM safe s');
      await office.take('field.dangol', await other.exported());
      await office.call('hub.coordinate', { url: server.url(name), laptop: id });
      await other.call('hub.pull', { url });
      await server.sql(
        name,
        'UPDATE dangol.hub h SET roster = s.roster, signature = s.signature FROM safe s',
      );
      await expect(other.call('hub.pull', { url })).rejects.toMatchObject({ code: 'HUB_ROSTER_FORGED' });
    });

    it('refuses a laptop that comes with another key than before, as in a file', async () => {
      const { name, other, url, office } = await twoParcels();
      const { laptop } = await office.call('app.status', {});
      const publicKey = createHash('sha256').update('another').digest('base64');
      await other.call('laptops.accept', { id: laptop!.id, publicKey });
      expect(await other.call('hub.pull', { url })).toMatchObject({
        refused: 1,
        files: [{ error: { code: 'LAPTOP_KEY_CHANGED' } }],
      });
      expect(name).toBeTruthy();
    });
  },
);
