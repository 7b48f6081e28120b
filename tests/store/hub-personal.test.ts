import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeHub, whilePushesWait, write } from '#tests/support/hub-scene.ts';
import { CANVAS_JPEG } from '#tests/support/pictures.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';

const reason = whyNoPostgres();
const PROGRAM = '0190aaaa-0000-7000-8000-0000000000aa';
const OTHER_PROGRAM = '0190aaaa-0000-7000-8000-0000000000ab';
const SITE = '0190aaaa-0000-7000-8000-0000000000bb';
const STORE = '0190aaaa-0000-7000-8000-000000000001';
const PHONE = '010-0000-7788';

let server: TestPostgres;
beforeAll(async () => {
  if (!reason) server = await startPostgres();
});
afterAll(() => server?.close());

/** Everything in the hub's tables, packed contents unpacked as far as they can be. */
async function everythingIn(name: string): Promise<string> {
  const { inflateRawSync } = await import('node:zlib');
  const parcels = await server.sql(name, 'SELECT content, manifest, mended_manifest FROM dangol.parcel');
  return parcels
    .map(({ content, manifest, mended_manifest: mended }) => {
      let text: string;
      try {
        text = inflateRawSync((content as Buffer).subarray(32)).toString('utf8');
      } catch {
        text = (content as Buffer).toString('latin1');
      }
      return text + String(manifest) + String(mended);
    })
    .join('\n');
}

describe.skipIf(reason !== null)(`personal data in a hub${reason ? ` (skipped: ${reason})` : ''}`, () => {
  it('is sealed for the coordinators, while the rest is there for everybody of the programme', async () => {
    const { name, office, url, joined } = await madeHub(server, 'personal');
    const trainer = await joined('minji', 'trainer', [PROGRAM]);
    const colleague = await joined('junho', 'trainer', [PROGRAM]);
    await write(trainer.other, 'program', PROGRAM, { name: '단골거리' });
    await write(trainer.other, 'site', SITE, { name: '망원시장', program: PROGRAM });
    await write(trainer.other, 'store', STORE, { name: '김밥집', site: SITE });
    await write(trainer.other, 'store', STORE, { phone: PHONE });
    await trainer.other.call('photos.add', { owner: STORE, ownerKind: 'store', bytes: CANVAS_JPEG });
    expect(await trainer.other.call('hub.push', { url: trainer.url })).toMatchObject({
      parcels: 2,
      blobs: 1,
    });
    expect(await everythingIn(name)).not.toContain(PHONE);

    expect(await office.call('hub.pull', { url })).toMatchObject({ refused: 0, sealedForOthers: 0 });
    expect(office.dump()).toBe(trainer.other.dump());
    await colleague.other.call('hub.pull', { url: colleague.url });
    expect(colleague.other.dump()).toContain('김밥집');
    expect(colleague.other.dump()).not.toContain(PHONE);
  });

  it('opens for a coordinator who is named later, and for nobody whom the founder did not name', async () => {
    const { office, url, joined } = await madeHub(server, 'personal');
    const late = await joined('late');
    await write(office, 'store', STORE, { name: '김밥집', phone: PHONE });
    await office.call('photos.add', { owner: STORE, ownerKind: 'store', bytes: CANVAS_JPEG });
    await office.call('hub.push', { url });
    expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({
      new: 0,
      sealedForOthers: 1,
    });
    await office.take('late.dangol', await late.other.exported());
    expect(await office.call('hub.coordinate', { url, laptop: late.id })).toMatchObject({ mended: 1 });
    // Who was named and never pushed is known from the signed list, and can be taken off it.
    const { laptops, coordinators } = await office.call('hub.status', { url });
    expect(laptops.map(({ name }) => name)).toEqual(['office']);
    expect(coordinators).toMatchObject([
      { name: 'office', pushed: true },
      { id: late.id, name: 'late', pushed: false },
    ]);
    await office.call('hub.coordinate', { url, laptop: late.id, coordinates: false });
    expect((await office.call('hub.status', { url })).coordinators).toMatchObject([{ name: 'office' }]);
    await office.call('hub.coordinate', { url, laptop: late.id });
    expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({ sealedForOthers: 0 });
    expect(late.other.dump()).toBe(office.dump());
    await expect(late.other.call('hub.coordinate', { url: late.url, laptop: late.id })).rejects.toMatchObject(
      { code: 'HUB_NOT_FOUNDER' },
    );
  });

  it.each(['nothing', 'personal'] as const)(
    'is blanked in the hub when it is erased, whoever wrote it (sealed: %s)',
    async (seal) => {
      const { name, office, url, joined } = await madeHub(server, seal);
      const trainer = await joined('minji', 'trainer');
      await write(trainer.other, 'store', STORE, { name: '김밥집' });
      await write(trainer.other, 'store', STORE, { phone: PHONE });
      const { id } = await trainer.other.call('photos.add', {
        ...{ owner: STORE, ownerKind: 'store', bytes: CANVAS_JPEG },
      });
      await trainer.other.call('hub.push', { url: trainer.url });
      await office.call('hub.pull', { url });
      if (seal === 'nothing') expect(await everythingIn(name)).toContain(PHONE);
      expect(await server.sql(name, 'SELECT sha256 FROM dangol.blob')).toHaveLength(1);

      office.clock.now += 60_000;
      await office.call('records.erase', { entity: 'store', id: STORE, fields: ['phone'] });
      await office.call('records.erase', { entity: 'photo', id, fields: ['blob'] });
      const before = await server.sql(name, 'SELECT content FROM dangol.parcel WHERE sealed = $1', [
        seal === 'personal',
      ]);
      expect((await office.call('hub.push', { url })).mended).toBeGreaterThan(0);
      expect(await everythingIn(name)).not.toContain(PHONE);
      expect(await server.sql(name, 'SELECT sha256 FROM dangol.blob')).toEqual([]);
      const after = await server.sql(name, 'SELECT content FROM dangol.parcel WHERE sealed = $1', [
        seal === 'personal',
      ]);
      expect(after).not.toEqual(before);

      // Those who come later get it blanked, and those who have the value destroy it.
      await trainer.other.call('hub.pull', { url: trainer.url });
      expect(trainer.other.dump()).toBe(office.dump());
      const fresh = await joined('fresh');
      if (seal === 'personal') {
        await office.take('fresh.dangol', await fresh.other.exported());
        await office.call('hub.coordinate', { url, laptop: fresh.id });
      }
      expect(await fresh.other.call('hub.pull', { url: fresh.url })).toMatchObject({ refused: 0 });
      expect(fresh.other.dump()).toBe(office.dump());
      expect(fresh.other.dump()).not.toContain(PHONE);
    },
  );

  it('is blanked too where it is erased while another value of the same change is', async () => {
    const { name, office, url, joined } = await madeHub(server);
    const trainer = await joined('minji', 'trainer');
    await write(trainer.other, 'store', STORE, { phone: PHONE, ownerName: '김단골' });
    await trainer.other.call('hub.push', { url: trainer.url });
    await office.call('hub.pull', { url });
    const erase = (field: string) =>
      office.call('records.erase', { entity: 'store', id: STORE, fields: [field] });
    await erase('phone');
    let pulling: Promise<unknown> | undefined;
    await whilePushesWait(
      server,
      name,
      async (waiting) => {
        pulling = office.call('hub.pull', { url });
        await waiting();
        await erase('ownerName');
      },
      'parcel',
    );
    await pulling;
    await office.call('hub.pull', { url });
    expect(await everythingIn(name)).not.toContain(PHONE);
    expect(await everythingIn(name)).not.toContain('김단골');
  });

  it('is blanked when the value reaches the hub after its erasure', async () => {
    const { name, office, url, joined } = await madeHub(server);
    const trainer = await joined('minji', 'trainer');
    await write(trainer.other, 'store', STORE, { name: '김밥집', phone: PHONE });
    await office.take('day.dangol', await trainer.other.exported());
    office.clock.now += 60_000;
    await office.call('records.erase', { entity: 'store', id: STORE, fields: ['phone'] });
    // The trainer has not heard of it, and is first.
    await trainer.other.call('hub.push', { url: trainer.url });
    expect(await everythingIn(name)).toContain(PHONE);
    expect(await office.call('hub.push', { url })).toMatchObject({ mended: 1 });
    expect(await everythingIn(name)).not.toContain(PHONE);
    expect(await office.call('hub.pull', { url })).toMatchObject({ refused: 0, mended: 0 });

    // Another one who has not heard of it either writes the phone anew.
    const late = await joined('junho');
    await write(late.other, 'store', STORE, { phone: PHONE });
    await late.other.call('hub.push', { url: late.url });
    expect(await everythingIn(name)).toContain(PHONE);
    expect(await office.call('hub.pull', { url })).toMatchObject({ refused: 0, mended: 1 });
    expect(await everythingIn(name)).not.toContain(PHONE);
    await trainer.other.call('hub.pull', { url: trainer.url });
    await late.other.call('hub.pull', { url: late.url });
    expect(late.other.dump()).toBe(office.dump());
    expect(trainer.other.dump()).toBe(office.dump());
  });

  it('is blanked again in a hub that was put back from a copy of before the erasure', async () => {
    const { name, office, url } = await madeHub(server);
    await write(office, 'store', STORE, { name: '김밥집', phone: PHONE });
    await office.call('hub.push', { url });
    const tables = ['change', 'parcel', 'stream'];
    for (const table of tables) await server.sql(name, `CREATE TABLE old_${table} AS TABLE dangol.${table}`);
    office.clock.now += 60_000;
    await office.call('records.erase', { entity: 'store', id: STORE, fields: ['phone'] });
    expect(await office.call('hub.push', { url })).toMatchObject({ mended: 1 });
    for (const table of tables) {
      await server.sql(name, `DELETE FROM dangol.${table}`);
      await server.sql(name, `INSERT INTO dangol.${table} SELECT * FROM old_${table}`);
    }
    expect(await everythingIn(name)).toContain(PHONE);
    await office.call('hub.pull', { url, again: true });
    expect(await everythingIn(name)).not.toContain(PHONE);
  });

  it('row-level security: a trainer adds changes of their own laptop and reads their programmes', async () => {
    const { name, office, url, joined } = await madeHub(server);
    await write(office, 'program', PROGRAM, { name: '단골거리' });
    await write(office, 'program', OTHER_PROGRAM, { name: '우수시장' });
    await office.call('hub.push', { url });
    const trainer = await joined('minji', 'trainer', [PROGRAM]);
    const reader = await joined('boss', 'reader', [PROGRAM]);
    await trainer.other.call('hub.pull', { url: trainer.url });
    expect(trainer.other.dump()).toContain('단골거리');
    expect(trainer.other.dump()).not.toContain('우수시장');
    await reader.other.call('hub.pull', { url: reader.url });
    expect(reader.other.dump()).toBe(trainer.other.dump());
    await write(reader.other, 'program', PROGRAM, { name: '내 사업' });
    await expect(reader.other.call('hub.push', { url: reader.url })).rejects.toMatchObject({
      code: 'HUB_RIGHTS',
    });

    // Others' changes, which came as a file, are left to those who may.
    await trainer.other.take('office.dangol', await office.exported());
    await write(trainer.other, 'program', PROGRAM, { name: '단골길' });
    expect(await trainer.other.call('hub.push', { url: trainer.url })).toMatchObject({ pushed: 1 });

    const { laptop: officeLaptop } = await office.call('app.status', {});
    const as = async (login: string, text: string, values: unknown[] = []): Promise<unknown> =>
      server.as(name, login, text, values);
    const insert = `INSERT INTO dangol.parcel (programme, laptop, sealed, number, previous, digest, manifest, signature, revision, content)
      VALUES ($1, $2, false, $3, $4, 'd', 'm', 's', 0, '')`;
    for (const [login, text, values] of [
      [trainer.login, insert, [PROGRAM, officeLaptop!.id, 2, 1]],
      [reader.login, insert, [PROGRAM, reader.id, 1, null]],
      [
        trainer.login,
        `INSERT INTO dangol.change VALUES ($1, '\\x00', '', $2, false, 1)`,
        [officeLaptop!.id, trainer.id],
      ],
      [trainer.login, 'DELETE FROM dangol.parcel', []],
      [trainer.login, `UPDATE dangol.parcel SET number = 9`, []],
      [trainer.login, `UPDATE dangol.hub SET roster = ''`, []],
      [trainer.login, `INSERT INTO dangol.member VALUES ('x', 'y', 'coordinator')`, []],
      [trainer.login, 'CREATE TABLE dangol.mine (a int)', []],
    ] as const) {
      await expect(as(login, text, [...values]), text).rejects.toMatchObject({ code: '42501' });
    }
    expect(await as(trainer.login, 'SELECT login FROM dangol.member')).toEqual([{ login: trainer.login }]);
    // Of what is not theirs they change nothing, and are not told that it is there.
    await as(trainer.login, `UPDATE dangol.parcel SET content = ''`);
    const untouched = await server.sql(name, `SELECT laptop FROM dangol.parcel WHERE content <> ''`);
    expect(new Set(untouched.map((row) => row['laptop']))).toEqual(new Set([officeLaptop!.id]));
  });
});
