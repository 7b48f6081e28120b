import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from '#shared/contract/errors.ts';
import { openAudit, type Audit } from './audit.ts';
import { openBlobs, type Blobs } from './blobs.ts';
import { openDeliveries, type Deliveries } from './deliveries.ts';
import { openDestinations, type Destinations } from './destinations.ts';
import { openDrafts, type Drafts } from './drafts.ts';
import { openHubMemory, type HubMemory } from './hub.ts';
import { openImports, type Imports } from './imports.ts';
import { openKits, type Kits } from './kits.ts';
import { openLaptops, type Laptops } from './laptops.ts';
import { openLog, type Log } from './log.ts';
import { openMeta, type Meta } from './meta.ts';
import { migrate, type BeforeMigrating } from './migrate.ts';
import { openOffers, type Offers } from './offers.ts';
import { STORE_FILE, storeExists, storeFile } from './place.ts';
import { openProjector, type Projector } from './projector.ts';
import { makeSchema, projectionFingerprint } from './schema.ts';
import { asRefusal, openDatabase, openToRead, transaction, type Db } from './sqlite.ts';
import { openSteps, type Steps } from './steps.ts';

export { STORE_FILE, storeExists, storeFile } from './place.ts';

/** This laptop: its id is part of every change it writes, its Ed25519 key signs its files (raw 32 bytes, base64). */
export interface Laptop {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface Store {
  readonly db: Db;
  readonly meta: Meta;
  readonly projector: Projector;
  readonly log: Log;
  readonly imports: Imports;
  readonly laptops: Laptops;
  readonly kits: Kits;
  readonly blobs: Blobs;
  readonly drafts: Drafts;
  readonly steps: Steps;
  readonly audit: Audit;
  readonly destinations: Destinations;
  readonly offers: Offers;
  readonly deliveries: Deliveries;
  readonly hub: HubMemory;
  /** Read anew at each call, since another process may have changed it. */
  laptop(): Laptop;
  close(): void;
}

export interface OpenStore {
  /** The folder; the database is `store.db` in it. */
  readonly dir: string;
  /** 256 bits. */
  readonly key: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Changes projected at once; a test has few of them. */
  readonly batch?: number | undefined;
  /** Hears of the projections being made anew, which may take seconds after an update of the program. */
  readonly onRebuild?: ((done: number, total: number) => void) | undefined;
  readonly beforeMigrating?: BeforeMigrating | undefined;
  /** Whether it is sound, looked at before anything is written to it; throws where it is not. */
  readonly check?: ((db: Db) => void) | undefined;
}

/**
 * Makes an empty store for a new laptop and opens it; refuses with STORE_EXISTS. It is made under another name and then
 * renamed: when the program is killed meanwhile there is no store, and not one without a laptop.
 */
export function createStore(options: OpenStore, laptop: Laptop): Store {
  if (storeExists(options.dir)) throw new Refusal('STORE_EXISTS', { dir: options.dir });
  const file = path.join(options.dir, STORE_FILE);
  const draft = `${file}.new`;
  fs.rmSync(draft, { force: true });
  const db = openDatabase(draft, options.key, { mustExist: false, draft: true });
  try {
    transaction(db, () => {
      makeSchema(db);
      const meta = openMeta(db);
      meta.set('laptop.id', laptop.id);
      meta.set('laptop.name', laptop.name);
      meta.set('laptop.role', laptop.role);
      meta.set('laptop.publicKey', laptop.publicKey);
      meta.set('laptop.privateKey', laptop.privateKey);
      meta.set('projection', projectionFingerprint());
    });
  } finally {
    db.close();
  }
  fs.renameSync(draft, file);
  return wire(openDatabase(file, options.key, { mustExist: true }), options);
}

/**
 * Opens the store and brings its projections up to date. Refuses with STORE_MISSING, STORE_KEY_WRONG, STORE_NEWER,
 * STORE_DAMAGED or STORE_BUSY; the files are then as they were.
 */
export function openStore(options: OpenStore): Store {
  if (!storeExists(options.dir)) throw new Refusal('STORE_MISSING', { dir: options.dir });
  // The engine would make a new database of an empty file.
  if (fs.statSync(storeFile(options.dir)).size === 0)
    throw new Refusal('STORE_DAMAGED', { detail: 'SQLITE_EMPTY' });
  const db = openDatabase(path.join(options.dir, STORE_FILE), options.key, { mustExist: true });
  try {
    options.check?.(db);
    migrate(db, options.beforeMigrating);
    const store = wire(db, options);
    if (!store.projector.rebuildIfOutdated(options.onRebuild)) store.projector.catchUp();
    return store;
  } catch (error) {
    db.close();
    throw asRefusal(error, options.dir);
  }
}

/** What a thread that only reads needs of a store. */
export interface StoreReader extends Pick<Store, 'db' | 'projector'> {
  close(): void;
}

/** Reads a store that is open and up to date elsewhere in this process; refuses as `openStore`. */
export function readStore({ dir, key }: Pick<OpenStore, 'dir' | 'key'>): StoreReader {
  const db = openToRead(path.join(dir, STORE_FILE), key);
  return { db, projector: openProjector(db, openMeta(db)), close: () => void db.close() };
}

function wire(db: Db, { now, batch }: OpenStore): Store {
  const meta = openMeta(db);
  const projector = openProjector(db, meta, batch);
  const steps = openSteps(db, projector);
  const ofLaptop = db.prepare("SELECT substr(key, 8), value FROM meta WHERE key GLOB 'laptop.*'").raw();
  const nobody: Laptop = { id: '', name: '', role: '', publicKey: '', privateKey: '' };
  const laptop = (): Laptop => ({ ...nobody, ...Object.fromEntries(ofLaptop.all() as [string, string][]) });
  return {
    db,
    meta,
    projector,
    log: openLog({ db, meta, projector, steps, laptop: laptop().id, now }),
    imports: openImports(db, meta, projector),
    laptops: openLaptops(db),
    kits: openKits(db, laptop().id),
    blobs: openBlobs(db),
    drafts: openDrafts(db),
    steps,
    audit: openAudit(db, meta),
    destinations: openDestinations(db),
    offers: openOffers(db),
    deliveries: openDeliveries(db),
    hub: openHubMemory(db, projector),
    laptop,
    close: () => void db.close(),
  };
}
