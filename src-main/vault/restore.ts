import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from '#shared/contract/errors.ts';
import type { Rescue } from '#shared/contract/rescue.ts';
import { asFileRefusal, syncFolder, writeFileAtomic } from '../files/atomic.ts';
import { asCopyRefusal, checkCopy, type CopyFacts } from '../store/copy.ts';
import { migrations } from '../store/migrations/list.ts';
import { replay, type Replayed } from '../store/replay.ts';
import { asRefusal, isReadable, openDatabase, transaction, type Db } from '../store/sqlite.ts';
import { openStore, STORE_FILE, storeExists, type Store } from '../store/store.ts';
import { verifyStore } from '../store/verify.ts';
import { noteRescue, newestOf } from '../store/rescue.ts';
import { whoIsHere } from '../store/who.ts';
import { stampOf } from './copies.ts';
import { vaultIn } from './copy-vault.ts';
import { leftInUse } from './in-use.ts';
import { mendWithSpare } from './spare.ts';
import { VAULT_FILE, writeVault, type Vault } from './vault-file.ts';

export interface Restored {
  /** The copy that was restored. */
  readonly file: string;
  /** Changes in the copy. */
  readonly changes: number;
  /** The folder that holds the files which stood there before; null when there were none. */
  readonly aside: string | null;
  /**
   * What the copy lacked and was taken over from the files set aside; null when those could not be opened, so that
   * nobody knows what they held.
   */
  readonly recovered: Replayed | null;
}

export interface Restoring {
  /** The store's folder. */
  readonly dir: string;
  readonly key: Uint8Array;
  /** The copy's own vault, where the folder has no key yet: it comes along. */
  readonly vault?: Vault | undefined;
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Set where nobody asked for it: it is noted in the store, so that whoever opens it next is told. */
  readonly byItself?: ByItself | undefined;
  /** Hears of the changes of the copy being checked. */
  readonly told?: ((done: number, total: number) => void) | undefined;
}

/** Why the program restores by itself, and from what. */
export interface ByItself extends Pick<Rescue, 'damage' | 'skipped' | 'logGone'> {
  readonly via: 'window' | 'commandLine';
  /** When the copy was made: milliseconds since 1970. */
  readonly copyAt: number;
}

/** Where the new store is made ready, beside the one that stands. */
const STAGING = 'restoring';
/** What can still be read of the one that stands, where it does not open as it is. */
const FORMER = 'former.db';
/** Says that it is ready, and where the one that stands goes: from here on the exchange is finished by whoever comes. */
const READY = 'ready.json';

/** The database, its write-ahead log and that one's index: they belong together and go together. */
const PARTS = ['-wal', '-shm', ''] as const;

/**
 * Puts a copy in the place of the store. The copy is opened, checked in full, brought up to date and given what it lacks
 * of the present store, all in a folder of its own; only then are the store's files set aside together and the new one
 * takes their place. Killed at any instant, one of the two opens. Refuses with STORE_BUSY while another program has the
 * store open, and with COPY_KEY_WRONG, COPY_DAMAGED, COPY_NEWER, COPY_OTHER_LAPTOP, FILE_UNREADABLE, DISK_FULL,
 * DISK_FAILED: the store is then as it was.
 */
export function restoreStore({ dir, key, vault, file, now, byItself, told }: Restoring): Restored {
  finishRestore(dir);
  const staging = path.join(dir, STAGING);
  let old = claim(dir, key);
  try {
    fs.rmSync(staging, { recursive: true, force: true });
    bringIn(file, staging);
    const facts = checkBroughtIn(staging, key, file);
    const present = old !== null;
    old ??= mended(dir, staging, key);
    refuseOther(old, facts, file);
    const aside = hasParts(dir) ? freeName(dir, `set-aside-${stampOf(now())}`) : null;
    const store = openCopy({ dir: staging, key, now }, file);
    let recovered: Replayed | null;
    try {
      checkLog(store, file, told);
      recovered = old ? replay(old, store) : null;
      // The page that is kept is of the last clean close: what came after it may stand nowhere that it leads to.
      if (recovered && !present && wasCutShort(dir)) recovered = { ...recovered, lost: null };
      const done = { file, changes: facts.changes, aside: aside && path.join(dir, aside), recovered };
      noteRestored(store, done, { old, at: now(), byItself });
      if (present) refuseIfGone(dir);
    } finally {
      store.close();
    }
    syncWhole(staging);
    if (vault) writeVault(staging, vault);
    writeFileAtomic(path.join(staging, READY), Buffer.from(JSON.stringify({ aside })));
    old?.close();
    finishRestore(dir);
    return { file, changes: facts.changes, aside: aside && path.join(dir, aside), recovered };
  } catch (error) {
    old?.close();
    // Once it is ready there is no way back: the next opening finishes it.
    if (!fs.existsSync(path.join(staging, READY))) fs.rmSync(staging, { recursive: true, force: true });
    throw asFileRefusal(asDiskFailure(error, dir), dir, 'FILE_UNWRITABLE');
  }
}

/**
 * A page that the disk does not give is damage while it gives others, and is counted as lost. A disk that has stopped
 * giving anything looks the same from within, and what it holds would be left behind: the first page was read before.
 */
function refuseIfGone(dir: string): void {
  const file = path.join(dir, STORE_FILE);
  if (isReadable(file, 1) || isReadable(file, 1)) return;
  throw new Refusal('DISK_FAILED', { detail: 'SQLITE_IOERR_READ' });
}

/** The copy was opened and has passed its check by then: what is wrong with it afterwards is what the disk did not give. */
function asDiskFailure(thrown: unknown, dir: string): unknown {
  const error = asRefusal(thrown, dir);
  if (!(error instanceof Refusal)) return error;
  if (error.code !== 'STORE_DAMAGED' && error.code !== 'STORE_KEY_WRONG') return error;
  return new Refusal('DISK_FAILED', { detail: error.params['detail'] ?? 'SQLITE_NOTADB' }, error);
}

/**
 * Finishes an exchange that was ready when the program was killed; does nothing when there is none. Each step may have
 * been done before. Comes before every opening, or an empty store would be made in the gap.
 */
export function finishRestore(dir: string): void {
  const staging = path.join(dir, STAGING);
  const ready = path.join(staging, READY);
  if (!fs.existsSync(ready)) return;
  const { aside } = JSON.parse(fs.readFileSync(ready, 'utf8')) as { aside: string | null };
  const fresh = path.join(staging, STORE_FILE);
  const vault = path.join(staging, VAULT_FILE);
  try {
    // Before the store, which nothing else opens.
    if (fs.existsSync(vault)) fs.renameSync(vault, path.join(dir, VAULT_FILE));
    if (fs.existsSync(fresh)) {
      if (aside !== null) setAside(dir, path.join(dir, aside));
      fs.renameSync(fresh, path.join(dir, STORE_FILE));
      syncFolder(dir);
    }
    fs.rmSync(staging, { recursive: true, force: true });
  } catch (error) {
    // Windows renames no file that somebody has open.
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    if (['EBUSY', 'EPERM', 'EACCES'].includes(reason)) throw new Refusal('STORE_BUSY', {}, error);
    throw error;
  }
}

/** Closed cleanly, a store has neither a log nor a mark. */
function wasCutShort(dir: string): boolean {
  return fs.existsSync(path.join(dir, `${STORE_FILE}-wal`)) || leftInUse(dir).marks.length > 0;
}

/** Something is left of a store, be it its log alone. */
function hasParts(dir: string): boolean {
  return PARTS.some((part) => fs.existsSync(path.join(dir, STORE_FILE + part)));
}

/** The log goes first: the new database must never stand beside the old one's log, which would be played into it. */
function setAside(dir: string, aside: string): void {
  fs.mkdirSync(aside, { recursive: true, mode: 0o700 });
  for (const part of PARTS) {
    const [from, to] = [path.join(dir, STORE_FILE + part), path.join(aside, STORE_FILE + part)];
    if (fs.existsSync(from) && !fs.existsSync(to)) fs.renameSync(from, to);
  }
  syncFolder(aside);
  syncFolder(dir);
}

/**
 * The present store for ourselves alone; null when there is none or it does not open, at the second try neither: what it
 * has beyond the copy would not be taken over. Refuses with STORE_BUSY, and with DISK_FAILED where the disk does not give
 * it: it may be whole there.
 */
function claim(dir: string, key: Uint8Array): Db | null {
  // The engine would make a new database of an empty file.
  if (!storeExists(dir) || fs.statSync(path.join(dir, STORE_FILE)).size === 0) return null;
  const db = claimOnce(dir, key) ?? claimOnce(dir, key);
  if (!db && !isReadable(path.join(dir, STORE_FILE)))
    throw new Refusal('DISK_FAILED', { detail: 'SQLITE_IOERR_READ' });
  return db;
}

function claimOnce(dir: string, key: Uint8Array): Db | null {
  const log = path.join(dir, `${STORE_FILE}-wal`);
  const bytes = logBeside(log);
  let db: Db | undefined;
  try {
    db = openDatabase(path.join(dir, STORE_FILE), key, { mustExist: true, alone: true });
    const found = db.pragma('user_version', { simple: true }) as number;
    const known = migrations.at(-1)!.version;
    if (found > known) throw new Refusal('STORE_NEWER', { found, known });
    return db;
  } catch (error) {
    db?.close();
    // The engine drops a log that it cannot read; a person may still want it beside its database.
    if (bytes && !fs.existsSync(log)) fs.writeFileSync(log, bytes, { mode: 0o600 });
    if (!(error instanceof Refusal)) return null;
    if (error.code === 'STORE_DAMAGED' || error.code === 'STORE_KEY_WRONG') return null;
    throw error;
  }
}

function logBeside(file: string): Buffer | null {
  try {
    return fs.existsSync(file) ? fs.readFileSync(file) : null;
  } catch (error) {
    throw asFileRefusal(error, file, 'FILE_UNREADABLE');
  }
}

/**
 * A database that does not open for want of its first page, or because it was cut short, as far as it can be read with
 * what was kept for that: of a copy of it, which is thrown away. Null where that does not help.
 */
function mended(dir: string, staging: string, key: Uint8Array): Db | null {
  const file = path.join(dir, STORE_FILE);
  if (!storeExists(dir) || fs.statSync(file).size === 0) return null;
  const to = path.join(staging, FORMER);
  for (const first of [false, true]) {
    for (const part of PARTS) fs.rmSync(to + part, { force: true });
    for (const part of ['', '-wal']) if (fs.existsSync(file + part)) fs.copyFileSync(file + part, to + part);
    if (!mendWithSpare(dir, to, first)) return null;
    try {
      return openDatabase(to, key, { mustExist: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code !== 'STORE_DAMAGED' && error.code !== 'STORE_KEY_WRONG') throw error;
    }
  }
  return null;
}

/** The very bytes that are checked are those that will stand there; a log beside the copy belongs to it. */
function bringIn(file: string, staging: string): void {
  if (!fs.existsSync(file)) throw new Refusal('FILE_UNREADABLE', { file, reason: 'ENOENT' });
  fs.mkdirSync(staging, { recursive: true, mode: 0o700 });
  for (const part of ['', '-wal']) {
    const to = path.join(staging, STORE_FILE + part);
    if (!fs.existsSync(file + part)) continue;
    try {
      fs.copyFileSync(file + part, to);
      fs.chmodSync(to, 0o600);
      if (part === '') fs.truncateSync(to, vaultIn(to)?.from ?? fs.statSync(to).size);
    } catch (error) {
      throw asFileRefusal(error, file, 'FILE_UNREADABLE');
    }
  }
}

function checkBroughtIn(staging: string, key: Uint8Array, file: string): CopyFacts {
  let db: Db | undefined;
  try {
    db = openDatabase(path.join(staging, STORE_FILE), key, { mustExist: true });
    return checkCopy(db, file);
  } catch (error) {
    throw asCopyRefusal(error, file, staging);
  } finally {
    db?.close();
  }
}

/** Where the present store cannot say whose it is, the key says enough: each laptop has its own. */
function refuseOther(old: Db | null, { laptop }: CopyFacts, file: string): void {
  let here: string | undefined;
  try {
    here = old?.prepare("SELECT value FROM meta WHERE key = 'laptop.id'").pluck().get() as string | undefined;
  } catch {
    return;
  }
  if (here !== undefined && here !== laptop.id) {
    throw new Refusal('COPY_OTHER_LAPTOP', { file, laptop: laptop.name || laptop.id, here });
  }
}

function openCopy(options: Pick<Restoring, 'dir' | 'key' | 'now'>, file: string): Store {
  try {
    return openStore(options);
  } catch (error) {
    throw asCopyRefusal(error, file, options.dir);
  }
}

/** The chain goes on from the copy with what the former store wrote since, and then with this. */
function noteRestored(
  store: Store,
  restored: Restored,
  { old, at, byItself }: { old: Db | null; at: number; byItself: ByItself | undefined },
): void {
  const { file, changes } = restored;
  const { laptop, person } = whoIsHere(store.db);
  transaction(store.db, () => {
    const { whole } = old ? store.audit.carryOver(old) : { whole: null };
    store.audit.add({
      ...{ at: new Date(at).toISOString(), what: 'restored', why: null },
      via: byItself?.via ?? 'commandLine',
      ...{ laptop: laptop.id, person: person?.id ?? null, name: person?.name ?? null },
      subject: { file: path.basename(file), count: changes, whole, ...(byItself && { form: 'rescue' }) },
    });
    noteRescue(store, byItself ? rescueOf(store, restored, byItself, at) : null);
  });
}

function rescueOf(
  store: Store,
  { file, changes, aside, recovered }: Restored,
  { damage, skipped, logGone, copyAt }: ByItself,
  at: number,
): Rescue {
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    ...{ at: iso(at), damage, skipped, logGone, copy: { file, at: iso(copyAt), changes }, aside, recovered },
    newest: newestOf(store.db, store.laptop().id),
    seen: false,
  };
}

/** Every change must be readable; tables that differ from them are made anew. */
function checkLog(store: Store, file: string, told: Restoring['told']): void {
  const { faults } = verifyStore(store, told);
  const broken = faults.find(({ part }) => part === 'log' || part === 'database');
  if (broken) throw new Refusal('COPY_DAMAGED', { file, detail: `${broken.part} ${broken.at}` });
  if (faults.some(({ part }) => part === 'projection')) store.projector.rebuild();
}

function freeName(dir: string, wanted: string): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${wanted}-${n}`;
    if (!fs.existsSync(path.join(dir, name))) return name;
  }
}

/** Closed, it is one file without a log, and on the disk. */
function syncWhole(staging: string): void {
  const handle = fs.openSync(path.join(staging, STORE_FILE), 'r+');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  if (fs.existsSync(path.join(staging, `${STORE_FILE}-wal`)))
    throw new Refusal('DISK_FAILED', { detail: 'SQLITE_CHECKPOINT' });
}
