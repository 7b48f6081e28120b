import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeHub, write } from '#tests/support/hub-scene.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';

const reason = whyNoPostgres();
const STORE = '0190aaaa-0000-7000-8000-000000000001';
const PHONE = '010-0000-7788';

let server: TestPostgres;
beforeAll(async () => {
  if (!reason) server = await startPostgres();
});
afterAll(() => server?.close());

/** Nobody pushes changes while `work` runs, after their first word with the hub; `waiting` resolves when somebody tries. */
async function whilePushesWait(
  name: string,
  work: (waiting: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const client = new Client({ connectionString: server.url(name) });
  await client.connect();
  try {
    await client.query('BEGIN; LOCK TABLE dangol.change IN SHARE MODE');
    await work(async () => {
      const locks = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'dangol.change'::regclass`;
      for (let found = 0; found === 0;) found = (await client.query(locks)).rows.length;
    });
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

describe.skipIf(reason !== null)(
  `a coordinator who is named while others go on${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    it('opens what was on its way, sealed for those of before, as soon as another coordinator pulls it', async () => {
      const { name, office, url, joined } = await madeHub(server, 'personal');
      const trainer = await joined('minji', 'trainer');
      const late = await joined('late');
      await office.take('late.dangol', await late.other.exported());
      await write(trainer.other, 'store', STORE, { name: '김밥집', phone: PHONE });
      let pushing: Promise<unknown> | undefined;
      await whilePushesWait(name, async (waiting) => {
        pushing = trainer.other.call('hub.push', { url: trainer.url });
        await waiting();
        await office.call('hub.coordinate', { url, laptop: late.id });
      });
      await pushing;
      expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({ sealedForOthers: 1 });
      expect(await office.call('hub.pull', { url })).toMatchObject({ refused: 0, sealedForOthers: 0 });
      expect(await late.other.call('hub.pull', { url: late.url })).toMatchObject({ sealedForOthers: 0 });
      expect(late.other.dump()).toBe(office.dump());
      expect(late.other.dump()).toContain(PHONE);
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
      await whilePushesWait(name, async (waiting) => {
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
