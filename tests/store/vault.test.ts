import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCore, restore, type Keyring, type Unlock } from '#main/core.ts';
import { KEY_FILE } from '#main/vault/key-file.ts';
import { VAULT_FILE } from '#main/vault/vault-file.ts';
import { changeIdAt, dusk, exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import {
  laptop,
  makeLaptop,
  makeScratchDir,
  scratchDir,
  valueOf,
  type TestLaptop,
} from '#tests/support/laptop.ts';
import { copyOpen } from '#tests/support/open-store.ts';

const CHILD = path.join(import.meta.dirname, '../support/killed-child.ts');
const OLD = '망원시장 앞 파란 우산';
const NEW = 'seven lamps by the harbour';
const keyring: Keyring = { secret: new Uint8Array(32).fill(9), box: Buffer.from('a box').toString('base64') };

/** The code of the refusal of opening the store like that, or what opened it. */
function opening(dir: string, unlock: Unlock): string | null {
  const opened = openCore({ dataDir: dir, create: false, unlock });
  if (!opened.ok) return opened.error.code;
  const { way } = opened.value;
  opened.value.close();
  return way;
}

const byWord = (dir: string, secret: string): string | null => opening(dir, { secret });

function files(dir: string): string[] {
  return fs.readdirSync(dir).filter((name) => !/-(wal|shm)$|^in-use-|^store\.first$/.test(name));
}

let base = '';
beforeAll(async () => {
  base = makeScratchDir();
  const at = makeLaptop('시장', { dir: base, unlock: { secret: OLD, keyring } });
  await at.call('records.write', { entity: 'store', id: recordId(1), set: { name: '망원분식' } });
  at.close();
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

/** A laptop with one shop whose key is wrapped by OLD and the keyring; that one opens it here, for it costs no time. */
function withPassphrase(name = '시장'): TestLaptop {
  return laptop(name, { dir: copyOpen(base), fresh: false, unlock: { keyring } });
}

async function codeOf(at: TestLaptop, proof = OLD): Promise<string> {
  return (await at.call('vault.makeRecovery', { proof })).code;
}

describe('a passphrase', () => {
  it('protects a new store from the beginning: there is never a plain key', async () => {
    const at = laptop('시장', { unlock: { secret: OLD } });
    expect(files(at.dir).sort()).toEqual(['store.db', VAULT_FILE]);
    expect(await at.call('vault.status', {})).toEqual({
      protected: true,
      ways: ['passphrase'],
      keyringHere: 'none',
    });
    at.close();
    expect(opening(at.dir, {})).toBe('STORE_LOCKED');
    expect(byWord(at.dir, 'somebody else entirely')).toBe('PASSPHRASE_WRONG');
    expect(byWord(at.dir, OLD)).toBe('passphrase');
  });

  it('is the same however its Korean was composed, and with spaces at its ends', () => {
    const at = withPassphrase();
    at.close();
    const pieces = OLD.normalize('NFD');
    expect(pieces).not.toBe(OLD);
    expect(byWord(at.dir, ` ${pieces}\n`)).toBe('passphrase');
  });

  it('of another form of spelling the same is another one', () => {
    const at = withPassphrase();
    at.close();
    expect(byWord(at.dir, OLD.replaceAll(' ', ''))).toBe('PASSPHRASE_WRONG');
  });

  it.each(['short', '12345678 ', 'aaaaaaaaaaaaaaa', '가나다라마바사아자'])(
    '"%s" is too weak',
    async (weak) => {
      const at = laptop('시장');
      const refused = { error: { code: 'PASSPHRASE_WEAK', params: { least: 10 } } };
      expect(await at.ask('vault.setPassphrase', { passphrase: weak })).toMatchObject(refused);
      expect(files(at.dir)).toContain(KEY_FILE);
    },
  );

  it('that is set on a store with a plain key takes that key away', async () => {
    const at = laptop('시장');
    const plain = fs.readFileSync(path.join(at.dir, KEY_FILE), 'utf8').trim();
    expect(await at.call('app.status', {})).toMatchObject({ vault: { protected: false } });
    await at.call('vault.setPassphrase', { passphrase: OLD });
    expect(await at.call('app.status', {})).toMatchObject({ vault: { protected: true, recovery: false } });
    at.close();
    expect(files(at.dir).sort()).toEqual(['store.db', VAULT_FILE]);
    expect(fs.readFileSync(path.join(at.dir, VAULT_FILE), 'utf8')).not.toContain(plain);
    expect(opening(at.dir, {})).toBe('STORE_LOCKED');
    expect(byWord(at.dir, OLD)).toBe('passphrase');
  });

  it('is changed by whoever knows the one before, and that one opens nothing any more', async () => {
    const at = withPassphrase();
    const ask = (proof?: string) =>
      at.ask('vault.setPassphrase', { passphrase: NEW, ...(proof === undefined ? {} : { proof }) });
    expect(await ask()).toMatchObject({ error: { code: 'VAULT_PROOF' } });
    expect(await ask('not the one before')).toMatchObject({ error: { code: 'PASSPHRASE_WRONG' } });
    expect(await ask(OLD)).toMatchObject({ ok: true });
    at.close();
    expect(byWord(at.dir, OLD)).toBe('PASSPHRASE_WRONG');
    expect(byWord(at.dir, NEW)).toBe('passphrase');
  });

  it('killed between the new vault and the end of the plain key, both leave a store that opens', async () => {
    const at = laptop('시장');
    const plain = fs.readFileSync(path.join(at.dir, KEY_FILE));
    await at.call('vault.setPassphrase', { passphrase: OLD });
    at.close();
    for (const left of [plain, Buffer.alloc(plain.byteLength, '0')]) {
      const killed = copyOpen(at.dir);
      fs.writeFileSync(path.join(killed, KEY_FILE), left);
      expect(byWord(killed, OLD)).toBe('passphrase');
      expect(files(killed)).not.toContain(KEY_FILE);
    }
  });

  it.each([
    ['a first one', '', 4],
    ['another one', OLD, 3],
  ])('killed at any step of setting %s, the store opens the old way or the new', (_what, old, least) => {
    const before = copyOpen(base);
    const plain = laptop('시장', { dir: scratchDir() });
    plain.close();
    const found = { old: 0, new: 0 };
    for (let step = 1; ; step += 1) {
      const dir = copyOpen(old === '' ? plain.dir : before);
      const ran = spawnSync(process.execPath, [CHILD, 'passphrase', dir, `${old}/${NEW}`, String(step)]);
      const bare = opening(dir, old === '' ? {} : { secret: old });
      const isOld = bare === (old === '' ? null : 'passphrase');
      if (!isOld) expect(byWord(dir, NEW)).toBe('passphrase');
      found[isOld ? 'old' : 'new'] += 1;
      if (ran.status === 0) {
        expect(isOld).toBe(false);
        expect(files(dir)).not.toContain(KEY_FILE);
        break;
      }
      expect(ran.signal).toBe('SIGKILL');
    }
    expect(found.old).toBeGreaterThan(0);
    expect(found.new).toBeGreaterThan(0);
    expect(found.old + found.new).toBeGreaterThan(least);
  });

  it("leaves somebody else's key file alone", () => {
    const at = withPassphrase();
    at.close();
    fs.writeFileSync(path.join(at.dir, KEY_FILE), `${'5a'.repeat(32)}\n`);
    expect(byWord(at.dir, OLD)).toBe('passphrase');
    expect(files(at.dir)).toContain(KEY_FILE);
  });
});

describe('a recovery code', () => {
  it('has nine groups without I, L, O, U, and opens in any writing', async () => {
    const at = withPassphrase();
    const code = await codeOf(at);
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
    at.close();
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('-', ' ')]) {
      expect(byWord(at.dir, typed)).toBe('recovery');
    }
  });

  it('that is mistyped says so, and one that is wrong is wrong', async () => {
    const at = withPassphrase();
    const code = await codeOf(at);
    at.close();
    expect(byWord(at.dir, `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`)).toBe('RECOVERY_MISTYPED');
    const other = await codeOf(withPassphrase('사무실'));
    expect(byWord(at.dir, other)).toBe('PASSPHRASE_WRONG');
  });

  it('gets a new passphrase where the old one was forgotten', async () => {
    const at = withPassphrase();
    const code = await codeOf(at);
    at.close();
    const again = laptop('시장', { dir: at.dir, fresh: false, unlock: { secret: code } });
    await again.call('vault.setPassphrase', { passphrase: NEW, proof: code });
    again.close();
    expect(byWord(at.dir, OLD)).toBe('PASSPHRASE_WRONG');
    expect(byWord(at.dir, NEW)).toBe('passphrase');
    expect(byWord(at.dir, code)).toBe('recovery');
  });

  it('stops working when a new one is made', async () => {
    const at = withPassphrase();
    const first = await codeOf(at);
    const second = await codeOf(at);
    at.close();
    expect(second).not.toBe(first);
    expect(byWord(at.dir, first)).toBe('PASSPHRASE_WRONG');
    expect(byWord(at.dir, second)).toBe('recovery');
  });

  it('is not made for a store whose key is plain', async () => {
    const refused = { error: { code: 'VAULT_UNPROTECTED' } };
    expect(await laptop('시장').ask('vault.makeRecovery', {})).toMatchObject(refused);
  });
});

describe('a keyring', () => {
  it('opens without a word, and when it is lost the code or the passphrase does', async () => {
    const at = withPassphrase();
    const code = await codeOf(at);
    await at.call('vault.remove', { way: 'keyring', proof: OLD });
    expect(at.core.addKeyring(keyring, undefined)).toMatchObject({ error: { code: 'VAULT_PROOF' } });
    valueOf(at.core.addKeyring(keyring, OLD));
    at.close();
    expect(opening(at.dir, { keyring })).toBe('keyring');
    const another = { ...keyring, secret: new Uint8Array(32).fill(8) };
    expect(opening(at.dir, { keyring: another })).toBe('STORE_LOCKED');
    expect(opening(at.dir, { keyring: another, secret: code })).toBe('recovery');
    expect(opening(at.dir, { secret: OLD })).toBe('passphrase');
  });

  it('protects a new store, which then has no plain key either', async () => {
    const at = laptop('시장', { unlock: { keyring } });
    at.close();
    expect(files(at.dir).sort()).toEqual(['store.db', VAULT_FILE]);
    expect(opening(at.dir, {})).toBe('STORE_LOCKED');
    expect(opening(at.dir, { keyring })).toBe('keyring');
  });
});

describe('a way', () => {
  it('can be taken away with a proof, but not the last one for every day', async () => {
    const at = withPassphrase();
    const code = await codeOf(at);
    const remove = (way: string, proof = OLD) => at.ask('vault.remove', { way, proof });
    expect(await at.ask('vault.remove', { way: 'passphrase' })).toMatchObject({
      error: { code: 'VAULT_PROOF' },
    });
    expect(await remove('passphrase')).toMatchObject({ value: { ways: ['keyring', 'recovery'] } });
    expect(await remove('passphrase')).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(await remove('keyring')).toMatchObject({ error: { code: 'VAULT_LAST_WAY' } });
    at.close();
    expect(byWord(at.dir, OLD)).toBe('PASSPHRASE_WRONG');
    expect(byWord(at.dir, code)).toBe('recovery');
  });
});

describe('another laptop', () => {
  it('opens the folder that was carried there, with the passphrase or the code', async () => {
    const at = withPassphrase();
    const code = await codeOf(at);
    const before = at.dump();
    at.close();
    const there = copyOpen(at.dir);
    // Its keyring knows nothing of this box.
    expect(opening(there, { keyring: { ...keyring, secret: new Uint8Array(32) } })).toBe('STORE_LOCKED');
    expect(byWord(there, code)).toBe('recovery');
    const moved = laptop('시장', { dir: there, fresh: false, unlock: { secret: OLD } });
    expect(moved.dump()).toBe(before);
  });

  it('opens a copy, one file, with the passphrase or the code, and is protected by them', async () => {
    const at = withPassphrase();
    const code = await codeOf(at);
    const copy = path.join(scratchDir(), 'copy.db');
    valueOf(at.core.saveBackup(copy));
    const before = at.dump();
    expect(fs.readFileSync(copy).includes(keyring.box)).toBe(false);
    for (const secret of [OLD, code]) {
      const there = path.join(scratchDir(), 'new-laptop');
      expect(restore(there, copy)).toMatchObject({ error: { code: 'STORE_LOCKED' } });
      expect(restore(there, copy, undefined, { secret: 'not this one' })).toMatchObject({
        error: { code: 'PASSPHRASE_WRONG' },
      });
      expect(valueOf(restore(there, copy, undefined, { secret }))).toMatchObject({ changes: 1, aside: null });
      expect(files(there).sort()).toEqual(['store.db', VAULT_FILE]);
      const opened = laptop('시장', { dir: there, fresh: false, unlock: { secret } });
      expect(opened.dump()).toBe(before);
      expect((await opened.call('app.verify', {})).faults).toEqual([]);
      opened.close();
    }
  });

  it('opens a copy by the passphrase of the time it was made', async () => {
    const at = withPassphrase();
    const copy = path.join(scratchDir(), 'copy.db');
    valueOf(at.core.saveBackup(copy));
    await at.call('vault.setPassphrase', { passphrase: NEW, proof: OLD });
    at.close();
    expect(restore(scratchDir(), copy, undefined, { secret: NEW })).toMatchObject({
      error: { code: 'PASSPHRASE_WRONG' },
    });
    expect(restore(scratchDir(), copy, undefined, { secret: OLD }).ok).toBe(true);
    // On its own laptop it is the key that counts, and that is the same.
    expect(valueOf(restore(at.dir, copy, undefined, { secret: NEW }))).toMatchObject({ changes: 1 });
    expect(byWord(at.dir, NEW)).toBe('passphrase');
  });
});

describe('the vault file', () => {
  it('that was lost comes back with a copy, and what came after the copy is there', async () => {
    const at = withPassphrase();
    const copy = path.join(scratchDir(), 'copy.db');
    valueOf(at.core.saveBackup(copy));
    await at.call('records.write', { entity: 'store', id: recordId(2), set: { name: '나중에 온 상점' } });
    const before = at.dump();
    at.close();
    fs.rmSync(path.join(at.dir, VAULT_FILE));
    expect(byWord(at.dir, OLD)).toBe('STORE_KEY_WRONG');
    const restored = valueOf(restore(at.dir, copy, undefined, { secret: OLD }));
    expect(restored).toMatchObject({ changes: 1, recovered: { changes: 1, lost: 0 } });
    const again = laptop('시장', { dir: at.dir, fresh: false, unlock: { secret: OLD } });
    expect(again.dump()).toBe(before);
  });

  it.each([
    ['is cut short', (text: string) => text.slice(0, 100), 'VAULT_UNREADABLE'],
    [
      'is of a newer program',
      (text: string) => text.replace('"version": 1', '"version": 2'),
      'VAULT_UNREADABLE',
    ],
    ['asks for all memory', (text: string) => text.replace('131072', '1073741824'), 'VAULT_UNREADABLE'],
    [
      'has another key in it',
      (text: string) => text.replace(/"key": "[0-9a-f]+"/, `"key": "${'f'.repeat(32)}"`),
      'PASSPHRASE_WRONG',
    ],
  ])('that %s opens nothing and breaks nothing', (_why, altered, code) => {
    const at = withPassphrase();
    at.close();
    const file = path.join(at.dir, VAULT_FILE);
    const right = fs.readFileSync(file, 'utf8');
    const wrong = altered(right);
    expect(wrong).not.toBe(right);
    fs.writeFileSync(file, wrong);
    expect(byWord(at.dir, OLD)).toBe(code);
    fs.writeFileSync(file, right);
    expect(byWord(at.dir, OLD)).toBe('passphrase');
  });
});

describe('what goes with a protected store', () => {
  it('imports, copies in a thread and reports as with any', async () => {
    const dir = scratchDir();
    const at = laptop('시장', { dir, unlock: { secret: OLD }, copies: 'thread', window: true });
    const lines = [{ id: changeIdAt(7), entity: 'store', record: recordId(7), set: { name: '새 상점' } }];
    await at.take('one.dangol', exchangeFile({ author: dusk, lines }));
    await at.core.copyDaily();
    const [copy] = fs.readdirSync(path.join(dir, 'backups'));
    expect(copy).toMatch(/-daily\.db$/);
    const book = path.join(scratchDir(), 'report.xlsx');
    expect(await at.core.saveReport({}, book)).toMatchObject({ ok: true });
    expect(fs.existsSync(path.join(dir, KEY_FILE))).toBe(false);
  });
});
