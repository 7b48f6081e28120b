import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from '#shared/contract/errors.ts';
import { migrations } from './migrations/list.ts';
import { APPLICATION_ID } from './schema.ts';
import { asRefusal, openDatabase, type Db } from './sqlite.ts';

/** What a copy holds, found out by looking into it. */
export interface CopyFacts {
  readonly changes: number;
  /** Erasures among them: a copy that lacks one still holds what it destroyed. */
  readonly erasures: number;
  readonly laptop: { readonly id: string; readonly name: string };
}

const TRIES = 3;

/**
 * Writes all that a database holds into an empty file, under the same key; others may read and write meanwhile. The
 * copy is opened and checked. Refuses with STORE_DAMAGED when the source cannot be read through, and with DISK_FULL.
 */
export function copyDatabase(db: Db, file: string, key: Uint8Array): CopyFacts {
  try {
    for (let turn = 1; ; turn += 1) {
      const before = countChanges(db);
      fs.truncateSync(file, 0);
      db.prepare('VACUUM INTO ?').run(file);
      syncFile(file);
      const facts = lookInto(file, key);
      const after = countChanges(db);
      // The copy is as of some instant in between; another program that writes and takes back may need another turn.
      if (Math.min(before, after) <= facts.changes && facts.changes <= Math.max(before, after)) return facts;
      if (turn === TRIES) throw new Refusal('COPY_DAMAGED', { file, detail: `${facts.changes}/${after}` });
    }
  } catch (error) {
    throw asRefusal(error, path.dirname(file));
  }
}

function syncFile(file: string): void {
  const handle = fs.openSync(file, 'r+');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/**
 * Opens a copy, which has no log beside it, and has the engine check it. Refuses with COPY_KEY_WRONG, COPY_DAMAGED or
 * COPY_NEWER.
 */
function lookInto(file: string, key: Uint8Array): CopyFacts {
  let db: Db | undefined;
  try {
    db = openDatabase(file, key, { mustExist: true, readOnly: true });
    return checkCopy(db, file);
  } catch (error) {
    throw asCopyRefusal(error, file);
  } finally {
    db?.close();
  }
}

/** As `lookInto`, for a copy that is open already; `file` is what the person calls it. */
export function checkCopy(db: Db, file: string): CopyFacts {
  const found = db.pragma('user_version', { simple: true }) as number;
  const known = migrations.at(-1)!.version;
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID || found < 1) {
    throw new Refusal('COPY_DAMAGED', { file, detail: 'application_id' });
  }
  if (found > known) throw new Refusal('COPY_NEWER', { file, found, known });
  const [line] = db.pragma('quick_check(1)') as { quick_check: string }[];
  if (line?.quick_check !== 'ok')
    throw new Refusal('COPY_DAMAGED', { file, detail: line?.quick_check ?? '' });
  const meta = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  return {
    changes: countChanges(db),
    erasures: countErasures(db),
    laptop: { id: meta.get('laptop.id') as string, name: (meta.get('laptop.name') as string) ?? '' },
  };
}

/**
 * An error that was met inside a copy, in the words for a copy. `dir` is where the bytes lie that were looked at: a copy
 * that was brought in has the disk of its new place to thank for what it lacks.
 */
export function asCopyRefusal(thrown: unknown, file: string, dir = path.dirname(file)): unknown {
  const error = asRefusal(thrown, dir);
  if (!(error instanceof Refusal)) return error;
  if (error.code === 'STORE_KEY_WRONG') return new Refusal('COPY_KEY_WRONG', { file }, error);
  if (error.code === 'STORE_DAMAGED') {
    return new Refusal('COPY_DAMAGED', { file, detail: error.params['detail'] ?? '' }, error);
  }
  return error;
}

function countChanges(db: Db): number {
  return db.prepare('SELECT count(*) FROM change').pluck().get() as number;
}

/** How many erasures a copy has, without checking the rest of it. */
export function erasuresIn(file: string, key: Uint8Array): number {
  const db = openDatabase(file, key, { mustExist: true, readOnly: true });
  try {
    return countErasures(db);
  } finally {
    db.close();
  }
}

/** In the words of the index that there is for it. */
function countErasures(db: Db): number {
  return db.prepare(`SELECT count(*) FROM change WHERE instr(body, '"erase":[') > 0`).pluck().get() as number;
}

/** How many bytes a copy would take at most. */
export function sizeOf(db: Db): number {
  const pages = db.pragma('page_count', { simple: true }) as number;
  return pages * (db.pragma('page_size', { simple: true }) as number);
}
