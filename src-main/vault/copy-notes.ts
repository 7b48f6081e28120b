import path from 'node:path';
import { Refusal, type ErrorReport } from '#shared/contract/errors.ts';
import { asRefusal } from '../store/sqlite.ts';
import { COPIES_FOLDER, newestGood } from './copies.ts';

/** That a copy could not be made, for a person whose work goes on; a bug is thrown on. */
export function notMade(thrown: unknown, dir: string): ErrorReport {
  const folder = path.join(dir, COPIES_FOLDER);
  const error = asRefusal(thrown, folder);
  if (!(error instanceof Refusal)) throw error;
  // Reading it through is how a store is found damaged that opens and goes on working.
  if (error.code === 'STORE_DAMAGED') return { code: error.code, params: error.params };
  return { code: 'COPY_NOT_MADE', params: { folder, reason: String(error.params['reason'] ?? error.code) } };
}

/**
 * Names the newest good copy to the refusal of a store that is damaged. A damaged first page cannot be told from a wrong
 * key, but where the key opens a copy it is not the key.
 */
export function withCopy(error: unknown, dir: string, key: Uint8Array): unknown {
  if (!(error instanceof Refusal)) return error;
  if (error.code !== 'STORE_DAMAGED' && error.code !== 'STORE_KEY_WRONG') return error;
  const copy = newestGood(dir, key);
  if (!copy) return error;
  const at = new Date(copy.at).toLocaleString('sv-SE', { timeZone: 'Asia/Seoul' });
  const detail = error.params['detail'] ?? 'SQLITE_NOTADB';
  return new Refusal('STORE_DAMAGED_COPY', { detail, at, file: copy.file, changes: copy.changes }, error);
}
