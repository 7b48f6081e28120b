import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSealed, seal } from '#main/exchange/seal.ts';
import { ageIdentityOf, ageRecipientOf } from '#main/exchange/seal-keys.ts';
import { goodDraft } from '#tests/support/damage.ts';
import { exchangeFile } from '#tests/support/exchange-builder.ts';
import { age, whyNoAge } from '#tests/support/age.ts';
import { laptop, scratchDir } from '#tests/support/laptop.ts';
import { codeOf, keysIn, opener } from '#tests/support/sealed.ts';

const why = whyNoAge();
const office = opener('사무실');
const second = opener('둘째 사무실');

function identityFile({ privateKey }: { privateKey: string }): string {
  const file = path.join(scratchDir(), 'identity.txt');
  fs.writeFileSync(file, `${ageIdentityOf(privateKey)}\n`, { mode: 0o600 });
  return file;
}

describe.skipIf(why !== null)(`age's own program${why ? ` (skipped: ${why})` : ''}`, () => {
  it.each([0, 100, 64 * 1024, 1_000_000])('opens what is sealed here, %i bytes', async (length) => {
    const content = Buffer.alloc(length, '하루치 기록 ');
    const sealed = await seal(content, [office.publicKey, second.publicKey]);
    for (const one of [office, second]) {
      expect(age(['--decrypt', '--identity', identityFile(one)], sealed).equals(content)).toBe(true);
    }
  });

  it('opens it for nobody else', async () => {
    const sealed = await seal(Buffer.from('하루치 기록'), [office.publicKey, second.publicKey]);
    const stranger = identityFile(opener('모르는 노트북'));
    expect(() => age(['--decrypt', '--identity', stranger], sealed)).toThrow(/no identity matched/);
  });

  it.each([0, 100, 64 * 1024, 1_000_000])('seals what is opened here, %i bytes', async (length) => {
    const content = Buffer.alloc(length, '하루치 기록 ');
    const to = ['--recipient', ageRecipientOf(office.publicKey)!, '-r', ageRecipientOf(second.publicKey)!];
    const opened = await openSealed('x', age(to, content), office);
    expect(opened.bytes.equals(content)).toBe(true);
    // age may put in one that is nobody's, so that whoever reads them gets used to it.
    expect([2, 3]).toContain(opened.recipients);
  });

  it('derives the same public key from the private one', () => {
    const told = execFileSync('age-keygen', ['-y', identityFile(office)], { encoding: 'utf8' });
    expect(told.trim()).toBe(ageRecipientOf(office.publicKey));
  });

  it('seals a file as text, which is refused in words', async () => {
    const armored = age(['--armor', '-r', ageRecipientOf(office.publicKey)!], Buffer.from('x'));
    expect(await codeOf(openSealed('x', armored, office))).toBe('FILE_SEALED');
  });

  it('seals a file for an ssh key, which is told apart from a laptop’s', async () => {
    const key = path.join(scratchDir(), 'id_ed25519.pub');
    // The very key of the laptop: age wraps for it in another way, and that is not read.
    const blob = Buffer.concat([
      Buffer.from('0000000b7373682d6564323535313900000020', 'hex'),
      Buffer.from(office.publicKey, 'base64'),
    ]);
    fs.writeFileSync(key, `ssh-ed25519 ${blob.toString('base64')}\n`);
    const sealed = age(['--recipients-file', key], Buffer.from('x'));
    await expect(openSealed('x', sealed, office)).rejects.toMatchObject({
      code: 'FILE_SEALED',
      params: { reason: expect.stringContaining('ssh-ed25519') as unknown },
    });
  });

  it('seals a session file that a laptop imports', async () => {
    const field = laptop('망원 1호');
    const recipient = ageRecipientOf(keysIn(field.dir).publicKey)!;
    const result = await field.take('day.dangol', age(['-r', recipient], exchangeFile(goodDraft)));
    expect(result).toMatchObject({ status: 'imported', new: 3 });
  });
});
