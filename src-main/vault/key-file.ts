import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from '#shared/contract/errors.ts';
import { asFileRefusal, syncFolder, writeFileAtomic } from '../files/atomic.ts';

export const KEY_FILE = 'store.key';
export const KEY_BYTES = 32;

export function hasKeyFile(dir: string): boolean {
  return fs.existsSync(path.join(dir, KEY_FILE));
}

/**
 * The store's key from a file beside it that only its owner may read. It protects a copy of the database without the
 * key file, not a stolen laptop: that takes the operating system's keyring or a passphrase.
 * Refuses with STORE_KEY_WRONG when the file is missing or is no key, and with DISK_FAILED or FILE_UNREADABLE when it
 * could not be read.
 */
export function readKeyFile(dir: string): Uint8Array {
  let text: string;
  try {
    text = fs.readFileSync(path.join(dir, KEY_FILE), 'utf8').trim();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === 'ENOENT') throw new Refusal('STORE_KEY_WRONG', { dir }, error);
    if (reason === 'EIO') throw new Refusal('DISK_FAILED', { detail: reason }, error);
    throw asFileRefusal(error, path.join(dir, KEY_FILE), 'FILE_UNREADABLE');
  }
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Refusal('STORE_KEY_WRONG', { dir });
  return Buffer.from(text, 'hex');
}

/** Makes a new key file from 32 random bytes, or reads the one that is there. */
export function ensureKeyFile(dir: string, random: (bytes: number) => Uint8Array): Uint8Array {
  if (hasKeyFile(dir)) return readKeyFile(dir);
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  const key = random(KEY_BYTES);
  writeFileAtomic(path.join(dir, KEY_FILE), Buffer.from(`${Buffer.from(key).toString('hex')}\n`), 0o600);
  return key;
}

/** Whether the file holds this key, or what is left of one that was being destroyed. */
export function keyFileHolds(dir: string, key: Uint8Array): boolean {
  const text = fs.readFileSync(path.join(dir, KEY_FILE), 'utf8').trim();
  return text === Buffer.from(key).toString('hex') || /^0*$/.test(text);
}

/**
 * Destroys the plain key: overwritten in its place, brought to the disk, taken away. A drive that writes elsewhere by
 * itself, as flash does, may still hold the old bytes for a while. Refuses with FILE_UNWRITABLE.
 */
export function destroyKeyFile(dir: string): void {
  const file = path.join(dir, KEY_FILE);
  try {
    const handle = fs.openSync(file, 'r+');
    try {
      fs.writeSync(handle, Buffer.alloc(fs.fstatSync(handle).size, '0'));
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.rmSync(file);
    syncFolder(dir);
  } catch (error) {
    throw asFileRefusal(error, file, 'FILE_UNWRITABLE');
  }
}
