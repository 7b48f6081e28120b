import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCore } from '#main/core.ts';
import { STORE_FILE } from '#main/store/store.ts';
import { listCopies } from '#main/vault/copies.ts';
import { KEY_FILE } from '#main/vault/key-file.ts';
import type { Rescue } from '#shared/contract/rescue.ts';
import type { Unlock } from '#main/core.ts';
import { dangol, json } from '#tests/support/cli.ts';
import { goodDraft } from '#tests/support/damage.ts';
import { exchangeFile, recordId, sha256 } from '#tests/support/exchange-builder.ts';
import { laptop, MORNING, scratchDir, valueOf, type TestLaptop } from '#tests/support/laptop.ts';
import { copyOpen, raw } from '#tests/support/open-store.ts';

const CHILD = path.join(import.meta.dirname, '../support/killed-child.ts');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PAGE = 4096;
const SECRET = '망원시장 앞 파란 우산';

interface Scene {
  readonly on: TestLaptop;
  readonly dir: string;
  /** The dump of the newest copy, and of the store. */
  readonly copied: string;
  readonly now: string;
}

/** A store with two days' copies, one more before an import, and shops and a file with a photo after that. */
async function scene(unlock: Unlock = {}): Promise<Scene> {
  const on = laptop('시장', { copies: 'here', unlock });
  await shops(on, 100, 200);
  await on.core.copyDaily();
  await shops(on, 200, 300);
  on.clock.now += DAY;
  await on.core.copyDaily();
  const copied = on.dump();
  on.clock.now += HOUR;
  await on.take('good.dangol', exchangeFile(goodDraft));
  await shops(on, 300, 400);
  return { on, dir: on.dir, copied, now: on.dump() };
}

async function shops(on: TestLaptop, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += 1) {
    const set = { name: `상점 ${n}`, note: 'x'.repeat(300) };
    await on.call('records.write', { entity: 'store', id: recordId(n), set });
  }
}

function overwrite(file: string, from: number, bytes: number): void {
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, Buffer.alloc(bytes, 0xff), 0, bytes, from);
  fs.closeSync(handle);
}

const storeIn = (dir: string): string => path.join(dir, STORE_FILE);

/** The hash of every file below a folder. */
function contents(dir: string): Record<string, string> {
  const files = fs.readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [path.relative(dir, file), sha256(fs.readFileSync(file))];
    }),
  );
}

interface Opened {
  readonly rescue: Rescue | null;
  readonly dump: string;
}

async function opened(dir: string, unlock: Unlock = {}): Promise<Opened> {
  const core = valueOf(openCore({ dataDir: dir, create: true, unlock }));
  try {
    const rescue = valueOf(await core.call('rescue.last', {})) as Rescue | null;
    expect(valueOf(await core.call('app.verify', {}))).toMatchObject({ faults: [] });
    expect(valueOf(await core.call('app.status', {}))).toMatchObject({ rescued: rescue !== null });
    return { rescue, dump: [...core.dump()].map((line) => `${line}\n`).join('') };
  } finally {
    core.close();
  }
}

/** As a crash leaves it, with the mark of a program that does not run. */
function crashed(was: Scene): string {
  const dir = copyOpen(was.dir);
  for (const name of fs.readdirSync(dir).filter((each) => each.startsWith('in-use-')))
    fs.renameSync(path.join(dir, name), path.join(dir, 'in-use-999999999-1'));
  was.on.close();
  return dir;
}

function closed(was: Scene): string {
  was.on.close();
  return was.dir;
}

/** Nothing else in the folder says how to read it any more. */
function withoutFirstPage(dir: string): void {
  overwrite(storeIn(dir), 0, PAGE);
  fs.rmSync(path.join(dir, 'store.first'));
}

/** A page in the middle of the log, with changes that no copy has, which a look at the ends does not come by. */
function inTheLog(dir: string): void {
  const beside = scratchDir();
  for (const file of [STORE_FILE, `${STORE_FILE}-wal`, KEY_FILE].filter((each) =>
    fs.existsSync(path.join(dir, each)),
  ))
    fs.copyFileSync(path.join(dir, file), path.join(beside, file));
  raw(beside).pragma('wal_checkpoint(TRUNCATE)');
  const whole = fs.readFileSync(storeIn(beside));
  fs.rmSync(`${storeIn(dir)}-wal`, { force: true });
  const reads = (sql: string): boolean => {
    const db = raw(dir);
    try {
      return db.prepare(sql).all().length > 0;
    } catch {
      return false;
    } finally {
      db.close();
    }
  };
  for (let page = 2; page < whole.length / PAGE; page += 1) {
    fs.writeFileSync(storeIn(dir), whole);
    overwrite(storeIn(dir), page * PAGE, PAGE);
    const isThere = !reads('SELECT body FROM change WHERE n BETWEEN 210 AND 240');
    if (isThere && reads('SELECT body FROM change ORDER BY n DESC LIMIT 55')) break;
  }
  fs.writeFileSync(`${storeIn(dir)}-wal`, '');
}

describe('a damaged store is restored by itself', () => {
  it.each<[string, (was: Scene) => string, (dir: string) => void, 'all' | 'some' | 'copy']>([
    ['its header is garbled', closed, (dir) => overwrite(storeIn(dir), 0, 100), 'all'],
    ['its first page is gone', closed, (dir) => overwrite(storeIn(dir), 0, PAGE), 'all'],
    ['its first page is gone, and what is kept of it too', closed, withoutFirstPage, 'copy'],
    ['it has no bytes', closed, (dir) => fs.truncateSync(storeIn(dir), 0), 'copy'],
    ['it is not there', closed, (dir) => fs.rmSync(storeIn(dir)), 'copy'],
    ['it is something else', closed, (dir) => fs.writeFileSync(storeIn(dir), 'a letter'.repeat(900)), 'copy'],
    [
      'it was cut short',
      closed,
      (dir) =>
        fs.truncateSync(storeIn(dir), Math.floor((fs.statSync(storeIn(dir)).size * 0.75) / PAGE) * PAGE),
      'some',
    ],
    ['a page of the log is torn after a crash', crashed, inTheLog, 'some'],
    [
      'the log is gone and its pages were written in part',
      crashed,
      (dir) => {
        fs.rmSync(`${storeIn(dir)}-wal`);
        overwrite(storeIn(dir), 2 * PAGE, 512);
      },
      'some',
    ],
  ])('%s', async (_what, left, damage, comesBack) => {
    const was = await scene();
    const dir = left(was);
    damage(dir);
    const before = contents(dir);
    const { rescue, dump } = await opened(dir);
    expect(rescue).toMatchObject({ seen: false, skipped: 0, copy: { changes: 200 } });
    expect(rescue!.copy.at).toBe(new Date(MORNING + DAY + HOUR).toISOString());
    const lines = (text: string): Set<string> => new Set(text.split('\n'));
    const [held, all] = [lines(dump), lines(was.now)];
    for (const line of lines(was.copied)) expect(held).toContain(line);
    for (const line of held) expect(all).toContain(line);
    if (comesBack === 'copy') expect(dump).toBe(was.copied);
    if (comesBack === 'all') expect([dump, rescue!.recovered?.lost]).toEqual([was.now, 0]);
    if (comesBack === 'some') {
      const { changes, lost } = rescue!.recovered!;
      expect(lost === null || lost > 0).toBe(true);
      if (lost !== null && !rescue!.logGone) expect(changes + lost).toBeGreaterThanOrEqual(103);
    }
    // The damaged files lie together, as they were, and nothing else of the folder was touched.
    const after = contents(dir);
    const aside = rescue!.aside === null ? '' : path.basename(rescue!.aside);
    for (const [name, hash] of Object.entries(before)) {
      if (/^(in-use-|store\.first)/.test(name) || name.endsWith('-shm') || hash === sha256(Buffer.alloc(0)))
        continue;
      expect([name, after[name.startsWith(STORE_FILE) ? path.join(aside, name) : name]]).toEqual([
        name,
        hash,
      ]);
    }
    expect(Object.keys(after).some((name) => /^in-use-|restoring/.test(name))).toBe(false);
    // Told until somebody says that they know, and not restored again.
    const again = await opened(dir);
    expect(again).toEqual({ rescue, dump });
    const core = valueOf(openCore({ dataDir: dir, create: false }));
    await core.call('rescue.seen', {});
    expect(core.rescued()).toBeNull();
    const entries = valueOf(await core.call('audit.list', { what: 'restored' })) as { rows: unknown[] };
    expect(entries.rows).toMatchObject([
      { via: 'commandLine', subject: { form: 'rescue', count: 200, file: path.basename(rescue!.copy.file) } },
    ]);
    core.close();
  });

  it('a page in the middle after a clean close is met while working, and the next opening restores', async () => {
    const was = await scene();
    const dir = closed(was);
    inTheLog(dir);
    const core = valueOf(openCore({ dataDir: dir, create: false, copies: 'here' }));
    expect(core.rescued()).toBeNull();
    expect(core.saveBackup(path.join(scratchDir(), 'copy.db'))).toMatchObject({
      error: { code: 'STORE_DAMAGED' },
    });
    core.close();
    expect((await opened(dir)).rescue).toMatchObject({ skipped: 0, copy: { changes: 200 } });
  });

  it('from the copy before, where the newest is no good', async () => {
    const was = await scene();
    const dir = closed(was);
    withoutFirstPage(dir);
    for (const { file } of listCopies(dir).slice(0, 2)) overwrite(file, 8 * PAGE, PAGE);
    const { rescue, dump } = await opened(dir);
    expect(rescue).toMatchObject({ skipped: 2, copy: { changes: 100 } });
    expect(rescue!.newest).toBe(new Date(MORNING).toISOString());
    expect(dump).toContain('상점 199');
    expect(dump).not.toContain('상점 200');
  });

  it('with a passphrase as without, and the vault stays where it is', async () => {
    const was = await scene({ secret: SECRET });
    const dir = closed(was);
    overwrite(storeIn(dir), 0, PAGE);
    const before = contents(dir);
    expect(openCore({ dataDir: dir, create: true })).toMatchObject({ error: { code: 'STORE_LOCKED' } });
    const wrong = openCore({ dataDir: dir, create: true, unlock: { secret: 'something else' } });
    expect(wrong).toMatchObject({ error: { code: 'PASSPHRASE_WRONG' } });
    expect(contents(dir)).toEqual(before);
    const { rescue, dump } = await opened(dir, { secret: SECRET });
    expect(rescue).toMatchObject({ skipped: 0, copy: { changes: 200 } });
    expect(dump).toBe(was.now);
    expect(contents(dir)['vault.json']).toBe(before['vault.json']);
  });

  it('and the command line says so in words, until somebody says that they know', async () => {
    const was = await scene();
    const dir = closed(was);
    withoutFirstPage(dir);
    const told = await dangol(['--data', dir, 'kpis'], { DANGOL_LANG: 'ko' });
    expect(told.code).toBe(0);
    expect(told.stderr).toContain(
      '수첩 파일이 상해서 2026-11-25 11:00에 만든 사본으로 되살렸어요 (변경 200건).',
    );
    expect(told.stderr).toContain('2026-11-25 11:00 뒤에 적은 것은 되살리지 못했어요');
    expect(told.stderr).toContain('set-aside-');
    const { stderr } = await json(dir, 'imports');
    const { rescue } = JSON.parse(stderr) as { rescue: Rescue & { message: string } };
    expect(rescue).toMatchObject({ copy: { changes: 200 }, recovered: null, seen: false });
    expect(rescue.message).toContain('import the files that this laptop exported since');
    expect(await json(dir, 'rescue', '--seen')).toMatchObject({ code: 0, value: { seen: true } });
    expect(await json(dir, 'imports')).toMatchObject({ code: 0, stderr: '' });
  });

  it('killed at any step, the next opening goes on, tells of it, and nothing is lost', async () => {
    const was = await scene();
    const source = closed(was);
    overwrite(storeIn(source), 0, PAGE);
    const damaged = sha256(fs.readFileSync(storeIn(source)));
    let steps = 0;
    for (let step = 1; ; step += 1) {
      const dir = scratchDir();
      fs.cpSync(source, dir, { recursive: true });
      const { signal, stderr } = spawnSync(process.execPath, [CHILD, 'open', dir, '', String(step)]);
      const { rescue, dump } = await opened(dir);
      expect([step, rescue?.copy.changes, dump === was.now]).toEqual([step, 200, true]);
      const asides = fs.readdirSync(dir).filter((name) => name.startsWith('set-aside-'));
      const kept = asides.map((name) => sha256(fs.readFileSync(path.join(dir, name, STORE_FILE))));
      expect([step, kept]).toEqual([step, [damaged]]);
      steps = step;
      if (signal === null) {
        expect(stderr.toString()).toBe('');
        break;
      }
    }
    expect(steps).toBeGreaterThan(8);
  });
});

it('a log that is gone after a crash is told of, where the rest is sound', async () => {
  const was = await scene();
  const dir = crashed(was);
  fs.rmSync(`${storeIn(dir)}-wal`);
  const notes: unknown[] = [];
  const open = (): void => {
    const options = { dataDir: dir, create: false, onNote: (error: unknown) => notes.push(error) };
    valueOf(openCore(options)).close();
  };
  open();
  expect(notes).toMatchObject([{ code: 'STORE_LOG_GONE' }]);
  open();
  expect(notes).toHaveLength(1);
});

it('a log that went because somebody else closed the store is none that is missing', async () => {
  const was = await scene();
  fs.writeFileSync(path.join(was.dir, 'in-use-999999999-1'), '');
  was.on.close();
  const notes: unknown[] = [];
  valueOf(openCore({ dataDir: was.dir, create: false, onNote: (error) => notes.push(error) })).close();
  expect(notes).toEqual([]);
});

describe('nothing moves when', () => {
  async function stays(dir: string, code: string, unlock: Unlock = {}): Promise<void> {
    const before = contents(dir);
    expect(openCore({ dataDir: dir, create: true, unlock })).toMatchObject({ ok: false, error: { code } });
    expect(contents(dir)).toEqual(before);
  }

  it('the key is another one', async () => {
    const dir = closed(await scene());
    fs.writeFileSync(path.join(dir, KEY_FILE), `${'5a'.repeat(32)}\n`);
    await stays(dir, 'STORE_KEY_WRONG');
  });

  it('a newer program wrote the store', async () => {
    const dir = closed(await scene());
    const db = raw(dir);
    db.pragma('user_version = 99');
    db.close();
    await stays(dir, 'STORE_NEWER');
  });

  it('a newer program made the newest copy', async () => {
    const dir = closed(await scene());
    overwrite(storeIn(dir), 0, PAGE);
    const [newest] = listCopies(dir);
    const beside = scratchDir();
    fs.copyFileSync(newest!.file, storeIn(beside));
    fs.copyFileSync(path.join(dir, KEY_FILE), path.join(beside, KEY_FILE));
    const db = raw(beside);
    db.pragma('user_version = 99');
    db.close();
    fs.copyFileSync(storeIn(beside), newest!.file);
    await stays(dir, 'COPY_NEWER');
  });

  it('no copy is good', async () => {
    const dir = closed(await scene());
    overwrite(storeIn(dir), 4 * PAGE, 20 * PAGE);
    overwrite(storeIn(dir), PAGE, PAGE);
    for (const { file } of listCopies(dir)) overwrite(file, 8 * PAGE, PAGE);
    await stays(dir, 'STORE_DAMAGED_ALONE');
  });

  it('there is no copy', async () => {
    const dir = closed(await scene());
    fs.rmSync(path.join(dir, 'backups'), { recursive: true });
    fs.truncateSync(storeIn(dir), 0);
    await stays(dir, 'STORE_DAMAGED_ALONE');
  });

  it('another program has it open', async () => {
    const was = await scene();
    const other = raw(was.dir);
    was.on.close();
    inTheLog(was.dir);
    fs.writeFileSync(path.join(was.dir, 'in-use-999999999-1'), '');
    other.exec('BEGIN');
    other.prepare('SELECT count(*) FROM meta').get();
    expect(openCore({ dataDir: was.dir, create: true })).toMatchObject({ error: { code: 'STORE_BUSY' } });
    expect(fs.readdirSync(was.dir).some((name) => name.startsWith('set-aside-'))).toBe(false);
    other.close();
    expect((await opened(was.dir)).rescue).not.toBeNull();
  });
});
