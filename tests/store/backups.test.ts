import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCore } from '#main/core.ts';
import { STORE_FILE } from '#main/store/store.ts';
import { KEY_FILE } from '#main/vault/key-file.ts';
import { json, startDangol } from '#tests/support/cli.ts';
import { goodDraft, photo } from '#tests/support/damage.ts';
import { exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { laptop, scratchDir, valueOf, type TestLaptop } from '#tests/support/laptop.ts';
import { dumpOf } from '#tests/support/open-store.ts';
import { smallDisk, whyNoSmallDisk } from '#tests/support/small-disk.ts';

const CHILD = path.join(import.meta.dirname, '../support/killed-child.ts');
const NAME = '망원분식 김순자';

/** A laptop with a shop of its own and an import with a photo. */
async function market(dir = scratchDir()): Promise<TestLaptop> {
  const on = laptop('시장', { dir });
  await on.call('records.write', { entity: 'store', id: recordId(90), set: { name: NAME } });
  await on.take('good.dangol', exchangeFile(goodDraft));
  return on;
}

/** The dump of a copy, opened as a store of its own under the key of the laptop. */
async function dumpOfCopy(file: string, from: string): Promise<string> {
  const dir = scratchDir();
  fs.copyFileSync(file, path.join(dir, STORE_FILE));
  fs.copyFileSync(path.join(from, KEY_FILE), path.join(dir, KEY_FILE));
  const core = valueOf(openCore({ dataDir: dir, create: false }));
  expect(valueOf(await core.call('app.verify', {}))).toMatchObject({ faults: [] });
  core.close();
  return dumpOf(dir);
}

describe('a backup', () => {
  it('holds all that the store holds, pictures too, and cannot be read without the key', async () => {
    const on = await market();
    const out = path.join(scratchDir(), 'copy.db');
    expect(valueOf(on.core.saveBackup(out))).toMatchObject({
      file: out,
      changes: 4,
      bytes: fs.statSync(out).size,
    });
    expect(await dumpOfCopy(out, on.dir)).toBe(on.dump().trimEnd());
    const bytes = fs.readFileSync(out);
    for (const secret of [NAME, 'SQLite format 3', photo]) expect(bytes.includes(secret)).toBe(false);
    expect(fs.readdirSync(path.dirname(out))).toEqual(['copy.db']);
    if (process.platform !== 'win32') expect(fs.statSync(out).mode & 0o777).toBe(0o600);
  });

  it('is made by the command line while a window has the store open, and the window goes on', async () => {
    const on = await market();
    const out = path.join(scratchDir(), 'copy.db');
    const made = json(on.dir, 'backup', '--out', out);
    for (let n = 1; n <= 20; n += 1) {
      await on.call('records.write', { entity: 'store', id: recordId(n + 100), set: { name: `${n}` } });
    }
    const { code, value } = await made;
    expect({ code, value }).toMatchObject({ code: 0, value: { file: out, bytes: fs.statSync(out).size } });
    expect((value as { changes: number }).changes).toBeGreaterThanOrEqual(4);
    expect(await dumpOfCopy(out, on.dir)).toContain(NAME);
  });

  it('takes the place of the one before', async () => {
    const on = await market();
    const out = path.join(scratchDir(), 'copy.db');
    valueOf(on.core.saveBackup(out));
    await on.call('records.write', { entity: 'store', id: recordId(91), set: { name: '새 상점' } });
    expect(valueOf(on.core.saveBackup(out))).toMatchObject({ changes: 5 });
    expect(await dumpOfCopy(out, on.dir)).toContain('새 상점');
  });

  it.each([
    ['a folder that is not there', (dir: string) => path.join(dir, 'none/copy.db')],
    ['a folder', (dir: string) => dir],
    ['a folder that is a file', (dir: string) => path.join(dir, KEY_FILE, 'copy.db')],
    ['the store itself', (dir: string) => path.join(dir, STORE_FILE)],
    ['the key of the store', (dir: string) => path.join(dir, KEY_FILE)],
  ])('is not written to %s', async (_what, place) => {
    const on = await market();
    const before = fs.readdirSync(on.dir).sort();
    const file = place(on.dir);
    expect(on.core.saveBackup(file)).toMatchObject({
      ok: false,
      error: { code: 'FILE_UNWRITABLE', params: { file } },
    });
    expect(fs.readdirSync(on.dir).sort()).toEqual(before);
    expect(on.dump()).toContain(NAME);
  });

  it('of a damaged store is none, and the good one stays', async () => {
    const on = await market();
    const out = path.join(scratchDir(), 'copy.db');
    valueOf(on.core.saveBackup(out));
    on.close();
    const file = path.join(on.dir, STORE_FILE);
    const handle = fs.openSync(file, 'r+');
    fs.writeSync(handle, Buffer.alloc(4096, 0xff), 0, 4096, fs.statSync(file).size - 4096);
    fs.closeSync(handle);
    const before = fs.readFileSync(out);
    const opened = openCore({ dataDir: on.dir, create: false });
    if (opened.ok) {
      expect(opened.value.saveBackup(out)).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
      opened.value.close();
    } else expect(opened.error.code).toBe('STORE_DAMAGED_ALONE');
    expect(fs.readFileSync(out).equals(before)).toBe(true);
    expect(fs.readdirSync(path.dirname(out))).toEqual(['copy.db']);
  });

  it.skipIf(whyNoSmallDisk() !== null)('on a full disk is whole or not at all', async () => {
    const on = await market();
    const disk = smallDisk(2);
    const out = path.join(disk.dir, 'copy.db');
    const codes = new Set<string>();
    for (let free = 0; free <= 1_500_000; free += 100_000) {
      disk.empty();
      fs.rmSync(out, { force: true });
      disk.fillBut(free);
      const saved = on.core.saveBackup(out);
      codes.add(saved.ok ? 'made' : saved.error.code);
      if (!saved.ok) expect(fs.readdirSync(disk.dir)).toEqual(['ballast']);
      else expect(await dumpOfCopy(out, on.dir)).toBe(on.dump().trimEnd());
    }
    expect([...codes]).toEqual(['DISK_FULL', 'made']);
  });
});

describe('killed while it makes a backup', () => {
  it('at any step: the one before or the new one stands, and the store is whole', async () => {
    const on = await market();
    const out = path.join(scratchDir(), 'copy.db');
    valueOf(on.core.saveBackup(out));
    const older = on.dump().trimEnd();
    await on.call('records.write', { entity: 'store', id: recordId(91), set: { name: '새 상점' } });
    const newer = on.dump().trimEnd();
    on.close();
    const seen = new Set<string>();
    for (let step = 1; step < 50; step += 1) {
      const { signal, status } = spawnSync(process.execPath, [CHILD, 'backup', on.dir, out, String(step)]);
      const dump = await dumpOfCopy(out, on.dir);
      expect([older, newer]).toContain(dump);
      expect(dumpOf(on.dir)).toBe(newer);
      if (signal === null) {
        expect([status, step > 2, dump === newer]).toEqual([0, true, true]);
        return;
      }
      seen.add(dump);
    }
    throw new Error('it never ended by itself');
  });

  it('in the middle of the copying', async () => {
    const dir = scratchDir();
    const out = path.join(dir, 'copy.db');
    const data = path.join(dir, 'data');
    expect(await json(data, 'demo')).toMatchObject({ code: 0 });
    const before = dumpOf(data);
    const child = startDangol(['--data', data, 'backup', '--out', out]);
    const ended = once(child, 'exit');
    // The temporary file has grown: the engine is at it.
    for await (const _event of fs.promises.watch(dir)) {
      const half = fs.readdirSync(dir).find((name) => name.endsWith('.tmp'));
      if (half || fs.existsSync(out)) break;
    }
    child.kill('SIGKILL');
    await ended;
    if (fs.existsSync(out)) expect(await dumpOfCopy(out, data)).toBe(before);
    expect(dumpOf(data)).toBe(before);
  });
});
