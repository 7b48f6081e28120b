import fs from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '../files/atomic.ts';
import { STORE_FILE } from '../store/store.ts';

/**
 * The store's first page, as it is encrypted, and its size, both as of the last clean close. Without that page the engine
 * knows neither the key's salt nor where any table begins, and every other page is of no use.
 */
const SPARE_FILE = 'store.first';
const PAGE = 4096;

/** The page in base64, and the bytes of the whole file. */
interface Spare {
  readonly size: number;
  readonly page: string;
}

/** Keeps it, once the store was closed; a folder that cannot be written to keeps the one from before. */
export function keepSpare(dir: string): void {
  try {
    const handle = fs.openSync(path.join(dir, STORE_FILE), 'r');
    try {
      const page = Buffer.alloc(PAGE);
      if (fs.readSync(handle, page, 0, PAGE, 0) < PAGE) return;
      const spare: Spare = { size: fs.fstatSync(handle).size, page: page.toString('base64') };
      const text = JSON.stringify(spare);
      const file = path.join(dir, SPARE_FILE);
      if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text)
        writeFileAtomic(file, Buffer.from(text));
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // It is for a day that should not come; closing goes on.
  }
}

/**
 * Mends a copy of a damaged database so far that the engine opens it: to its full size, where it was cut short, and with
 * its first page, where `first` says so. False where nothing is kept. What is on other pages is as it was.
 */
export function mendWithSpare(dir: string, file: string, first: boolean): boolean {
  let spare: Spare;
  try {
    spare = JSON.parse(fs.readFileSync(path.join(dir, SPARE_FILE), 'utf8')) as Spare;
  } catch {
    return false;
  }
  if (fs.statSync(file).size < spare.size) fs.truncateSync(file, spare.size);
  if (!first) return true;
  const handle = fs.openSync(file, 'r+');
  try {
    fs.writeSync(handle, Buffer.from(spare.page, 'base64'), 0, PAGE, 0);
  } finally {
    fs.closeSync(handle);
  }
  return true;
}
