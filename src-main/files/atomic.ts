import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from '#shared/contract/errors.ts';

/**
 * Writes a file so that at any instant either the old one or the whole new one stands under its name: a temporary
 * file beside the target, fsync, rename, fsync of the folder. Refuses with DISK_FULL or FILE_UNWRITABLE.
 */
export function writeFileAtomic(file: string, bytes: Uint8Array, mode = 0o600): void {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    const handle = fs.openSync(temporary, 'w', mode);
    try {
      fs.writeFileSync(handle, bytes);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(temporary, file);
    syncFolder(path.dirname(file));
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw asFileRefusal(error, file, 'FILE_UNWRITABLE');
  }
}

/** Reads a whole file; refuses with FILE_UNREADABLE, or FILE_TOO_LARGE beyond `limit` bytes. */
export function readFileWhole(file: string, limit: number): Buffer {
  try {
    const { size } = fs.statSync(file);
    if (size > limit) throw new Refusal('FILE_TOO_LARGE', { file, bytes: size, limit });
    return fs.readFileSync(file);
  } catch (error) {
    throw asFileRefusal(error, file, 'FILE_UNREADABLE');
  }
}

/** Turns a file system error into a refusal; anything else comes back as it was. */
export function asFileRefusal(
  error: unknown,
  file: string,
  code: 'FILE_UNREADABLE' | 'FILE_UNWRITABLE',
): unknown {
  if (!(error instanceof Error) || error instanceof Refusal) return error;
  const reason = (error as NodeJS.ErrnoException).code;
  if (reason === undefined) return error;
  if (reason === 'ENOSPC' || reason === 'EDQUOT') return new Refusal('DISK_FULL', {}, error);
  return new Refusal(code, { file, reason }, error);
}

/** Makes a rename durable; Windows has no way to sync a folder and does not need it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
