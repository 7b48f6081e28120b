import fs from 'node:fs';
import path from 'node:path';

/** Where a store lies in its folder; apart, so that looking for one loads no database. */

export const STORE_FILE = 'store.db';

export function storeFile(dir: string): string {
  return path.join(dir, STORE_FILE);
}

export function storeExists(dir: string): boolean {
  return fs.existsSync(storeFile(dir));
}
