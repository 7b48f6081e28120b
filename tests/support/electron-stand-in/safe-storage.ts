import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SafeStorage } from 'electron';
import { app } from './app.ts';
import { strict } from './strict.ts';

/**
 * The keyring: a key in the profile, AES-256-GCM. Whoever takes the file away has lost their keyring; `--password-store=basic`
 * is Chromium's own switch for none.
 */
const KEYRING = 'stand-in-keyring';
const NONCE = 12;
const TAG = 16;

function keyringKey(make: boolean): Buffer {
  const file = path.join(app.getPath('userData'), KEYRING);
  if (!existsSync(file) && make) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  if (!existsSync(file)) throw new Error('Error while decrypting the ciphertext provided to safeStorage.');
  return readFileSync(file);
}

export const safeStorage = strict('safeStorage', {
  getSelectedStorageBackend: () =>
    process.argv.includes('--password-store=basic') ? 'basic_text' : 'gnome_libsecret',
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync(plainText) {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', keyringKey(true), nonce);
    const bytes = Buffer.concat([nonce, cipher.update(plainText, 'utf8'), cipher.final()]);
    return Promise.resolve(Buffer.concat([bytes, cipher.getAuthTag()]));
  },
  async decryptStringAsync(encrypted) {
    const decipher = createDecipheriv('aes-256-gcm', keyringKey(false), encrypted.subarray(0, NONCE));
    decipher.setAuthTag(encrypted.subarray(-TAG));
    const text = Buffer.concat([decipher.update(encrypted.subarray(NONCE, -TAG)), decipher.final()]);
    return { shouldReEncrypt: false, result: text.toString('utf8') };
  },
} satisfies Pick<
  SafeStorage,
  'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
>);
