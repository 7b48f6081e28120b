import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openCore, restore, type Core, type Unlock } from '#main/core.ts';
import { migrations } from '#main/store/migrations/list.ts';
import { openDatabase } from '#main/store/sqlite.ts';
import { STORE_FILE } from '#main/store/store.ts';
import { listCopies } from '#main/vault/copies.ts';
import { KEY_FILE } from '#main/vault/key-file.ts';
import { VAULT_FILE } from '#main/vault/vault-file.ts';
import { messageOf } from '#shared/contract/messages.ts';
import { scratchDir, valueOf } from '#tests/support/laptop.ts';

const PAST = path.join(import.meta.dirname, '../fixtures/store/past');
const PASSPHRASE = '망원시장 열두 골목 등불';
const NEWEST = migrations.at(-1)!.version;

const bytesOf = (name: string): Buffer => fs.readFileSync(path.join(PAST, name));
const textOf = (name: string): string => bytesOf(name).toString('utf8');
const isThere = (name: string): boolean => fs.existsSync(path.join(PAST, name));
const keyOf = (version: number): Buffer => Buffer.from(textOf(`v${version}.key`).trim(), 'hex');

interface PastStore {
  readonly version: number;
  readonly vault: boolean;
}

/** Every store there is: its key in a plain file, and under a passphrase where the program of the time could. */
const stores: PastStore[] = migrations.flatMap(({ version }) => [
  { version, vault: false },
  ...(isThere(`v${version}-vault.json`) ? [{ version, vault: true }] : []),
]);

/** A folder with the store as the program of its time left it. */
function storeOf({ version, vault }: PastStore): string {
  const dir = scratchDir();
  putKey(dir, { version, vault });
  const file = path.join(dir, STORE_FILE);
  fs.writeFileSync(file, gunzipSync(bytesOf(`v${version}.db.gz`)));
  const db = new Database(file);
  db.pragma("cipher = 'chacha20'");
  db.pragma(`rekey = 'raw:${keyOf(version).toString('hex')}'`);
  db.pragma('journal_mode = WAL');
  db.close();
  return dir;
}

function putKey(dir: string, { version, vault }: PastStore): void {
  if (vault) fs.writeFileSync(path.join(dir, VAULT_FILE), bytesOf(`v${version}-vault.json`));
  else fs.writeFileSync(path.join(dir, KEY_FILE), bytesOf(`v${version}.key`), { mode: 0o600 });
}

const unlockOf = ({ vault }: PastStore): Unlock => (vault ? { secret: PASSPHRASE } : {});

function opened(dir: string, store: PastStore): Core {
  return valueOf(openCore({ dataDir: dir, create: false, copies: 'here', unlock: unlockOf(store) }));
}

const dumpOf = (core: Core): string => [...core.dump()].map((line) => `${line}\n`).join('');

function versionIn(file: string, version: number): unknown {
  const db = openDatabase(file, keyOf(version), { mustExist: true, readOnly: true });
  try {
    return db.pragma('user_version', { simple: true });
  } finally {
    db.close();
  }
}

/** Every file of a folder, with its bytes. */
function filesIn(dir: string): Record<string, string> {
  const names = fs.readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => fs.statSync(path.join(dir, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, fs.readFileSync(path.join(dir, name), 'hex')]));
}

it('there is a store of every version', () => {
  const missing = migrations.flatMap(({ version }) =>
    ['.db.gz', '.jsonl', '.key'].map((end) => `v${version}${end}`).filter((name) => !isThere(name)),
  );
  expect(missing).toEqual([]);
  expect(stores.filter(({ vault }) => vault).length).toBeGreaterThan(1);
});

it('a file that was enciphered at version 1 can be read', () => {
  const file = path.join(scratchDir(), 'small.db');
  fs.writeFileSync(file, bytesOf('v1-enciphered.db'));
  expect(fs.readFileSync(file).includes('CREATE TABLE')).toBe(false);
  const db = openDatabase(file, keyOf(1), { mustExist: true });
  expect(db.prepare('SELECT text FROM word').pluck().all()).toEqual(['단골']);
  db.close();
});

describe.each(stores)('a store of version $version (under a passphrase: $vault)', (store) => {
  const { version } = store;
  const told = textOf(`v${version}.jsonl`);

  it('opens with all that it had, whole, and can be written', async () => {
    const dir = storeOf(store);
    expect(versionIn(path.join(dir, STORE_FILE), version)).toBe(version);
    const core = opened(dir, store);
    try {
      expect(dumpOf(core)).toBe(told);
      expect(told).toContain('"conflicts":{"phone":["02-335-1111","02-335-2222"]}');
      const verified = valueOf(await core.call('app.verify', {}));
      expect(verified).toMatchObject({ faults: [], left: null, blobs: version > 1 ? 1 : 0 });
      const imports = valueOf(await core.call('imports.list', {})) as { undoneAt: string | null }[];
      expect(imports.map(({ undoneAt }) => undoneAt !== null).sort()).toEqual([false, true]);
      valueOf(await core.call('records.write', { entity: 'site', set: { name: '새 시장' } }));
    } finally {
      core.close();
    }
    expect(versionIn(path.join(dir, STORE_FILE), version)).toBe(NEWEST);
  });

  it('keeps what only later versions can have', async () => {
    const core = opened(storeOf(store), store);
    try {
      const list = async (method: string, input: unknown): Promise<unknown[]> =>
        valueOf(await core.call(method, input)) as unknown[];
      const draft = valueOf(
        await core.call('drafts.get', { key: 'store:0191aaaa-0000-7000-8000-000000000007:note' }),
      );
      expect(draft).toBe(version >= 2 ? '쓰다 만' : null);
      const [laptop] = (await list('laptops.list', {})) as { key: { verdict: string } }[];
      expect(laptop!.key.verdict).toBe(version >= 4 ? 'confirmed' : 'waiting');
      const { rows } = valueOf(await core.call('audit.list', {})) as { rows: { what: string }[] };
      expect(rows.some(({ what }) => what === 'printed')).toBe(version >= 5);
      const deliveries = (await list('outbox.list', { all: true })) as { state: string }[];
      expect(deliveries.map(({ state }) => state)).toEqual(version >= 6 ? ['queued'] : []);
      const places = (await list('destinations.list', {})) as { name: string }[];
      expect(places.map(({ name }) => name).sort()).toEqual(version >= 6 ? ['공유 폴더', '보관함'] : []);
    } finally {
      core.close();
    }
  });

  it('is copied before it is changed, and the copy is the store as it was', () => {
    const dir = storeOf(store);
    opened(dir, store).close();
    const copies = listCopies(dir).filter(({ kind }) => kind === 'migration');
    expect(copies).toHaveLength(version < NEWEST ? 1 : 0);
    for (const { file } of copies) {
      expect(versionIn(file, version)).toBe(version);
      const elsewhere = scratchDir();
      putKey(elsewhere, store);
      valueOf(restore(elsewhere, file, undefined, unlockOf(store)));
      const core = opened(elsewhere, store);
      expect(dumpOf(core)).toBe(told);
      core.close();
    }
  });
});

describe.each(stores.filter(({ version }) => version === NEWEST))(
  'a store of the version after the newest (under a passphrase: $vault)',
  (store) => {
    it('is refused in words, and not a byte of it is changed', () => {
      const dir = storeOf(store);
      const db = openDatabase(path.join(dir, STORE_FILE), keyOf(NEWEST), { mustExist: true });
      db.exec('CREATE TABLE of_tomorrow (x)');
      db.pragma(`user_version = ${NEWEST + 1}`);
      db.close();
      const before = filesIn(dir);
      const answer = openCore({ dataDir: dir, create: true, copies: 'here', unlock: unlockOf(store) });
      expect(answer).toEqual({
        ok: false,
        error: { code: 'STORE_NEWER', params: { found: NEWEST + 1, known: NEWEST } },
      });
      expect(filesIn(dir)).toEqual(before);
      const error = { code: 'STORE_NEWER', params: { found: NEWEST + 1, known: NEWEST } } as const;
      expect(messageOf(error, 'ko')).toBe(
        `이 수첩은 더 새로운 프로그램(자료 판 ${NEWEST + 1})으로 쓴 것이라 열지 않았어요. 자료는 그대로예요. ` +
          `이 프로그램은 ${NEWEST}판까지 알아요. 프로그램을 새로 받아 주세요.`,
      );
    });
  },
);
