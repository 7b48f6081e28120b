import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { migrate } from '#main/store/migrate.ts';
import { openDatabase, type Db } from '#main/store/sqlite.ts';
import { STORE_FILE } from '#main/store/store.ts';
import { KEY_FILE } from '#main/vault/key-file.ts';
import { dawn, dusk } from '#tests/support/exchange-builder.ts';
import { laptop, scratchDir } from '#tests/support/laptop.ts';

const FIXTURE = path.join(import.meta.dirname, '../fixtures/store/version-2-laptops.sql');
const KEY = Buffer.alloc(32, 7);

/** A folder with a store of version 2, in which one laptop had come with another key, which was accepted. */
function oldStore(): string {
  const dir = scratchDir();
  fs.writeFileSync(path.join(dir, KEY_FILE), `${KEY.toString('hex')}\n`, { mode: 0o600 });
  using(dir, (db) => db.exec(`BEGIN;${fs.readFileSync(FIXTURE, 'utf8')}COMMIT;`), false);
  return dir;
}

function using<T>(dir: string, work: (db: Db) => T, mustExist = true): T {
  const db = openDatabase(path.join(dir, STORE_FILE), KEY, { mustExist });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const all = (db: Db): unknown[] =>
  ['laptop', 'import', 'change', 'change_source', 'draft', 'step', 'meta'].map((table) =>
    db.prepare(`SELECT * FROM "${table}"`).all(),
  );

it('a store of version 2 keeps what it had, and each laptop’s key begins its history', () => {
  const dir = oldStore();
  const before = using(dir, all);
  expect(JSON.stringify(before)).toContain('새벽 2.dangol');
  using(dir, (db) => migrate(db));
  expect(using(dir, all)).toEqual(before);
  const keys = using(dir, (db) => db.prepare('SELECT * FROM laptop_key ORDER BY n').all());
  const known = using(dir, (db) => db.prepare('SELECT * FROM laptop ORDER BY id').all()) as {
    id: string;
    publicKey: string;
    firstSeenAt: string;
  }[];
  expect(keys).toEqual(
    known.map(({ id, publicKey, firstSeenAt }, at) => ({
      ...{ n: at + 1, laptop: id, publicKey, since: firstSeenAt, verdict: null, judgedAt: null },
    })),
  );
});

it('its laptops wait to be confirmed: nobody was asked before', async () => {
  const office = laptop('office', { dir: oldStore(), fresh: false });
  const rows = await office.call('laptops.list', {});
  expect(
    rows.map(({ id, key, earlierKeys, files, undone }) => [id, key.verdict, earlierKeys, files, undone]),
  ).toEqual([
    [dawn.id, 'waiting', [], 2, 0],
    [dusk.id, 'waiting', [], 1, 1],
  ]);
  expect((await office.call('app.status', {})).desk.keys).toBe(2);
  expect(await office.call('app.verify', {})).toMatchObject({ faults: [] });
});
