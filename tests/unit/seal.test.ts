import { Encrypter } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#main/exchange/format.ts';
import { fingerprintOf } from '#main/exchange/keys.ts';
import { isSealed, openSealed, seal } from '#main/exchange/seal.ts';
import { codeOf, opener } from '#tests/support/sealed.ts';

const office = opener('사무실');
const second = opener('둘째 사무실');
const stranger = opener('모르는 노트북');
const content = Buffer.from('PK\u0003\u0004 속에 든 것');

describe('what is sealed', () => {
  it('opens for each of those it was sealed for, byte for byte', async () => {
    const sealed = await seal(content, [office.publicKey, second.publicKey]);
    for (const one of [office, second]) {
      expect(await openSealed('x', sealed, one)).toEqual({ bytes: content, recipients: 2 });
    }
  });

  it.each([0, 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 3 * 64 * 1024])(
    'comes back whole where it has %i bytes',
    async (length) => {
      const bytes = Buffer.alloc(length, '꾸러미');
      const sealed = await seal(bytes, [office.publicKey]);
      expect((await openSealed('x', sealed, office)).bytes.equals(bytes)).toBe(true);
    },
  );

  it('holds nothing that can be read', async () => {
    const names = Buffer.from('manifest.json 김바다 010-0000-0001'.repeat(50));
    const sealed = (await seal(names, [office.publicKey])).toString('latin1');
    for (const word of ['manifest', '010-0000', Buffer.from('김바다').toString('latin1'), office.publicKey]) {
      expect(sealed).not.toContain(word);
    }
  });

  it('has other bytes each time, and one recipient for a key that stands twice', async () => {
    const twice = [office.publicKey, office.publicKey];
    const [a, b] = [await seal(content, twice), await seal(content, twice)];
    expect(a.equals(b)).toBe(false);
    expect((await openSealed('x', a, office)).recipients).toBe(1);
  });

  it('is an age file of version 1', async () => {
    const sealed = await seal(content, [office.publicKey]);
    expect(sealed.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> X25519 /);
    expect(isSealed(sealed)).toBe(true);
    expect(isSealed(content)).toBe(false);
  });

  it('is left as it was by opening it', async () => {
    const sealed = await seal(content, [office.publicKey]);
    const before = Buffer.from(sealed);
    await openSealed('x', sealed, office);
    expect(sealed.equals(before)).toBe(true);
  });
});

describe('sealing is refused', () => {
  it('for a key with which every secret would be the same', async () => {
    const neutral = Buffer.from([1, ...Buffer.alloc(31)]).toString('base64');
    expect(await codeOf(seal(content, [office.publicKey, neutral]))).toBe('SEAL_KEY_UNUSABLE');
  });

  it('where it could not be opened again', async () => {
    const large = Buffer.alloc(LIMITS.sealed - 1000);
    expect(await codeOf(seal(large, [office.publicKey]))).toBe('SEAL_TOO_LARGE');
  });
});

describe('a file that this laptop cannot open', () => {
  it('says that it is for others, and what the sender needs to know', async () => {
    const sealed = await seal(content, [office.publicKey]);
    await expect(openSealed('x.dangol', sealed, stranger)).rejects.toMatchObject({
      code: 'FILE_SEALED_FOR_OTHERS',
      params: { file: 'x.dangol', name: stranger.name, fingerprint: fingerprintOf(stranger.publicKey) },
    });
  });

  it('by passphrase says so', async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase('correct horse battery staple');
    encrypter.setScryptWorkFactor(2);
    const sealed = Buffer.from(await encrypter.encrypt(content));
    await expect(openSealed('x', sealed, office)).rejects.toMatchObject({
      code: 'FILE_SEALED',
      params: { reason: 'passphrase' },
    });
  });

  it.each([
    ['of a newer age', (text: string) => text.replace('/v1', '/v2'), 'age-encryption.org/v2'],
    ['for keys of another kind', (text: string) => text.replace('X25519', 'ssh-rsa'), 'ssh-rsa'],
    ['as text', () => '-----BEGIN AGE ENCRYPTED FILE-----\n', '-----BEGIN AGE ENCRYPTED FILE-----'],
  ])('%s says which', async (_what, edit, reason) => {
    const sealed = (await seal(content, [office.publicKey])).toString('latin1');
    await expect(openSealed('x', Buffer.from(edit(sealed), 'latin1'), office)).rejects.toMatchObject({
      code: 'FILE_SEALED',
      params: { reason },
    });
  });

  it('since there is no laptop yet says so', async () => {
    expect(await codeOf(openSealed('x', await seal(content, [office.publicKey]), null))).toBe('FILE_SEALED');
  });
});

describe('a sealed file that is not as it was', () => {
  it('is refused at every length but its own', async () => {
    const sealed = await seal(content, [office.publicKey, second.publicKey]);
    const codes = new Set<string>();
    for (let length = 0; length < sealed.length; length += 1) {
      const cut = sealed.subarray(0, length);
      // So short that nobody can tell that it was sealed: whoever reads zips says what it is.
      if (!isSealed(cut)) expect(length).toBeLessThan('age-encryption.org/'.length);
      else codes.add(await codeOf(openSealed('x', cut, office)));
    }
    expect([...codes].sort()).toEqual(['FILE_CUT_SHORT', 'FILE_NOT_ZIP']);
  });

  it('is refused with any one bit of it turned', async () => {
    const sealed = await seal(content, [office.publicKey]);
    const codes = new Set<string>();
    for (let at = 'age-encryption.org/'.length; at < sealed.length; at += 1) {
      const turned = Buffer.from(sealed);
      turned[at]! ^= 1 << (at % 8);
      codes.add(await codeOf(openSealed('x', turned, office)));
    }
    const known = ['FILE_CUT_SHORT', 'FILE_NOT_ZIP', 'FILE_SEALED', 'FILE_SEALED_FOR_OTHERS'];
    expect(known).toEqual(expect.arrayContaining([...codes]));
  });

  it('is refused with two of its parts changed over, one gone, or something after its end', async () => {
    const part = 64 * 1024 + 16;
    const sealed = await seal(Buffer.alloc(4 * 64 * 1024, 1), [office.publicKey]);
    const start = sealed.length - 4 * part;
    const parts = [0, 1, 2, 3].map((n) => sealed.subarray(start + n * part, start + (n + 1) * part));
    const header = sealed.subarray(0, start);
    const put = (...order: number[]): Buffer => Buffer.concat([header, ...order.map((n) => parts[n]!)]);
    expect(put(0, 1, 2, 3).equals(sealed)).toBe(true);
    for (const other of [
      put(1, 0, 2, 3),
      put(0, 1, 3),
      put(0, 1, 2),
      put(0, 1, 2, 3, 3),
      Buffer.concat([sealed, Buffer.from('x')]),
    ]) {
      expect(await codeOf(openSealed('x', other, office))).toBe('FILE_NOT_ZIP');
    }
  });

  it('is refused with the header of another', async () => {
    const [a, b] = [await seal(content, [office.publicKey]), await seal(content, [office.publicKey])];
    const headerEnd = (file: Buffer): number => file.indexOf(0x0a, file.indexOf('\n---') + 1) + 1;
    const mixed = Buffer.concat([a.subarray(0, headerEnd(a)), b.subarray(headerEnd(b))]);
    expect(await codeOf(openSealed('x', mixed, office))).toBe('FILE_NOT_ZIP');
  });

  it('is refused with a header without an end, before any of it is tried', async () => {
    const line = `-> X25519 ${'A'.repeat(43)}\n${'A'.repeat(43)}\n`;
    const endless = Buffer.from(`age-encryption.org/v1\n${line.repeat(2000)}`);
    expect(await codeOf(openSealed('x', endless, office))).toBe('FILE_NOT_ZIP');
  });

  it('is refused where it is larger than what two fit in memory of', async () => {
    const large = Buffer.alloc(LIMITS.sealed + 1);
    large.write('age-encryption.org/v1\n');
    expect(await codeOf(openSealed('x', large, office))).toBe('FILE_TOO_LARGE');
  });
});

describe('a laptop among others', () => {
  it('is found among as many as there may be', async () => {
    const many = Array.from({ length: 500 }, (_none, i) => opener(`${i}`));
    const sealed = await seal(
      content,
      many.map(({ publicKey }) => publicKey),
    );
    const { recipients } = await openSealed('x', sealed, many[211]!);
    expect(recipients).toBe(500);
    await expect(
      seal(
        content,
        [...many, office].map(({ publicKey }) => publicKey),
      ),
    ).rejects.toThrow('501');
  });
});
