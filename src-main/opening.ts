import fs from 'node:fs';
import { Refusal, type ErrorReport } from '#shared/contract/errors.ts';
import { keyPairFrom } from './exchange/keys.ts';
import { asFileRefusal } from './files/atomic.ts';
import { createStore, openStore, storeExists, storeFile, type OpenStore, type Store } from './store/store.ts';
import { isReadable } from './store/sqlite.ts';
import { lookOver, readThrough } from './store/soundness.ts';
import { copyIfDue, listCopies } from './vault/copies.ts';
import { notMade } from './vault/copy-notes.ts';
import { vaultOfCopy } from './vault/copy-vault.ts';
import { hasKeyFile, readKeyFile } from './vault/key-file.ts';
import { keepingLog, leftInUse, markInUse, type InUse, type LeftInUse } from './vault/in-use.ts';
import { rescueStore } from './vault/rescue.ts';
import { finishRestore, restoreStore, type Restored } from './vault/restore.ts';
import { keyForNew, keyOf, unlockVault, type Unlock } from './vault/vault.ts';
import { readVault } from './vault/vault-file.ts';

/** How a store comes to be open: its key, its files, a copy in its place. The core does the rest. */

export interface Opening {
  readonly dataDir: string;
  /** Make an empty store when there is none. */
  readonly create: boolean;
  /** What opens the store where its key is wrapped, and what a new one is protected with. */
  readonly unlock?: Unlock | undefined;
  /** Changes projected at once; a test has few of them. */
  readonly batch?: number;
  /** Hears of the projections being made anew, which may take seconds after an update of the program. */
  readonly onRebuild?: (done: number, total: number) => void;
  /**
   * Copies before a migration and before an import, and when `copyDaily` is called: in this thread, or in one of their
   * own where a window must not wait. None when absent.
   */
  readonly copies?: 'here' | 'thread';
  /** Hears that a copy could not be made while the store was opened; the work goes on. Later it is an event. */
  readonly onNote?: (error: ErrorReport) => void;
  /** It serves a window, which a merchant may have in their hands, and not the command line. */
  readonly window?: boolean;
}

/** What opening needs of the world. */
interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

interface NewLaptop {
  readonly name: string;
  readonly role: string;
}

/** A store that is open, and the key that opens it once more for a thread of its own. */
export interface Opened {
  readonly store: Store;
  readonly key: Uint8Array;
  /** What opened it; null when it was made, or its key lies in a plain file. */
  readonly way: ReturnType<typeof keyOf>['way'];
  /** To be ended after the store was closed. */
  readonly inUse: InUse;
}

/** Makes an empty store; refuses with STORE_EXISTS, PASSPHRASE_WEAK. */
export function makeStore(
  { dataDir, unlock = {}, batch }: Pick<Opening, 'dataDir' | 'unlock' | 'batch'>,
  laptop: NewLaptop,
  { now, random }: Surroundings,
): Opened {
  finishRestore(dataDir);
  if (storeExists(dataDir)) throw new Refusal('STORE_EXISTS', { dir: dataDir });
  const key = keyForNew(dataDir, unlock, random);
  const id = Buffer.from(random(8)).toString('hex');
  const store = createStore({ dir: dataDir, key, now, batch }, { id, ...laptop, ...keyPairFrom(random(32)) });
  return { store, key, way: null, inUse: markInUse(dataDir, []) };
}

/**
 * Opens the store in `dataDir`, or makes it. One that is damaged, or gone while its copies are there, is restored from
 * the newest good copy. Refuses as `keyOf`, `openStore` and `rescueStore`, and with STORE_MISSING.
 */
export function openOrMake(options: Opening, world: Surroundings): Opened {
  const { dataDir, create, unlock = {} } = options;
  finishRestore(dataDir);
  if (!storeExists(dataDir) && !isLost(dataDir)) {
    if (create) return makeStore(options, { name: '', role: 'trainer' }, world);
    throw new Refusal('STORE_MISSING', { dir: dataDir });
  }
  const { key, way } = keyOf(dataDir, unlock);
  const left = leftInUse(dataDir);
  const store = openSound(options, key, left, world);
  return { store, key, way, inUse: markInUse(dataDir, left.marks) };
}

/** The database is gone, and what belonged to it is not. */
function isLost(dataDir: string): boolean {
  return (hasKeyFile(dataDir) || readVault(dataDir) !== null) && listCopies(dataDir).length > 0;
}

/** What may be damage. Everything else is a refusal, and nothing moves: a wrong passphrase, a disk, another program. */
const DAMAGE = new Set(['STORE_DAMAGED', 'STORE_KEY_WRONG', 'STORE_MISSING']);

/** Opens the store after a quick look, every page where it was cut short, and restores a copy where it is damaged. */
function openSound(options: Opening, key: Uint8Array, left: LeftInUse, world: Surroundings): Store {
  const { dataDir, batch, onRebuild, onNote } = options;
  const cutShort = left.marks.length > 0;
  const open = (): Store => {
    const check = cutShort ? readThrough : lookOver;
    const whole = { dir: dataDir, key, now: world.now, batch, check, ...watched(options, key, world) };
    return cutShort ? keepingLog(dataDir, () => openStore(whole)) : openStore(whole);
  };
  try {
    const store = open();
    if (left.logGone) onNote?.({ code: 'STORE_LOG_GONE', params: { dir: dataDir } });
    return store;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  // What the disk does not give may be whole, and what it stumbled over it gives the second time.
  if (storeExists(dataDir) && !isReadable(storeFile(dataDir)))
    throw new Refusal('DISK_FAILED', { detail: 'SQLITE_IOERR_READ' });
  try {
    return open();
  } catch (error) {
    if (!isDamage(error)) throw error;
    const via = options.window ? 'window' : 'commandLine';
    rescueStore({
      dir: dataDir,
      key,
      now: world.now,
      told: onRebuild,
      via,
      logGone: left.logGone,
      why: error,
    });
  }
  return open();
}

function isDamage(error: unknown): error is Refusal {
  return error instanceof Refusal && DAMAGE.has(error.code);
}

function watched(
  { dataDir, onRebuild, copies, onNote }: Opening,
  key: Uint8Array,
  world: Surroundings,
): Pick<OpenStore, 'onRebuild' | 'beforeMigrating'> {
  if (!copies) return { onRebuild };
  return {
    onRebuild,
    beforeMigrating(db) {
      try {
        copyIfDue(dataDir, db, key, 'migration', world.now());
      } catch (error) {
        onNote?.(notMade(error, dataDir));
      }
    },
  };
}

/**
 * Puts a copy in the place of the store. Where the folder has no key, as on a new laptop, the copy's own vault opens it
 * and comes along. Refuses as `restoreStore` and `keyOf`.
 */
export function restoreCopy(dataDir: string, file: string, unlock: Unlock, now: () => number): Restored {
  const isKnown = hasKeyFile(dataDir) || readVault(dataDir) !== null;
  if (isKnown) return restoreStore({ dir: dataDir, key: keyOf(dataDir, unlock).key, file, now });
  let vault: ReturnType<typeof vaultOfCopy>;
  try {
    vault = vaultOfCopy(file);
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw asFileRefusal(error, file, 'FILE_UNREADABLE');
  }
  const key = vault ? unlockVault(vault, unlock, dataDir).key : readKeyFile(dataDir);
  return restoreStore({ dir: dataDir, key, vault: vault ?? undefined, file, now });
}
