import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCore } from '#main/core.ts';
import { openDatabase } from '#main/store/sqlite.ts';
import { STORE_FILE } from '#main/store/store.ts';
import { listCopies } from '#main/vault/copies.ts';
import { KEY_FILE, readKeyFile } from '#main/vault/key-file.ts';
import type { CoreEvent } from '#shared/contract/contract.ts';
import type { ErrorReport } from '#shared/contract/errors.ts';
import { json } from '#tests/support/cli.ts';
import { goodDraft } from '#tests/support/damage.ts';
import { changeIdAt, exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { laptop, scratchDir, type TestLaptop, valueOf } from '#tests/support/laptop.ts';
import { dumpOf } from '#tests/support/open-store.ts';
import { smallDisk, whyNoSmallDisk } from '#tests/support/small-disk.ts';

const HOUR = 3_600_000;
const FIXTURE = path.join(import.meta.dirname, '../fixtures/store/version-2.sql');

const kinds = (dir: string): string[] => listCopies(dir).map(({ kind }) => kind);
const names = (dir: string): string[] => listCopies(dir).map(({ file }) => path.basename(file));

async function market(copies: 'here' | 'thread' = 'here', dir = scratchDir()): Promise<TestLaptop> {
  const on = laptop('시장', { dir, copies });
  await on.call('records.write', {
    entity: 'store',
    id: recordId(90),
    set: { name: '망원분식', phone: '010-0000-7531' },
  });
  return on;
}

function notesOf(on: TestLaptop): CoreEvent[] {
  const notes: CoreEvent[] = [];
  on.core.on((event) => event.kind === 'note' && notes.push(event));
  return notes;
}

const file = (n: number): Buffer =>
  exchangeFile({
    lines: [{ id: changeIdAt(n), entity: 'store', record: recordId(n), set: { name: `${n}` } }],
  });

/** How many changes a copy has. */
function changesIn(copy: string, dir: string): number {
  const db = openDatabase(copy, readKeyFile(dir), { mustExist: true, readOnly: true });
  try {
    return db.prepare('SELECT count(*) FROM change').pluck().get() as number;
  } finally {
    db.close();
  }
}

describe('before an import', () => {
  it.each(['here', 'thread'] as const)(
    'a copy is made of what was there, at most one an hour: %s',
    async (where) => {
      const on = await market(where);
      await on.take('1.dangol', file(1));
      await on.take('2.dangol', file(2));
      expect(names(on.dir)).toEqual(['20261124-100000-import.db']);
      expect(changesIn(listCopies(on.dir)[0]!.file, on.dir)).toBe(1);
      on.clock.now += HOUR;
      await on.take('3.dangol', file(3));
      expect(names(on.dir)).toEqual(['20261124-110000-import.db', '20261124-100000-import.db']);
      expect(changesIn(listCopies(on.dir)[0]!.file, on.dir)).toBe(3);
    },
  );

  it('the newest five stay', async () => {
    const on = await market();
    for (let n = 1; n <= 7; n += 1) {
      await on.take(`${n}.dangol`, file(n));
      on.clock.now += HOUR;
    }
    expect(names(on.dir).map((name) => name.slice(9, 11))).toEqual(['16', '15', '14', '13', '12']);
  });

  it('none is made for a file that is refused or only looked at, nor of a store that holds nothing', async () => {
    const on = await market();
    await on.take('bad.dangol', Buffer.from('no'));
    await on.call('exchange.import', { file: '1.dangol', bytes: file(1), dryRun: true });
    const empty = laptop('빈 수첩', { copies: 'here' });
    await empty.take('1.dangol', file(1));
    expect([kinds(on.dir), kinds(empty.dir)]).toEqual([[], []]);
  });

  it('a job of many files makes one', async () => {
    const on = await market();
    const { run } = await on.call('imports.begin', {});
    for (let n = 1; n <= 3; n += 1)
      await on.call('imports.add', { run, file: `${n}.dangol`, bytes: file(n) });
    await on.call('imports.finish', { run });
    expect(kinds(on.dir)).toEqual(['import']);
    expect(changesIn(listCopies(on.dir)[0]!.file, on.dir)).toBe(1);
  });

  it('the command line makes one too, and nothing when there is no need', async () => {
    const on = await market();
    on.close();
    const one = path.join(scratchDir(), '1.dangol');
    fs.writeFileSync(one, file(1));
    expect(await json(on.dir, 'import', one)).toMatchObject({ code: 0, stderr: '' });
    expect(await json(on.dir, 'import', one)).toMatchObject({ code: 0 });
    expect(kinds(on.dir)).toEqual(['import']);
  });
});

describe('once a day', () => {
  it.each(['here', 'thread'] as const)('a copy is made, and the newest seven stay: %s', async (where) => {
    const on = await market(where);
    for (let day = 0; day < 9; day += 1) {
      await on.core.copyDaily();
      await on.core.copyDaily();
      on.clock.now += 24 * HOUR;
    }
    const days = ['1202', '1201', '1130', '1129', '1128', '1127', '1126'];
    expect(names(on.dir)).toEqual(days.map((day) => `2026${day}-100000-daily.db`));
  });

  it('a copy that still holds what was erased goes when the next one is made', async () => {
    const on = await market();
    await on.core.copyDaily();
    await on.call('records.erase', { entity: 'store', id: recordId(90), fields: ['phone'] });
    on.clock.now += 24 * HOUR;
    await on.core.copyDaily();
    expect(names(on.dir)).toEqual(['20261125-100000-daily.db']);
  });
});

describe('before a migration', () => {
  function oldStore(): string {
    const dir = scratchDir();
    const key = Buffer.alloc(32, 7);
    fs.writeFileSync(path.join(dir, KEY_FILE), `${key.toString('hex')}\n`, { mode: 0o600 });
    const db = openDatabase(path.join(dir, STORE_FILE), key, { mustExist: false });
    db.exec(`BEGIN;${fs.readFileSync(FIXTURE, 'utf8')}COMMIT;`);
    db.close();
    return dir;
  }

  it('a copy of the older version is made, and can be restored', async () => {
    const dir = oldStore();
    valueOf(openCore({ dataDir: dir, create: false, copies: 'here' })).close();
    const [copy] = listCopies(dir);
    expect(kinds(dir)).toEqual(['migration']);
    const db = openDatabase(copy!.file, readKeyFile(dir), { mustExist: true, readOnly: true });
    expect(db.pragma('user_version', { simple: true })).toBe(2);
    db.close();
    const dump = dumpOf(dir);
    fs.rmSync(path.join(dir, STORE_FILE));
    expect(await json(dir, 'restore', copy!.file)).toMatchObject({ code: 0, value: { aside: null } });
    expect(dumpOf(dir)).toBe(dump);
  });

  it('the store is opened all the same when that fails, and it is told', () => {
    const dir = oldStore();
    fs.writeFileSync(path.join(dir, 'backups'), 'a file where the folder should be');
    const notes: ErrorReport[] = [];
    const onNote = (error: ErrorReport): void => void notes.push(error);
    valueOf(openCore({ dataDir: dir, create: false, copies: 'here', onNote })).close();
    expect(notes).toMatchObject([{ code: 'COPY_NOT_MADE', params: { folder: path.join(dir, 'backups') } }]);
  });
});

describe('a copy that cannot be made', () => {
  it.each(['here', 'thread'] as const)('stops no work and is told as a note: %s', async (where) => {
    const on = await market(where);
    const notes = notesOf(on);
    fs.writeFileSync(path.join(on.dir, 'backups'), 'a file where the folder should be');
    expect(await on.take('1.dangol', file(1))).toMatchObject({ status: 'imported' });
    await on.core.copyDaily();
    const note = { kind: 'note', error: { code: 'COPY_NOT_MADE', params: { reason: 'EEXIST' } } };
    expect(notes).toMatchObject([note, note]);
  });

  it.skipIf(whyNoSmallDisk() !== null)(
    'for want of room leaves the room that there is to the work',
    async () => {
      const disk = smallDisk(4);
      const on = await market('here', disk.dir);
      const notes = notesOf(on);
      disk.fillBut(500_000);
      expect(await on.take('1.dangol', file(1))).toMatchObject({ status: 'imported' });
      expect(notes).toMatchObject([{ error: { code: 'COPY_NOT_MADE', params: { reason: 'DISK_FULL' } } }]);
      expect(listCopies(on.dir)).toEqual([]);
    },
  );

  it('what a killed program left half written is swept away', async () => {
    const on = await market();
    fs.mkdirSync(path.join(on.dir, 'backups'));
    // No process has that number: they end well below it.
    const half = path.join(on.dir, 'backups', '.20261123-100000-daily.db.99999999.tmp');
    fs.writeFileSync(half, 'half');
    await on.core.copyDaily();
    expect(fs.readdirSync(path.dirname(half))).toEqual(['20261124-100000-daily.db']);
  });
});

describe('a store that is damaged', () => {
  async function withCopies(): Promise<string> {
    const on = await market();
    await on.core.copyDaily();
    await on.take('good.dangol', exchangeFile(goodDraft));
    on.clock.now += 24 * HOUR;
    await on.core.copyDaily();
    on.close();
    return on.dir;
  }

  function overwrite(name: string, from: number): void {
    const handle = fs.openSync(name, 'r+');
    fs.writeSync(handle, Buffer.alloc(8192, 0xff), 0, 8192, from);
    fs.closeSync(handle);
  }

  it('with another key is still one with another key', async () => {
    const dir = await withCopies();
    fs.writeFileSync(path.join(dir, KEY_FILE), `${'5a'.repeat(32)}\n`);
    expect(openCore({ dataDir: dir, create: false })).toMatchObject({ error: { code: 'STORE_KEY_WRONG' } });
  });

  it('but goes on opening is told of when the copy of the day reads it through', async () => {
    const on = await market();
    for (let n = 1; n < 60; n += 1) await on.take(`${n}.dangol`, file(n));
    on.close();
    const whole = fs.readFileSync(path.join(on.dir, STORE_FILE));
    fs.rmSync(path.join(on.dir, 'backups'), { recursive: true });
    const told: unknown[] = [];
    for (let page = 2; page < whole.length / 4096 && told.length === 0; page += 1) {
      fs.writeFileSync(path.join(on.dir, STORE_FILE), whole);
      overwrite(path.join(on.dir, STORE_FILE), page * 4096);
      const opened = openCore({ dataDir: on.dir, create: false, copies: 'here' });
      if (!opened.ok) continue;
      opened.value.on((event) => told.push(event));
      await opened.value.copyDaily();
      opened.value.close();
      expect(listCopies(on.dir)).toEqual([]);
    }
    expect(told).toMatchObject([{ kind: 'note', error: { code: 'STORE_DAMAGED' } }]);
  });
});
