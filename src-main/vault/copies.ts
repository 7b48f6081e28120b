import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from '#shared/contract/errors.ts';
import type { RenewedCopies } from '#shared/contract/retention.ts';
import { asFileRefusal } from '../files/atomic.ts';
import { isRunning } from '../files/running.ts';
import { erasuresIn, sizeOf } from '../store/copy.ts';
import { hasRoom, type Db } from '../store/sqlite.ts';
import { makeBackup, type Backup } from './backups.ts';

/** The copies that the program makes by itself, in a folder beside the store. */
export const COPIES_FOLDER = 'backups';

/** Why a copy is made, and how many of the kind are kept. */
const KEPT = { migration: 3, import: 5, daily: 7 } as const;

export type CopyKind = keyof typeof KEPT;

export interface Copy {
  readonly file: string;
  readonly kind: CopyKind;
  /** Milliseconds since 1970, whole seconds. */
  readonly at: number;
}

const HOUR = 3_600_000;
const SEOUL = 9 * HOUR;

/** `20261126-193000`: the time in Asia/Seoul, which has no summer time, so that names sort by time. */
export function stampOf(ms: number): string {
  const [day, time] = new Date(ms + SEOUL).toISOString().split('T') as [string, string];
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
}

export function nameOf(kind: CopyKind, ms: number): string {
  return `${stampOf(ms)}-${kind}.db`;
}

/** What a file name says, or null when it is not one of ours. */
export function copyFrom(file: string): Copy | null {
  const parts = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(migration|import|daily)\.db$/.exec(
    path.basename(file),
  );
  if (!parts) return null;
  const [year, month, ...rest] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { file, kind: parts[7] as CopyKind, at: Date.UTC(year, month - 1, ...rest) - SEOUL };
}

/** The copies in a store's folder, newest first; none where the folder cannot be read. */
export function listCopies(dir: string): Copy[] {
  const folder = path.join(dir, COPIES_FOLDER);
  let names: string[];
  try {
    names = fs.readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .flatMap((name) => copyFrom(path.join(folder, name)) ?? [])
    .sort((a, b) => b.at - a.at || (a.file < b.file ? 1 : -1));
}

/**
 * One a day in Asia/Seoul, one an hour before imports, one before each migration. A clock that was set back must not
 * stop the copies until it has caught up, so a time in the future counts as another time.
 */
export function isDue(kind: CopyKind, copies: readonly Copy[], now: number): boolean {
  const times = copies.filter((copy) => copy.kind === kind).map(({ at }) => at);
  if (kind === 'migration') return true;
  if (kind === 'import') return !times.some((at) => Math.abs(now - at) < HOUR);
  return !times.some((at) => stampOf(at).slice(0, 8) === stampOf(now).slice(0, 8));
}

/** The copies of a kind that are too many, newest first as they come. */
export function tooMany(kind: CopyKind, copies: readonly Copy[]): Copy[] {
  return copies.filter((copy) => copy.kind === kind).slice(KEPT[kind]);
}

/**
 * Makes a copy if one is due and the store holds anything; null when not. It never takes more than half of the room that
 * is left. Copies beyond those that are kept go, and those that still hold what was erased since. Refuses as `makeBackup`.
 */
export function copyIfDue(dir: string, db: Db, key: Uint8Array, kind: CopyKind, now: number): Backup | null {
  if (db.prepare('SELECT 1 FROM change LIMIT 1').get() === undefined) return null;
  if (!isDue(kind, listCopies(dir), now)) return null;
  return makeCopy(dir, db, key, kind, now);
}

/** How many copies lie beside a store, and how many folders a restore set aside. */
export function besideStore(dir: string): { copies: number; aside: number } {
  const aside = fs.readdirSync(dir).filter((name) => name.startsWith('set-aside-')).length;
  return { copies: listCopies(dir).length, aside };
}

/**
 * Makes a copy now, due or not, after something was erased: those that still hold it go. `left` are from before too, but
 * cannot be opened with the store's key. Refuses as `makeBackup`; then the copies from before are there still.
 */
export function renewCopies(dir: string, db: Db, key: Uint8Array, now: number): RenewedCopies {
  const before = listCopies(dir);
  const made = makeCopy(dir, db, key, 'daily', now);
  const after = listCopies(dir);
  const left = after.filter(({ file }) => file !== made.file && !isReadable(file, key)).length;
  const removed = before.filter(({ file }) => file !== made.file && !fs.existsSync(file)).length;
  return { removed, left, aside: besideStore(dir).aside };
}

function isReadable(file: string, key: Uint8Array): boolean {
  try {
    erasuresIn(file, key);
    return true;
  } catch {
    return false;
  }
}

function makeCopy(dir: string, db: Db, key: Uint8Array, kind: CopyKind, now: number): Backup {
  const folder = path.join(dir, COPIES_FOLDER);
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw asFileRefusal(error, folder, 'FILE_UNWRITABLE');
  }
  sweep(folder);
  if (!hasRoom(db, 2 * sizeOf(db))) throw new Refusal('DISK_FULL');
  const made = makeBackup(db, key, path.join(folder, nameOf(kind, now)));
  const copies = listCopies(dir);
  const gone = new Set([...tooMany(kind, copies), ...holdingErased(copies, key, made)]);
  for (const { file } of gone) if (file !== made.file) fs.rmSync(file, { force: true });
  return made;
}

/** An erasure stays in the log for good: a copy with fewer of them is from before one, and holds what it destroyed. */
function holdingErased(copies: readonly Copy[], key: Uint8Array, { erasures }: Backup): Copy[] {
  if (erasures === 0) return [];
  return copies.filter(({ file }) => {
    try {
      return erasuresIn(file, key) < erasures;
    } catch {
      // It cannot be looked into now; it may be all that is left to a person who knows better.
      return false;
    }
  });
}

/** What killed programs left half written. */
function sweep(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    const owner = /^\..+\.(\d+)\.tmp(-journal)?$/.exec(name)?.[1];
    if (owner && !isRunning(Number(owner))) fs.rmSync(path.join(folder, name), { force: true });
  }
}
