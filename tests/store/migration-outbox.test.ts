import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { migrate } from '#main/store/migrate.ts';
import { migrations } from '#main/store/migrations/list.ts';
import { openDatabase, type Db } from '#main/store/sqlite.ts';
import { STORE_FILE } from '#main/store/store.ts';
import { KEY_FILE } from '#main/vault/key-file.ts';
import { laptop, scratchDir } from '#tests/support/laptop.ts';

const FIXTURES = path.join(import.meta.dirname, '../fixtures/store');
const KEY = Buffer.alloc(32, 7);
const fixture = (name: string): string => fs.readFileSync(path.join(FIXTURES, name), 'utf8');

/** A folder with a store of version 4: two laptops, one of them confirmed, and a kit that was made. */
function oldStore(): string {
  const dir = scratchDir();
  fs.writeFileSync(path.join(dir, KEY_FILE), `${KEY.toString('hex')}\n`, { mode: 0o600 });
  using(dir, (db) => db.exec(`BEGIN;${fixture('version-4.sql')}COMMIT;`), false);
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

const TABLES = ['change', 'change_source', 'draft', 'import', 'kit', 'laptop', 'laptop_key', 'meta', 'step'];
const all = (db: Db): unknown[] => TABLES.map((table) => db.prepare(`SELECT * FROM "${table}"`).all());

it('a store of version 4 keeps what it had and has an empty outbox', async () => {
  const dir = oldStore();
  const before = using(dir, all);
  expect(JSON.stringify(before)).toContain('김트레');
  using(dir, (db) => migrate(db));
  expect(using(dir, all)).toEqual(before);
  expect(using(dir, (db) => db.pragma('user_version', { simple: true }))).toBe(migrations.at(-1)!.version);

  const office = laptop('office', { dir, fresh: false });
  expect(await office.call('outbox.list', { all: true })).toEqual([]);
  expect(await office.call('destinations.list', {})).toEqual([]);
  expect((await office.call('outbox.state', {})).now).toBe('empty');
  expect(office.dump()).toBe(fixture('version-4.jsonl'));
  expect(await office.call('app.verify', {})).toMatchObject({ faults: [] });
});
