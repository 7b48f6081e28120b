import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from '#shared/contract/errors.ts';
import { asFileRefusal, syncFolder } from '../files/atomic.ts';
import { copyDatabase, type CopyFacts } from '../store/copy.ts';
import type { Db } from '../store/sqlite.ts';
import { STORE_FILE } from '../store/store.ts';
import { appendVault } from './copy-vault.ts';
import { KEY_FILE } from './key-file.ts';
import { portable, readVault, VAULT_FILE } from './vault-file.ts';

/** A copy that was made, opened and checked. */
export interface Backup extends CopyFacts {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Writes a copy of the store to a file, whole or not at all: into a temporary file beside it, fsync, opened with the key
 * and checked, rename. Whatever stood there before stays until then. Others may go on writing to the store. Refuses
 * with FILE_UNWRITABLE, DISK_FULL, DISK_FAILED, COPY_NOT_MADE when it does not pass its check, or STORE_DAMAGED when the
 * store cannot be read through. `before` is called when the copy is good and about to get its name; when it throws, there
 * is none.
 */
export function makeBackup(
  db: Db,
  key: Uint8Array,
  file: string,
  before?: (facts: CopyFacts) => void,
): Backup {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  refuseStoreItself(db, file);
  try {
    // Made before the engine does it, so that it is its owner's alone from its first byte.
    fs.closeSync(fs.openSync(temporary, 'w', 0o600));
  } catch (error) {
    throw asFileRefusal(error, file, 'FILE_UNWRITABLE');
  }
  try {
    const facts = copyDatabase(db, temporary, key);
    // What a person can know opens the copy on another machine too.
    const vault = readVault(path.dirname(db.name));
    const along = vault && portable(vault);
    if (along) appendVault(temporary, along);
    const bytes = fs.statSync(temporary).size;
    before?.(facts);
    fs.renameSync(temporary, file);
    syncFolder(path.dirname(file));
    return { file, bytes, ...facts };
  } catch (error) {
    for (const rest of ['', '-journal']) fs.rmSync(temporary + rest, { force: true });
    throw asFileRefusal(asNotMade(error, file), file, 'FILE_UNWRITABLE');
  }
}

/** What is wrong with a copy that is being made is no reason to choose another one. */
function asNotMade(error: unknown, file: string): unknown {
  if (!(error instanceof Refusal) || !error.code.startsWith('COPY_')) return error;
  const reason = error.params['detail'] ?? error.code;
  return new Refusal('COPY_NOT_MADE', { folder: path.dirname(file), reason }, error);
}

/** A copy over the store's own files would take its place under the feet of whoever has it open. */
function refuseStoreItself(db: Db, file: string): void {
  const folder = path.dirname(path.resolve(file));
  const own = [STORE_FILE, `${STORE_FILE}-wal`, `${STORE_FILE}-shm`, KEY_FILE, VAULT_FILE];
  if (!own.includes(path.basename(file).toLowerCase()) || !fs.existsSync(folder)) return;
  if (fs.realpathSync(folder) === fs.realpathSync(path.dirname(db.name))) {
    throw new Refusal('FILE_UNWRITABLE', { file, reason: 'EEXIST' });
  }
}
