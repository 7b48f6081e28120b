import { parentPort, workerData } from 'node:worker_threads';
import { Refusal, type ErrorReport } from '#shared/contract/errors.ts';
import { openDatabase } from '../store/sqlite.ts';
import { storeFile } from '../store/store.ts';
import { copyIfDue, type CopyKind } from './copies.ts';

/** What the thread is told to copy. */
export interface CopyOrder {
  readonly dir: string;
  readonly key: Uint8Array;
  readonly kind: CopyKind;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What it answers: null when it made a copy or none was due. */
export type CopyAnswer = { readonly refused: ErrorReport | null };

/** The thread's whole life: one copy, over a connection of its own, so that nobody waits for it. */
function main({ dir, key, kind, now }: CopyOrder): CopyAnswer {
  try {
    const db = openDatabase(storeFile(dir), key, { mustExist: true });
    try {
      copyIfDue(dir, db, key, kind, now);
    } finally {
      db.close();
    }
    return { refused: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: { code: error.code, params: error.params } };
  }
}

parentPort?.postMessage(main(workerData as CopyOrder));
