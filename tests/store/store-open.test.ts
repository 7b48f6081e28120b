import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { initStore, openCore, type Core } from '#main/core.ts';
import { createStore, openStore, STORE_FILE, type Store } from '#main/store/store.ts';
import { KEY_FILE } from '#main/vault/key-file.ts';
import { exchangeFile, recordId, sha256 } from '#tests/support/exchange-builder.ts';
import { goodDraft, photo } from '#tests/support/damage.ts';
import { laptop, scratchDir, valueOf } from '#tests/support/laptop.ts';
import { copyOpen, dumpOf, raw } from '#tests/support/open-store.ts';

const NAME = '망원분식 김순자';
const PHONE = '010-0000-7531';

/** A folder with a store that holds a shop and a photo, closed. */
async function storeFolder(): Promise<string> {
  const dir = scratchDir();
  const market = laptop('시장', { dir });
  await market.call('records.write', { entity: 'store', id: recordId(5), set: { name: NAME, phone: PHONE } });
  await market.take('good.dangol', exchangeFile(goodDraft));
  market.close();
  return dir;
}

/** What lies in a folder: names and hashes, the shared index aside, which every opening makes anew. */
function contents(dir: string): Record<string, string> {
  const files = fs.readdirSync(dir).filter((file) => !file.endsWith('-shm'));
  return Object.fromEntries(files.map((file) => [file, sha256(fs.readFileSync(path.join(dir, file)))]));
}

function tryOpen(dir: string): ReturnType<typeof openCore> {
  const opened = openCore({ dataDir: dir, create: false });
  if (opened.ok) opened.value.close();
  return opened;
}

describe('on the disk', () => {
  it('nothing that a person wrote can be read, in the write-ahead log neither', async () => {
    const dir = scratchDir();
    const market = laptop('시장', { dir });
    await market.call('records.write', {
      entity: 'store',
      id: recordId(5),
      set: { name: NAME, phone: PHONE },
    });
    await market.take('good.dangol', exchangeFile(goodDraft));
    const open = fs.readdirSync(dir);
    expect(open).toContain(`${STORE_FILE}-wal`);
    expect(fs.statSync(path.join(dir, `${STORE_FILE}-wal`)).size).toBeGreaterThan(10_000);
    const bytes = (): Buffer =>
      Buffer.concat(fs.readdirSync(dir).map((file) => fs.readFileSync(path.join(dir, file))));
    for (const when of ['open', 'closed']) {
      for (const secret of [
        NAME,
        '김순자',
        PHONE,
        '7531',
        'phone',
        'CREATE TABLE',
        'SQLite format 3',
        recordId(5),
      ]) {
        expect([when, secret, bytes().includes(secret)]).toEqual([when, secret, false]);
        expect(bytes().includes(Buffer.from(secret, 'utf16le'))).toBe(false);
      }
      expect(bytes().includes(photo)).toBe(false);
      market.close();
    }
    expect(dumpOf(dir)).toContain(NAME);
  });

  it.skipIf(process.platform === 'win32')('the key file is for its owner alone', async () => {
    const dir = await storeFolder();
    expect((fs.statSync(path.join(dir, KEY_FILE)).mode & 0o777).toString(8)).toBe('600');
  });
});

describe('a store is not opened, and left as it is,', () => {
  const otherKey = `${'5a'.repeat(32)}\n`;

  it.each([
    ['another key', otherKey],
    ['a key that is none', 'secret\n'],
    ['no key file', null],
  ])('with %s', async (_what, key) => {
    const dir = await storeFolder();
    const file = path.join(dir, KEY_FILE);
    const right = fs.readFileSync(file, 'utf8');
    const dump = dumpOf(dir);
    if (key === null) fs.rmSync(file);
    else fs.writeFileSync(file, key);
    const before = contents(dir);
    expect(tryOpen(dir)).toMatchObject({ ok: false, error: { code: 'STORE_KEY_WRONG', params: { dir } } });
    expect(contents(dir)).toEqual(before);
    fs.writeFileSync(file, right);
    expect(dumpOf(dir)).toBe(dump);
  });

  it('with another key after a crash, when part of it is in the log only', async () => {
    const market = laptop('시장');
    await market.call('records.write', { entity: 'store', id: recordId(5), set: { name: NAME } });
    const crashed = copyOpen(market.dir);
    const right = fs.readFileSync(path.join(crashed, KEY_FILE), 'utf8');
    fs.writeFileSync(path.join(crashed, KEY_FILE), otherKey);
    const before = contents(crashed);
    expect(tryOpen(crashed)).toMatchObject({ error: { code: 'STORE_KEY_WRONG' } });
    expect(contents(crashed)).toEqual(before);
    fs.writeFileSync(path.join(crashed, KEY_FILE), right);
    expect(dumpOf(crashed)).toContain(NAME);
  });

  it('from a newer version', async () => {
    const dir = await storeFolder();
    const db = raw(dir);
    db.pragma('user_version = 99');
    db.close();
    const before = contents(dir);
    expect(tryOpen(dir)).toMatchObject({ error: { code: 'STORE_NEWER', params: { found: 99 } } });
    expect(contents(dir)).toEqual(before);
  });

  it('where there is none', () => {
    const dir = scratchDir();
    expect(tryOpen(dir)).toMatchObject({ error: { code: 'STORE_MISSING', params: { dir } } });
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  it('and no second one is made over it', async () => {
    const dir = await storeFolder();
    const before = contents(dir);
    expect(initStore(dir, { name: '다른 노트북', role: 'trainer' })).toMatchObject({
      error: { code: 'STORE_EXISTS' },
    });
    expect(contents(dir)).toEqual(before);
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 40_960)],
    ['overwritten in the middle', (bytes: Buffer) => bytes.fill(0xff, 8192, bytes.length)],
  ])('when it was %s', async (_what, damage) => {
    const dir = await storeFolder();
    const file = path.join(dir, STORE_FILE);
    fs.writeFileSync(file, damage(fs.readFileSync(file)));
    const before = contents(dir);
    expect(tryOpen(dir)).toMatchObject({ error: { code: 'STORE_DAMAGED_ALONE' } });
    expect(contents(dir)).toEqual(before);
  });
});

describe('an opened store', () => {
  const options = (dir: string) => ({
    dir,
    key: new Uint8Array(32).fill(7),
    now: () => Date.UTC(2026, 10, 24),
  });
  const owner = { id: '00000000000000aa', name: '', role: 'trainer', publicKey: '', privateKey: '' };

  function withStore<T>(store: Store, work: (store: Store) => T): T {
    try {
      return work(store);
    } finally {
      store.close();
    }
  }

  it('has its pragmas on every opening: a mark is durable, and what was deleted is overwritten', () => {
    const dir = scratchDir();
    const pragmas = ({ db }: Store): Record<string, unknown> =>
      Object.fromEntries(
        [
          'journal_mode',
          'synchronous',
          'foreign_keys',
          'trusted_schema',
          'cell_size_check',
          'secure_delete',
          'temp_store',
        ].map((name) => [name, db.pragma(name, { simple: true })]),
      );
    const expected = {
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      secure_delete: 1,
      temp_store: 2,
    };
    expect(withStore(createStore(options(dir), owner), pragmas)).toEqual(expected);
    expect(withStore(openStore(options(dir)), pragmas)).toEqual(expected);
  });

  it('says so when another program writes', () => {
    const dir = scratchDir();
    withStore(createStore(options(dir), owner), (one) =>
      withStore(openStore(options(dir)), (two) => {
        two.db.pragma('busy_timeout = 20');
        one.db.exec('BEGIN IMMEDIATE');
        const write = () => two.log.write([{ entity: 'store', id: recordId(1), set: { name: NAME } }]);
        expect(write).toThrow(expect.objectContaining({ code: 'STORE_BUSY' }));
        one.db.exec('COMMIT');
        expect(write()).toHaveLength(1);
      }),
    );
  });

  it('is made whole or not at all: what a killed start left does not count', () => {
    const dir = scratchDir();
    fs.writeFileSync(path.join(dir, `${STORE_FILE}.new`), Buffer.alloc(5000, 1));
    expect(tryOpen(dir)).toMatchObject({ error: { code: 'STORE_MISSING' } });
    valueOf(initStore(dir, { name: '시장', role: 'trainer' }));
    expect(tryOpen(dir)).toMatchObject({ ok: true });
    expect(fs.readdirSync(dir).sort()).toEqual([STORE_FILE, KEY_FILE, 'store.first'].sort());
  });

  it('projects its log again when the model has changed since', async () => {
    const dir = await storeFolder();
    const dump = dumpOf(dir);
    const db = raw(dir);
    db.exec("UPDATE meta SET value = 'of an older version' WHERE key = 'projection'; DELETE FROM r_store;");
    db.close();
    expect(dumpOf(dir)).toBe(dump);
  });
});

describe('killed while it works', () => {
  const start = `
    const { openCore } = await import('#main/core.ts');
    const opened = openCore({ dataDir: process.argv[1], create: false });
    if (!opened.ok) throw new Error(opened.error.code);
    const core = opened.value;
    const say = (text) => process.stdout.write(text + '\\n');
    const ids = (n) => '0191aaaa-0000-7000-8000-' + n.toString(16).padStart(12, '0');
  `;

  /** Runs a program on the store until it has said `lines` lines, kills it, and gives what it said. */
  async function killed(dir: string, program: string, lines: number): Promise<string[]> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', start + program, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      if (said.length === lines) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    return said;
  }

  it('a store has every write that it had confirmed', async () => {
    const dir = scratchDir();
    valueOf(initStore(dir, { name: '시장', role: 'trainer' }));
    let next = 1;
    for (const lines of [1, 40]) {
      const program = `
        for (let n = ${next}; ; n += 1) {
          const input = { entity: 'store', id: ids(n), set: { name: 'shop ' + n } };
          const answer = await core.call('records.write', input);
          if (answer.ok) say(String(n));
        }`;
      const confirmed = (await killed(dir, program, lines)).map(Number);
      expect(confirmed.length).toBeGreaterThanOrEqual(lines);
      next = confirmed[confirmed.length - 1]! + 2;
      const dump = dumpOf(dir);
      for (const n of confirmed)
        expect(dump).toContain(`{"entity":"store","fields":{"name":"shop ${n}"},"id":"${recordId(n)}"}`);
    }
    await expectSound(dir);
  });

  it('a store has a file whole or not at all', async () => {
    const dir = scratchDir();
    valueOf(initStore(dir, { name: '사무실', role: 'coordinator' }));
    const program = `
      const { exchangeFile, changeIdAt } = await import('#tests/support/exchange-builder.ts');
      for (let file = 0; file < 400; file += 1) {
        const lines = Array.from({ length: 100 }, (_none, i) => ({
          id: changeIdAt(file * 100 + i), entity: 'store', record: ids(file * 100 + i), set: { name: 'shop' } }));
        const bytes = exchangeFile({ lines });
        say('about to import');
        await core.call('exchange.import', { file: file + '.dangol', bytes });
      }`;
    const said = await killed(dir, program, 12);
    const core = valueOf(openCore({ dataDir: dir, create: false }));
    const imports = valueOf(await core.call('imports.list', {})) as unknown[];
    const records = [...core.dump()].length;
    core.close();
    // The eleven that were confirmed, and those that were under way when it was killed.
    expect(records).toBe(imports.length * 100);
    expect(imports.length).toBeGreaterThanOrEqual(said.length - 1);
    await expectSound(dir);
  });

  it('between the log and the tables: the next opening catches up', async () => {
    const [market, other] = [laptop('시장'), laptop('다른 시장')];
    const run = market.core.importRun({ dryRun: false });
    await run.add('good.dangol', exchangeFile(goodDraft));
    const crashed = copyOpen(market.dir);
    await other.take('good.dangol', exchangeFile(goodDraft));
    expect(dumpOf(crashed)).toBe(other.dump().trimEnd());
    await expectSound(crashed);
  });

  async function expectSound(dir: string): Promise<void> {
    const core: Core = valueOf(openCore({ dataDir: dir, create: false }));
    expect(valueOf(await core.call('app.verify', {}))).toMatchObject({ faults: [] });
    core.close();
  }
});
