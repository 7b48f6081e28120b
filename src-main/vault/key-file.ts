import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from '#shared/contract/errors.ts';
import { writeFileAtomic } from '../files/atomic.ts';

export const KEY_FILE = 'store.key';
const KEY_BYTES = 32;

/**
 * The store's key from a file beside it that only its owner may read. It protects a copy of the database without the
 * key file, not a stolen laptop: that takes the operating system's keyring or a passphrase.
 * Refuses with STORE_KEY_WRONG when the file is missing or is no key.
 */
export function readKeyFile(dir: string): Uint8Array {
  let text: string;
  try {
    text = fs.readFileSync(path.join(dir, KEY_FILE), 'utf8').trim();
  } catch (error) {
    throw new Refusal('STORE_KEY_WRONG', { dir }, error);
  }
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Refusal('STORE_KEY_WRONG', { dir });
  return Buffer.from(text, 'hex');
}

/** Makes a new key file from 32 random bytes, or reads the one that is there. */
export function ensureKeyFile(dir: string, random: (bytes: number) => Uint8Array): Uint8Array {
  if (fs.existsSync(path.join(dir, KEY_FILE))) return readKeyFile(dir);
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  const key = random(KEY_BYTES);
  writeFileAtomic(path.join(dir, KEY_FILE), Buffer.from(`${Buffer.from(key).toString('hex')}\n`), 0o600);
  return key;
}
