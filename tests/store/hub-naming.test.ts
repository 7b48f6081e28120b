import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { cuttingProxy } from '#tests/support/hub-proxy.ts';
import { madeHub, whilePushesWait, write, type HubScene, type Joined } from '#tests/support/hub-scene.ts';
import { CANVAS_JPEG } from '#tests/support/pictures.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';

const reason = whyNoPostgres();
const STORE = '0190aaaa-0000-7000-8000-000000000001';
const PHONE = '010-0000-7788';

let server: TestPostgres;
beforeAll(async () => {
  if (!reason) server = await startPostgres();
});
afterAll(() => server?.close());

/** What a trainer pushes is on its way, sealed for those of before, when the founder names somebody. */
async function pushedWhileNamed(
  { name, office, url }: HubScene,
  trainer: Joined,
  late: Joined,
): Promise<void> {
  let pushing: Promise<unknown> | undefined;
  await whilePushesWait(server, name, async (waiting) => {
    pushing = trainer.other.call('hub.push', { url: trainer.url });
    await waiting();
    await office.call('hub.coordinate', { url, laptop: late.id });
  });
  await pushing;
}

describe.skipIf(reason !== null)(
  `a coordinator who is named while others go on${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    it('opens what was on its way, sealed for those of before, as soon as another coordinator pulls it', async () => {
      const scene = await madeHub(server, 'personal');
      const { office, url, joined } = scene;
      const trainer = await joined('minji', 'trainer');
      const late = await joined('late');
      await office.take('late.dangol', await late.other.exported());
      await write(trainer.other, 'store', STORE, { name: '김밥집', phone: PHONE });
      await pushedWhileNamed(scene, trainer, late);
      expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({ sealedForOthers: 1 });
      expect(await office.call('hub.pull', { url })).toMatchObject({ refused: 0, sealedForOthers: 0 });
      expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({ sealedForOthers: 0 });
      expect(late.other.dump()).toBe(office.dump());
      expect(late.other.dump()).toContain(PHONE);
    });

    it('is not forgotten by somebody whose pull was cut', async () => {
      const scene = await madeHub(server, 'personal');
      const { office, url, joined } = scene;
      const trainer = await joined('minji', 'trainer');
      const late = await joined('late');
      await office.take('late.dangol', await late.other.exported());
      const before = (await office.call('imports.list', {})).length;
      await write(trainer.other, 'store', STORE, { phone: PHONE });
      await pushedWhileNamed(scene, trainer, late);
      // Each cut is a little later, until one comes after the parcel was taken.
      let left = 1500;
      for (; (await office.call('imports.list', {})).length === before; left += 100) {
        const proxy = await cuttingProxy(
          () => server.port,
          () => left,
        );
        onTestFinished(() => proxy.close());
        const cut = await office.core.call('hub.pull', {
          url: url.replace(String(server.port), String(proxy.port)),
        });
        if (!cut.ok) expect(cut.error.code).toBe('HUB_GONE');
      }
      await office.call('hub.pull', { url });
      expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({ sealedForOthers: 0 });
      expect(late.other.dump()).toContain(PHONE);
    });

    it('opens the photo too that another coordinator than the founder seals anew', async () => {
      const scene = await madeHub(server, 'personal');
      const { office, url, joined } = scene;
      const trainer = await joined('minji', 'trainer');
      const [early, late] = [await joined('early'), await joined('late')];
      for (const { other, id } of [early, late]) {
        await office.take(`${id}.dangol`, await other.exported());
        if (id === early.id) await office.call('hub.coordinate', { url, laptop: id });
      }
      await write(trainer.other, 'store', STORE, { name: '김밥집' });
      const photo = await trainer.other.call('photos.add', {
        ...{ owner: STORE, ownerKind: 'store', bytes: CANVAS_JPEG },
      });
      await pushedWhileNamed(scene, trainer, late);
      expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({ sealedForOthers: 1 });
      expect(await early.other.call('hub.pull', { url: early.url })).toMatchObject({ refused: 0 });
      expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({
        ...{ refused: 0, sealedForOthers: 0 },
      });
      expect(await late.other.call('photos.bytes', { id: photo.id })).not.toBeNull();
    });

    it('opens a photo that a cut had left there, sealed for those of before', async () => {
      const { name, office, url, joined } = await madeHub(server, 'personal');
      const trainer = await joined('minji', 'trainer');
      const late = await joined('late');
      await office.take('late.dangol', await late.other.exported());
      await write(trainer.other, 'store', STORE, { name: '김밥집' });
      const photo = await trainer.other.call('photos.add', {
        ...{ owner: STORE, ownerKind: 'store', bytes: CANVAS_JPEG },
      });
      await whilePushesWait(server, name, async (waiting) => {
        const pushing = trainer.other.core.call('hub.push', { url: trainer.url });
        await waiting();
        await server.sql(name, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [
          trainer.login,
        ]);
        expect(await pushing).toMatchObject({ error: { code: 'HUB_GONE' } });
      });
      await office.call('hub.coordinate', { url, laptop: late.id });
      expect(await trainer.other.call('hub.push', { url: trainer.url })).toMatchObject({ blobs: 0 });
      expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({ sealedForOthers: 1 });
      expect(await office.call('hub.pull', { url })).toMatchObject({ refused: 0, sealedForOthers: 0 });
      expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({
        ...{ refused: 0, sealedForOthers: 0 },
      });
      expect(await late.other.call('photos.bytes', { id: photo.id })).not.toBeNull();
    });

    it('is not locked out again by somebody who blanks a parcel and has not heard of them', async () => {
      const { name, office, url, joined } = await madeHub(server, 'personal');
      const trainer = await joined('minji', 'trainer');
      const late = await joined('late');
      await office.take('late.dangol', await late.other.exported());
      await write(trainer.other, 'store', STORE, { ownerName: '김단골' });
      await write(trainer.other, 'store', STORE, { phone: PHONE });
      await trainer.other.call('hub.push', { url: trainer.url });
      trainer.other.clock.now += 60_000;
      await trainer.other.call('records.erase', { entity: 'store', id: STORE, fields: ['phone'] });
      // The erasure is on its way, and with it, in the same visit, the blanking of what was pushed before.
      let pushing: Promise<unknown> | undefined;
      await whilePushesWait(server, name, async (waiting) => {
        pushing = trainer.other.call('hub.push', { url: trainer.url });
        await waiting();
        expect(await office.call('hub.coordinate', { url, laptop: late.id })).toMatchObject({ mended: 1 });
      });
      expect(await pushing).toMatchObject({ mended: 1 });
      expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({ sealedForOthers: 0 });
      expect(late.other.dump()).toContain('김단골');
      expect(late.other.dump()).not.toContain(PHONE);
    });
  },
);
