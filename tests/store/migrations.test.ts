import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCore } from '#main/core.ts';
import { migrate } from '#main/store/migrate.ts';
import { migrations } from '#main/store/migrations/list.ts';
import { openDatabase, type Db } from '#main/store/sqlite.ts';
import { openStore, STORE_FILE } from '#main/store/store.ts';
import { KEY_FILE } from '#main/vault/key-file.ts';
import { scratchDir, valueOf } from '#tests/support/laptop.ts';

const FIXTURES = path.join(import.meta.dirname, '../fixtures/store');
const KEY = Buffer.alloc(32, 7);
const NEWEST = migrations.at(-1)!.version;

function fixture(name: string): string {
  return fs.readFileSync(path.join(FIXTURES, name), 'utf8');
}

/** A folder with a store as the program of an earlier version left it. */
function oldStore(version: number): string {
  const dir = scratchDir();
  fs.writeFileSync(path.join(dir, KEY_FILE), `${KEY.toString('hex')}\n`, { mode: 0o600 });
  using(dir, (db) => db.exec(`BEGIN;${fixture(`version-${version}.sql`)}COMMIT;`), false);
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

/** Every table with its rows, projections aside: those are made anew from the log when the model changes. */
function rowsOf(db: Db): Record<string, unknown[]> {
  const names = db
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'r\\_%' ESCAPE '\\' ORDER BY 1",
    )
    .pluck()
    .all() as string[];
  return Object.fromEntries(names.map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]));
}

/** Names and statements of all tables and indexes but the projections'. */
function shapeOf(db: Db): unknown[] {
  return db
    .prepare(
      "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'r\\_%' ESCAPE '\\' AND name NOT LIKE 'live\\_%' ESCAPE '\\' ORDER BY 1",
    )
    .all();
}

const versionOf = (db: Db): unknown => db.pragma('user_version', { simple: true });

const outbox = ['delivery', 'delivery_piece', 'destination', 'kit_destination'];
const hub = ['hub', 'hub_mend', 'hub_parcel'];

/** The tables that a version did not have yet, and what else its fixture holds. */
const past = [
  { version: 1, newer: [...outbox, ...hub, 'audit', 'draft', 'kit', 'step', 'step_change'], blobs: 1 },
  { version: 2, newer: [...outbox, ...hub, 'audit', 'kit'], blobs: 0 },
];

describe.each(past)('a store of version $version', ({ version, newer, blobs }) => {
  it('has all that it had, in the tables of today', () => {
    const dir = oldStore(version);
    const before = using(dir, rowsOf);
    using(dir, (db) => migrate(db));
    const after = using(dir, rowsOf);
    // Each key that was known counts as seen, and not as confirmed.
    const keys = (before['laptop'] as { id: string; publicKey: string; firstSeenAt: string }[]).map(
      ({ id, publicKey, firstSeenAt }, at) => ({
        ...{ n: at + 1, laptop: id, publicKey, since: firstSeenAt },
        ...{ verdict: null, judgedAt: null },
      }),
    );
    const empty = Object.fromEntries(newer.map((name) => [name, []]));
    expect(after).toEqual({ ...before, ...empty, laptop_key: keys });
    expect(using(dir, versionOf)).toBe(NEWEST);
    expect(before['change']!.length).toBeGreaterThan(20);
  });

  it('opens, shows the same records to the letter, and is whole', async () => {
    const dir = oldStore(version);
    const core = valueOf(openCore({ dataDir: dir, create: false }));
    try {
      expect([...core.dump()].map((line) => `${line}\n`).join('')).toBe(fixture(`version-${version}.jsonl`));
      const verified = valueOf(await core.call('app.verify', {}));
      expect(verified).toMatchObject({ faults: [], blobs });
      valueOf(await core.call('drafts.put', { key: 'a', value: 'b' }));
    } finally {
      core.close();
    }
  });

  it('ends with the tables of a new store', () => {
    const fresh = scratchDir();
    using(fresh, (db) => migrate(db), false);
    const old = oldStore(version);
    using(old, (db) => migrate(db));
    // Whole lines of comment may differ: what counts is what the engine keeps.
    const bare = (shape: unknown[]): string => JSON.stringify(shape).replaceAll(/\s+/g, ' ');
    expect(bare(using(old, shapeOf))).toBe(bare(using(fresh, shapeOf)));
  });

  it('is copied first by whoever asked to, and is left as it was when that fails', () => {
    const dir = oldStore(version);
    const file = path.join(dir, STORE_FILE);
    const before = fs.readFileSync(file);
    const seen: unknown[] = [];
    const opening = (): unknown =>
      openStore({
        dir,
        key: KEY,
        now: () => 0,
        beforeMigrating(db, from, to) {
          seen.push([versionOf(db), from, to]);
          throw new Error('no room for a copy');
        },
      });
    expect(opening).toThrow('no room for a copy');
    expect(seen).toEqual([[version, version, NEWEST]]);
    expect(fs.readFileSync(file).equals(before)).toBe(true);
  });
});

describe('the list of migrations', () => {
  it('counts from one without a gap', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, at) => at + 1));
  });

  it('asks for no copy of a store that holds nothing yet, nor of one that is up to date', () => {
    const asked: number[] = [];
    const dir = scratchDir();
    using(dir, (db) => migrate(db, (_db, from) => asked.push(from)), false);
    using(dir, (db) => migrate(db, (_db, from) => asked.push(from)));
    expect(asked).toEqual([]);
  });

  it('stops at one that fails: the one before stays, nothing of the failed one does', () => {
    const dir = scratchDir();
    const broken = {
      version: NEWEST + 1,
      up(db: Db) {
        db.exec('CREATE TABLE half (x)');
        throw new Error('broken');
      },
    };
    expect(() => using(dir, (db) => migrate(db, undefined, [...migrations, broken]), false)).toThrow(
      'broken',
    );
    expect(using(dir, versionOf)).toBe(NEWEST);
    expect(Object.keys(using(dir, rowsOf))).not.toContain('half');
  });

  it('refuses a store from the future', () => {
    const dir = scratchDir();
    using(dir, (db) => db.pragma(`user_version = ${NEWEST + 1}`), false);
    expect(() => using(dir, (db) => migrate(db))).toThrow('STORE_NEWER');
  });
});
