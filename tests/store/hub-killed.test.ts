import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meetAsProcess } from '#tests/support/hub-process.ts';
import { madeHub, write } from '#tests/support/hub-scene.ts';
import { laptop, scratchDir } from '#tests/support/laptop.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';

const reason = whyNoPostgres();
const STORES = 60;

let server: TestPostgres;
beforeAll(async () => {
  if (!reason) server = await startPostgres();
});
afterAll(() => server?.close());

describe.skipIf(reason !== null)(
  `killed with a hub on the line${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    it.each(['push', 'pull'] as const)(
      'a %s that is killed at any byte is made good by the next one: nothing lost, nothing twice',
      async (what) => {
        const { name, office, url, joined } = await madeHub(server);
        const { other, url: otherUrl } = await joined('field');
        const [writer, writerUrl] = what === 'push' ? [other, otherUrl] : [office, url];
        for (let n = 0; n < STORES; n += 1) {
          const id = `0190aaaa-0000-7000-8000-${String(n + 100).padStart(12, '0')}`;
          await write(writer, 'store', id, { name: `가게 ${n}`, note: `${n}`.repeat(200) });
        }
        if (what === 'pull') await writer.call('hub.push', { url: writerUrl });
        const dir = other.dir;
        other.close();
        const before = scratchDir();
        fs.cpSync(dir, before, { recursive: true });
        const all = STORES;
        // A whole one tells how many bytes there are to be killed at.
        const rehearsed = scratchDir();
        fs.cpSync(dir, rehearsed, { recursive: true });
        const rehearsal = { dataDir: rehearsed, what, url: otherUrl, bytes: Infinity };
        const { answer: whole, passed: total } = await meetAsProcess(rehearsal);
        expect(whole).toMatchObject({ ok: true });
        if (what === 'push') {
          for (const table of ['change', 'parcel', 'stream', 'laptop'])
            await server.sql(name, `DELETE FROM dangol.${table}`);
        }
        let kills = 0;
        for (const share of [0.1, 0.3, 0.6, 0.9, 0.97, 0.995]) {
          const bytes = Math.floor(total * share);
          const { answer: reached } = await meetAsProcess({ dataDir: dir, what, url: otherUrl, bytes });
          if (reached === null) kills += 1;
          const again = laptop('field', { dir, fresh: false });
          const answer = await again.call(`hub.${what}`, { url: otherUrl });
          expect(answer).toMatchObject(what === 'pull' ? { refused: 0 } : { stopped: false });
          expect(await again.call('app.verify', {})).toMatchObject({ changes: all, faults: [] });
          const [held] = await server.sql(name, 'SELECT count(*)::int AS changes FROM dangol.change');
          expect(held).toEqual({ changes: all });
          if (what === 'pull') expect(again.dump()).toBe(office.dump());
          again.close();
          // And from the beginning for the next byte.
          fs.rmSync(dir, { recursive: true });
          fs.cpSync(before, dir, { recursive: true });
          if (what === 'push') {
            for (const table of ['change', 'parcel', 'stream', 'laptop'])
              await server.sql(name, `DELETE FROM dangol.${table}`);
          }
        }
        expect(kills).toBeGreaterThan(3);
      },
      120_000,
    );
  },
);
