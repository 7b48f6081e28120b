import path from 'node:path';
import { Refusal, type ErrorReport } from '#shared/contract/errors.ts';
import { asRefusal } from '../store/sqlite.ts';
import { COPIES_FOLDER } from './copies.ts';

/** That a copy could not be made, for a person whose work goes on; a bug is thrown on. */
export function notMade(thrown: unknown, dir: string): ErrorReport {
  const folder = path.join(dir, COPIES_FOLDER);
  const error = asRefusal(thrown, folder);
  if (!(error instanceof Refusal)) throw error;
  // Reading it through is how a store is found damaged that opens and goes on working.
  if (error.code === 'STORE_DAMAGED') return { code: error.code, params: error.params };
  return { code: 'COPY_NOT_MADE', params: { folder, reason: String(error.params['reason'] ?? error.code) } };
}
