import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Refusal } from '#shared/contract/errors.ts';

/** The one place that knows the database engine. */
export type Db = Database.Database;
export type Statement = Database.Statement<unknown[], unknown>;

const KEY_BYTES = 32;
/** Whoever reads everything once has little use for pages that were read. */
const READING_CACHE_KB = 8000;

export interface OpenDatabase {
  readonly mustExist: boolean;
  /** A file that is thrown away when making it is cut short: it needs no log to recover from. */
  readonly draft?: boolean;
  /** Just to look into it: nothing is written, beside it neither. */
  readonly readOnly?: boolean;
  /** Nobody else may have it open, or open it from now on; refuses with STORE_BUSY at once. */
  readonly alone?: boolean;
}

const PATIENCE = 10_000;
const NO_PATIENCE = 200;

/**
 * Opens, or creates, an encrypted database (ChaCha20-Poly1305, SQLite3 Multiple Ciphers) with a raw 256-bit key.
 * Refuses with STORE_KEY_WRONG, STORE_DAMAGED, STORE_BUSY, DISK_FULL or DISK_FAILED.
 */
export function openDatabase(file: string, key: Uint8Array, options: OpenDatabase): Db {
  if (key.byteLength !== KEY_BYTES)
    throw new TypeError(`the key has ${key.byteLength} bytes, not ${KEY_BYTES}`);
  try {
    return openOnce(file, key, options);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'STORE_KEY_WRONG') throw error;
    // A first page that the disk did not give looks like one under another key: the engine does not tell them apart.
    if (!isReadable(file)) throw new Refusal('DISK_FAILED', { detail: error.code }, error);
    return openOnce(file, key, options);
  }
}

const READ_AT_ONCE = 1024 * 1024;

/** Whether the disk gives the first bytes of a file, all of them where no number is given; read as the engine reads. */
export function isReadable(file: string, bytes = Infinity): boolean {
  let handle: number | undefined;
  try {
    handle = fs.openSync(file, 'r');
    const buffer = Buffer.alloc(Math.min(READ_AT_ONCE, bytes));
    for (let at = 0; at < bytes;) {
      const read = fs.readSync(handle, buffer, 0, buffer.byteLength, at);
      if (read === 0) break;
      at += read;
    }
    return true;
  } catch {
    return false;
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}

function openOnce(file: string, key: Uint8Array, options: OpenDatabase): Db {
  let db: Db | undefined;
  try {
    db = new Database(file, {
      fileMustExist: options.mustExist,
      readonly: options.readOnly ?? false,
      timeout: options.alone ? NO_PATIENCE : PATIENCE,
    });
    db.pragma("cipher = 'chacha20'");
    db.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`);
    if (options.alone) db.pragma('locking_mode = EXCLUSIVE');
    if (options.readOnly) prepareToRead(db);
    else prepare(db, options.draft ? 'MEMORY' : 'WAL');
    return db;
  } catch (error) {
    db?.close();
    throw asRefusal(error, path.dirname(file));
  }
}

/**
 * Opens a database that is open elsewhere in this process for reading alone, through a connection of its own: it sees one
 * state for as long as a transaction lasts, whatever is written meanwhile. Refuses as `openDatabase`.
 */
export function openToRead(file: string, key: Uint8Array): Db {
  let db: Db | undefined;
  try {
    db = new Database(file, { fileMustExist: true, readonly: true, timeout: 10_000 });
    db.pragma("cipher = 'chacha20'");
    db.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`);
    db.pragma('trusted_schema = OFF');
    db.pragma('temp_store = MEMORY');
    db.pragma(`cache_size = -${READING_CACHE_KB}`);
    return db;
  } catch (error) {
    db?.close();
    throw asRefusal(error, path.dirname(file));
  }
}

function prepare(db: Db, journal: 'WAL' | 'MEMORY'): void {
  db.pragma(`journal_mode = ${journal}`);
  // A reopened WAL database runs NORMAL, which may lose the last commits at a power cut: a mark must be durable.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  // Deleted and erased values are overwritten, not only unlinked.
  db.pragma('secure_delete = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -64000');
  // An import of many files writes the same pages again and again: four times the usual before they are copied over.
  db.pragma('wal_autocheckpoint = 4000');
}

function prepareToRead(db: Db): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('temp_store = MEMORY');
  // The first page is read here: a wrong key is met on opening, and not by whoever asks first.
  db.pragma('schema_version');
}

/** A full disk shows in the database, its log, at a sync, and in the shared index that every opening makes. */
const NO_ROOM = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_SHMSIZE']);
/** With so much left it was not the room that was missing. */
const SOME_ROOM = 1024 * 1024;

/** Turns the engine's errors into refusals that a person can act on; anything else comes back as it was. */
export function asRefusal(error: unknown, dir: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const detail = error.code;
  const full = detail === 'SQLITE_FULL' || (NO_ROOM.has(detail) && !(roomIn(dir) >= SOME_ROOM));
  if (full) return new Refusal('DISK_FULL', {}, error);
  if (detail.startsWith('SQLITE_IOERR')) {
    // A lock that a disk without writing does not give is met as one of its failures.
    const reason = whyNotWritable(dir);
    return reason === null
      ? new Refusal('DISK_FAILED', { detail }, error)
      : new Refusal('FILE_UNWRITABLE', { file: dir, reason }, error);
  }
  if (detail === 'SQLITE_NOTADB') return new Refusal('STORE_KEY_WRONG', { dir }, error);
  if (detail.startsWith('SQLITE_CORRUPT')) return new Refusal('STORE_DAMAGED', { detail }, error);
  if (detail.startsWith('SQLITE_BUSY')) return new Refusal('STORE_BUSY', {}, error);
  if (detail === 'SQLITE_READONLY' || detail === 'SQLITE_CANTOPEN' || detail.startsWith('SQLITE_READONLY')) {
    return new Refusal('FILE_UNWRITABLE', { file: dir, reason: detail }, error);
  }
  return error;
}

function whyNotWritable(dir: string): string | null {
  try {
    fs.accessSync(dir || '.', fs.constants.W_OK);
    return null;
  } catch (error) {
    const reason = String((error as NodeJS.ErrnoException).code);
    return ['EROFS', 'EACCES', 'EPERM'].includes(reason) ? reason : null;
  }
}

/** Whether the disk that holds the database has that many bytes to spare; true where the system cannot tell. */
export function hasRoom(db: Db, bytes: number): boolean {
  return !(roomIn(path.dirname(db.name)) < bytes);
}

/** Bytes to spare on the disk of a folder; NaN where the system cannot tell. */
function roomIn(dir: string): number {
  try {
    const { bavail, bsize } = fs.statfsSync(dir);
    return bavail * bsize;
  } catch {
    return NaN;
  }
}

/** Runs `work` in one immediate transaction: all of it is kept, or nothing. */
export function transaction<T>(db: Db, work: () => T): T {
  try {
    return db.transaction(work).immediate();
  } catch (error) {
    throw asRefusal(error, path.dirname(db.name));
  }
}

/** Thrown to roll a rehearsal back; never leaves this file. */
class Rehearsed extends Error {}

/**
 * Runs `work` in a transaction that is rolled back, and then what it returned, which sees the database as it was: for
 * saying what would happen.
 */
export function rehearse<T>(db: Db, work: () => () => T): T {
  let then: (() => T) | undefined;
  try {
    transaction(db, () => {
      then = work();
      throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
  }
  return then!();
}
