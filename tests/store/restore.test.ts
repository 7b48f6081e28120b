import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCore, restore, type Restored } from '#main/core.ts';
import { STORE_FILE } from '#main/store/store.ts';
import { KEY_FILE } from '#main/vault/key-file.ts';
import type { ImportRow } from '#shared/contract/exchange.ts';
import { json } from '#tests/support/cli.ts';
import { goodDraft, photo } from '#tests/support/damage.ts';
import { changeIdAt, dusk, exchangeFile, recordId, sha256 } from '#tests/support/exchange-builder.ts';
import { laptop, scratchDir, valueOf, type TestLaptop } from '#tests/support/laptop.ts';
import { dumpOf, raw } from '#tests/support/open-store.ts';
import { smallDisk, whyNoSmallDisk } from '#tests/support/small-disk.ts';

const CHILD = path.join(import.meta.dirname, '../support/killed-child.ts');

interface Scene {
  readonly on: TestLaptop;
  readonly dir: string;
  readonly copy: string;
  /** The dump when the copy was made. */
  readonly then: string;
}

/** A laptop with a shop of its own, and a copy of it. */
async function scene(dir = scratchDir()): Promise<Scene> {
  const on = laptop('시장', { dir });
  await on.call('records.write', {
    entity: 'store',
    id: recordId(90),
    set: { name: '망원분식', phone: '010-0000-7531' },
  });
  await on.take('early.dangol', earlyFile);
  const copy = path.join(scratchDir(), 'copy.db');
  valueOf(on.core.saveBackup(copy));
  return { on, dir, copy, then: on.dump().trimEnd() };
}

const shop = (n: number, name: string): object => ({
  id: changeIdAt(n),
  entity: 'store',
  record: recordId(n),
  set: { name },
});
const earlyFile = exchangeFile({ author: dusk, lines: [shop(70, '이른 상점')] });

/** Everything that can come after a copy: writing, an import with a photo, an import undone, an erasure. */
async function goOn({ on }: Scene): Promise<void> {
  await on.call('records.write', { entity: 'store', id: recordId(91), set: { name: '새 상점' } });
  await on.take('good.dangol', exchangeFile(goodDraft));
  await on.take(
    'twice.dangol',
    exchangeFile({ author: dusk, lines: [shop(70, '이른 상점'), shop(71, '늦은 상점')] }),
  );
  const [early] = (await imports(on)).filter(({ file }) => file === 'early.dangol');
  await on.call('imports.undo', { id: early!.id });
  const gone = await on.take('gone.dangol', exchangeFile({ author: dusk, lines: [shop(72, '간 상점')] }));
  await on.call('imports.undo', { id: gone.import! });
  await on.call('records.erase', { entity: 'store', id: recordId(90), fields: ['phone'] });
  await on.call('records.write', { entity: 'store', id: recordId(90), set: { name: '망원분식 2호' } });
}

const imports = (on: TestLaptop): Promise<ImportRow[]> => on.call('imports.list', {});

function listOf(dir: string): ImportRow[] {
  const db = raw(dir);
  try {
    return db.prepare('SELECT id, file, added, known, undoneAt FROM import ORDER BY id').all() as ImportRow[];
  } finally {
    db.close();
  }
}

function contents(dir: string): Record<string, string> {
  const files = fs.readdirSync(dir).filter((name) => fs.statSync(path.join(dir, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, sha256(fs.readFileSync(path.join(dir, name)))]));
}

async function expectSound(dir: string): Promise<void> {
  const core = valueOf(openCore({ dataDir: dir, create: false }));
  expect(valueOf(await core.call('app.verify', {}))).toMatchObject({ faults: [] });
  core.close();
}

function overwrite(file: string, from: number, bytes: number): void {
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, Buffer.alloc(bytes, 0xff), 0, bytes, from);
  fs.closeSync(handle);
}

describe('a copy that is restored', () => {
  it('takes over all that came after it, each with its origin, and sets the rest aside', async () => {
    const was = await scene();
    await goOn(was);
    const now = was.on.dump().trimEnd();
    was.on.close();
    const before = listOf(was.dir);
    const restored = valueOf(restore(was.dir, was.copy));
    // Two shops and one more name, an erasure, three of the good file, one that came twice.
    expect(restored).toMatchObject({ changes: 2, recovered: { changes: 7, imports: 3, lost: 0 } });
    expect(dumpOf(was.dir)).toBe(now);
    expect(listOf(was.dir)).toEqual(before);
    const db = raw(was.dir);
    expect(db.prepare('SELECT bytes FROM blob').pluck().all()).toEqual([photo]);
    expect(db.prepare("SELECT 1 FROM change WHERE instr(body, '010-0000-7531')").all()).toEqual([]);
    db.close();
    await expectSound(was.dir);
    // What was set aside is a whole store still.
    const aside = scratchDir();
    fs.cpSync(restored.aside!, aside, { recursive: true });
    fs.copyFileSync(path.join(was.dir, KEY_FILE), path.join(aside, KEY_FILE));
    expect(dumpOf(aside)).toBe(now);
  });

  it('leaves an import that it took over one that can be undone', async () => {
    const was = await scene();
    await goOn(was);
    was.on.close();
    valueOf(restore(was.dir, was.copy));
    const again = laptop('시장', { dir: was.dir, fresh: false });
    const good = (await imports(again)).find(({ file }) => file === 'good.dangol')!;
    expect(await again.call('imports.undo', { id: good.id })).toMatchObject({ removed: 3 });
    expect(await again.take('good.dangol', exchangeFile(goodDraft))).toMatchObject({
      status: 'imported',
      new: 3,
    });
  });

  it('keeps a picture destroyed that the store in its place still had', async () => {
    const dir = scratchDir();
    const on = laptop('시장', { dir });
    await on.take('good.dangol', exchangeFile(goodDraft));
    on.close();
    // As after an older copy was put back.
    const older = scratchDir();
    fs.cpSync(dir, older, { recursive: true });
    const again = laptop('시장', { dir, fresh: false });
    await again.call('records.erase', { entity: 'photo', id: recordId(3), fields: ['blob'] });
    const copy = path.join(scratchDir(), 'copy.db');
    valueOf(again.core.saveBackup(copy));
    again.close();
    expect(valueOf(restore(older, copy))).toMatchObject({ recovered: { changes: 0, lost: 0 } });
    const db = raw(older);
    expect(db.prepare('SELECT bytes FROM blob').pluck().all()).toEqual([]);
    db.close();
    await expectSound(older);
  });

  it('comes alone where there is no store any more', async () => {
    const was = await scene();
    await goOn(was);
    was.on.close();
    for (const part of ['', '-wal', '-shm'])
      fs.rmSync(path.join(was.dir, STORE_FILE + part), { force: true });
    expect(valueOf(restore(was.dir, was.copy))).toMatchObject({ changes: 2, aside: null, recovered: null });
    expect(dumpOf(was.dir)).toBe(was.then);
    await expectSound(was.dir);
  });

  it('says so on the command line, in words', async () => {
    const was = await scene();
    await goOn(was);
    was.on.close();
    const { code, value } = await json(was.dir, 'restore', was.copy);
    const { message, aside } = value as { message: string; aside: string };
    expect(code).toBe(0);
    expect(message).toContain(`set aside, as they were, in ${aside}`);
    expect(message).toContain(
      '7 changes and 3 imports that the copy lacked were taken over. No record is missing.',
    );
  });
});

describe('over a damaged store', () => {
  function withDamage(was: Scene, damage: (file: string, size: number) => void): Restored {
    was.on.close();
    const file = path.join(was.dir, STORE_FILE);
    damage(file, fs.statSync(file).size);
    return valueOf(restore(was.dir, was.copy));
  }

  it('whose first page is gone, all is taken over by the one that is kept', async () => {
    const was = await scene();
    await goOn(was);
    const now = was.on.dump().trimEnd();
    const restored = withDamage(was, (file) => overwrite(file, 0, 4096));
    expect(restored).toMatchObject({
      changes: 2,
      recovered: { changes: 7, imports: 3, lost: 0, lostBlobs: 0 },
    });
    expect(dumpOf(was.dir)).toBe(now);
    await expectSound(was.dir);
  });

  it('whose first page is gone, and the one that is kept too, nothing is taken over, and that is said', async () => {
    const was = await scene();
    await goOn(was);
    const restored = withDamage(was, (file) => {
      overwrite(file, 0, 4096);
      fs.rmSync(path.join(was.dir, 'store.first'));
    });
    expect(restored).toMatchObject({ changes: 2, recovered: null });
    expect(dumpOf(was.dir)).toBe(was.then);
    expect(fs.readdirSync(restored.aside!)).toContain(STORE_FILE);
    await expectSound(was.dir);
  });

  it('a write-ahead log goes with its database, and is not played into the copy', async () => {
    const was = await scene();
    await goOn(was);
    // As a crash leaves it: files under way, not closed.
    const dir = scratchDir();
    fs.cpSync(was.dir, dir, { recursive: true });
    expect(fs.readdirSync(dir)).toContain(`${STORE_FILE}-wal`);
    overwrite(path.join(dir, STORE_FILE), 0, 4096);
    overwrite(path.join(dir, `${STORE_FILE}-wal`), 0, 32);
    const wal = sha256(fs.readFileSync(path.join(dir, `${STORE_FILE}-wal`)));
    const restored = valueOf(restore(dir, was.copy));
    expect(restored.recovered).toMatchObject({ changes: 0, lost: null });
    expect(sha256(fs.readFileSync(path.join(restored.aside!, `${STORE_FILE}-wal`)))).toBe(wal);
    expect(dumpOf(dir)).toBe(was.then);
    await expectSound(dir);
  });

  it('wherever a page is overwritten, it opens and is whole, and what is missing is counted', async () => {
    const was = await scene();
    for (let n = 100; n < 300; n += 1) {
      await was.on.call('records.write', {
        entity: 'store',
        id: recordId(n),
        set: { name: `상점 ${n}`, note: 'x'.repeat(300) },
      });
    }
    was.on.close();
    const whole = fs.readFileSync(path.join(was.dir, STORE_FILE));
    const key = path.join(was.dir, KEY_FILE);
    const seen = new Set<string>();
    for (let page = 0; page < whole.length / 4096; page += 3) {
      const dir = scratchDir();
      fs.copyFileSync(key, path.join(dir, KEY_FILE));
      fs.writeFileSync(path.join(dir, STORE_FILE), whole);
      overwrite(path.join(dir, STORE_FILE), page * 4096, 4096);
      const { recovered } = valueOf(restore(dir, was.copy));
      const got = dumpOf(dir)
        .split('\n')
        .filter((line) => line.includes('"name":"상점 ')).length;
      if (recovered === null || recovered.lost === null) seen.add('unknown');
      else {
        seen.add(recovered.lost === 0 ? 'all' : 'some');
        expect([page, recovered.changes]).toEqual([page, got]);
        expect([page, got + recovered.lost]).toEqual([page, 200]);
      }
      await expectSound(dir);
    }
    expect([...seen].sort()).toEqual(['all', 'some', 'unknown']);
  });

  it('that was cut short', async () => {
    const was = await scene();
    await goOn(was);
    withDamage(was, (file, size) => fs.truncateSync(file, Math.floor(size / 2)));
    expect(dumpOf(was.dir)).toContain('망원분식');
    await expectSound(was.dir);
  });
});

describe('nothing is touched when', () => {
  async function refused(was: Scene, copy: string, code: string): Promise<void> {
    was.on.close();
    dumpOf(was.dir);
    const before = contents(was.dir);
    expect(restore(was.dir, copy)).toMatchObject({ ok: false, error: { code } });
    expect(contents(was.dir)).toEqual(before);
    expect(fs.readdirSync(was.dir).sort()).toEqual([STORE_FILE, KEY_FILE, 'store.first'].sort());
  }

  it.each<[string, string, (copy: string) => void]>([
    ['the copy is damaged', 'COPY_DAMAGED', (copy) => overwrite(copy, 8192, 4096)],
    [
      'its last page is damaged',
      'COPY_DAMAGED',
      (copy) => overwrite(copy, fs.statSync(copy).size - 4096, 4096),
    ],
    ['it is cut short', 'COPY_DAMAGED', (copy) => fs.truncateSync(copy, 40_960)],
    ['it is empty', 'COPY_DAMAGED', (copy) => fs.truncateSync(copy, 0)],
    ['its first page is gone', 'COPY_KEY_WRONG', (copy) => overwrite(copy, 0, 4096)],
    [
      'it is something else',
      'COPY_KEY_WRONG',
      (copy) => fs.writeFileSync(copy, 'a letter to my mother'.repeat(500)),
    ],
    ['it is not there', 'FILE_UNREADABLE', (copy) => fs.rmSync(copy)],
  ])('%s', async (_what, code, damage) => {
    const was = await scene();
    damage(was.copy);
    await refused(was, was.copy, code);
  });

  it('the copy is of another laptop', async () => {
    const was = await scene();
    const other = laptop('다른 시장');
    const copy = path.join(scratchDir(), 'other.db');
    valueOf(other.core.saveBackup(copy));
    await refused(was, copy, 'COPY_KEY_WRONG');
  });

  it('it is of another laptop that somebody gave this key', async () => {
    const was = await scene();
    const dir = scratchDir();
    fs.copyFileSync(path.join(was.dir, KEY_FILE), path.join(dir, KEY_FILE));
    const other = laptop('다른 시장', { dir });
    const copy = path.join(scratchDir(), 'other.db');
    valueOf(other.core.saveBackup(copy));
    await refused(was, copy, 'COPY_OTHER_LAPTOP');
  });

  it('it was made by a newer program', async () => {
    const was = await scene();
    was.on.close();
    const dir = scratchDir();
    fs.cpSync(was.dir, dir, { recursive: true });
    const db = raw(dir);
    db.pragma('user_version = 99');
    db.close();
    await refused(was, path.join(dir, STORE_FILE), 'COPY_NEWER');
  });

  it('another program has the store open', async () => {
    const was = await scene();
    const { code, value } = await json(was.dir, 'restore', was.copy);
    expect({ code, value }).toMatchObject({ code: 1, value: { error: { code: 'STORE_BUSY' } } });
    expect(was.on.dump().trimEnd()).toBe(was.then);
  });

  it.skipIf(whyNoSmallDisk() !== null)('the disk is full', async () => {
    const disk = smallDisk(4);
    const was = await scene(disk.dir);
    was.on.close();
    const codes = new Set<string>();
    for (let free = 0; free <= 2_400_000; free += 200_000) {
      disk.empty();
      disk.fillBut(free);
      const restored = restore(was.dir, was.copy);
      codes.add(restored.ok ? 'restored' : restored.error.code);
      if (!restored.ok) expect(fs.existsSync(path.join(was.dir, 'restoring'))).toBe(false);
      else fs.rmSync(restored.value.aside!, { recursive: true });
      disk.empty();
      expect(dumpOf(was.dir)).toBe(was.then);
    }
    expect([...codes]).toEqual(['DISK_FULL', 'restored']);
  });
});

// A process for each step: on a laden machine they take their time.
it('killed at any step of a restore, the old or the new store opens and is whole', async () => {
  const was = await scene();
  await goOn(was);
  const now = was.on.dump().trimEnd();
  was.on.close();
  const whole = fs.readFileSync(path.join(was.dir, STORE_FILE));
  for (const broken of [false, true]) {
    const seen = new Set<string>();
    for (let step = 1; ; step += 1) {
      const dir = scratchDir();
      fs.copyFileSync(path.join(was.dir, KEY_FILE), path.join(dir, KEY_FILE));
      fs.writeFileSync(path.join(dir, STORE_FILE), whole);
      // A first page that is gone: what is taken over is nothing, and the old store does not open by itself.
      if (broken) overwrite(path.join(dir, STORE_FILE), 0, 4096);
      const { signal, stderr } = spawnSync(process.execPath, [CHILD, 'restore', dir, was.copy, String(step)]);
      const opened = openCore({ dataDir: dir, create: true });
      if (opened.ok) {
        opened.value.close();
        expect([broken, step, dumpOf(dir) === (broken ? was.then : now)]).toEqual([broken, step, true]);
        await expectSound(dir);
        seen.add('opens');
      } else {
        expect([broken, opened.error.code]).toEqual([true, 'STORE_KEY_WRONG']);
        seen.add('as it was');
        valueOf(restore(dir, was.copy));
        expect(dumpOf(dir)).toBe(was.then);
      }
      if (signal === null) {
        expect([stderr.toString(), step > 8]).toEqual(['', true]);
        break;
      }
    }
    expect([...seen].sort()).toEqual(broken ? ['as it was', 'opens'] : ['opens']);
  }
}, 240_000);
