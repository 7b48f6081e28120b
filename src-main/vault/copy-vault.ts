import fs from 'node:fs';
import path from 'node:path';
import { MAX_VAULT, readVault, vaultBytes, vaultFrom, type Vault } from './vault-file.ts';

/**
 * A copy is one file: the vault stands behind the database's last page, followed by its length (8 hex digits) and this
 * mark. The engine goes by the number of pages in its header and never looks there.
 */
const MARK = Buffer.from('DANGOLV1');
const LENGTH_DIGITS = 8;

/** Puts the vault behind a copy and brings it to the disk. */
export function appendVault(file: string, vault: Vault): void {
  const bytes = vaultBytes(vault);
  const handle = fs.openSync(file, 'a');
  try {
    const length = Buffer.from(bytes.byteLength.toString(16).padStart(LENGTH_DIGITS, '0'));
    fs.writeSync(handle, Buffer.concat([bytes, length, MARK]));
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** The vault behind a copy, and from which byte on it stands; null when there is none. VAULT_UNREADABLE. */
export function vaultIn(file: string): { readonly vault: Vault; readonly from: number } | null {
  const handle = fs.openSync(file, 'r');
  try {
    const { size } = fs.fstatSync(handle);
    const tail = MARK.byteLength + LENGTH_DIGITS;
    if (size < tail) return null;
    const end = Buffer.alloc(tail);
    fs.readSync(handle, end, 0, tail, size - tail);
    const length = Number.parseInt(end.subarray(0, LENGTH_DIGITS).toString('latin1'), 16);
    if (!end.subarray(LENGTH_DIGITS).equals(MARK) || !(length > 0 && length <= MAX_VAULT)) return null;
    const from = size - tail - length;
    if (from < 0) return null;
    const bytes = Buffer.alloc(length);
    fs.readSync(handle, bytes, 0, length, from);
    return { vault: vaultFrom(bytes, file), from };
  } finally {
    fs.closeSync(handle);
  }
}

/** The vault that opens a copy: behind it, or beside it, as in the folder of a store. */
export function vaultOfCopy(file: string): Vault | null {
  return vaultIn(file)?.vault ?? readVault(path.dirname(file));
}
