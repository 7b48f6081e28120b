import { setImmediate as aTurn } from 'node:timers/promises';
import { Refusal, type ErrorReport } from '#shared/contract/errors.ts';
import type { ImportedFile, LaptopSight, ProgramSight, Manifest } from '#shared/contract/exchange.ts';
import { startPrograms, unknownPrograms } from '#shared/incoming/programs.ts';
import type { Change } from '#shared/merge/change.ts';
import { fingerprintOf } from '../exchange/keys.ts';
import { readExchangeFile, type ExchangeFile } from '../exchange/read.ts';
import { sha256 } from '../exchange/write.ts';
import { destroyBlobs } from '../store/blobs.ts';
import type { Appended } from '../store/log.ts';
import { hasRoom, rehearse, transaction } from '../store/sqlite.ts';
import { freshId, type Deps } from './deps.ts';
import { programsHere } from './inspect.ts';
import { knownOrRefused } from './laptops.ts';
import { newConflicts } from './new-conflicts.ts';
import { offeredIn, takeOffers, withdrawOffers, type Offered } from './outbox/from-kits.ts';
import { unsealed } from './sealing.ts';

/** One run over any number of files: each is durable in the log when `add` returns, all are projected by `finish`. */
export interface ImportRun {
  /** A refused file leaves nothing behind; the others go in. Never throws for what is wrong with the file. */
  add(file: string, bytes: Buffer): Promise<ImportedFile>;
  /**
   * The same for what was opened and checked elsewhere, such as a parcel of the hub. `within` is called with the import in
   * the transaction that keeps it, also where the very same was here before.
   */
  addOpened(file: string, opened: ExchangeFile, within: (importId: string) => void): Promise<ImportedFile>;
  /**
   * Projects what came in and counts, for each file, the fields that newly disagree, without what a later file settled;
   * other calls may come in between the batches. When there is no room for that, the files of the run are taken out
   * again and come back as refused with DISK_FULL. Ends the run.
   */
  finish(progress?: (done: number, total: number) => void): Promise<ImportedFile[]>;
}

export interface ImportRunOptions {
  readonly dryRun: boolean;
  /** Project each file in its own transaction: for one file. Many go in several times faster when projected together. */
  readonly atOnce?: boolean;
}

/** What a run remembers of a file: not its changes, or memory would grow with the number of files. */
interface Entered {
  readonly result: ImportedFile;
  /** Its places in the log; null when nothing went in. */
  readonly places: { readonly firstN: number; readonly lastN: number } | null;
}

/** Bytes that the database needs beside what it is given: whole pages, indexes, its write-ahead log. */
const SPARE = 1024 * 1024;

export function startImportRun(deps: Deps, { dryRun, atOnce = false }: ImportRunOptions): ImportRun {
  const { store } = deps;
  const entered: Entered[] = [];
  /** Bytes of the files that came in. */
  let unprojected = 0;
  /** The programmes that were here when the run began, and those that its kits brought. */
  const programs = programsHere(store.db);
  const conflicts = newConflicts(store.projector, (place) =>
    entered.findLast(({ places }) => places && places.firstN <= place && place <= places.lastN),
  );
  let copied: Promise<void> | undefined;

  /** What is inside counts: the same file sealed again has other bytes. */
  function add(file: string, bytes: Buffer): Promise<ImportedFile> {
    return attempt(file, async () => {
      const { bytes: inside } = await unsealed(deps, file, bytes);
      const hash = sha256(inside);
      return known(file, hash) ?? enter(file, await readExchangeFile(file, inside));
    });
  }

  function addOpened(
    file: string,
    opened: ExchangeFile,
    within: (importId: string) => void,
  ): Promise<ImportedFile> {
    return attempt(file, async () => known(file, opened.sha256, within) ?? enter(file, opened, within));
  }

  async function attempt(file: string, work: () => Promise<Entered>): Promise<ImportedFile> {
    const before = entered.length;
    try {
      return resultOf(await work());
    } catch (error) {
      entered.length = before;
      // What was rolled back must not be projected from a copy.
      store.projector.offer(0, []);
      if (!(error instanceof Refusal)) throw error;
      return resultOf(note({ result: refusedFile(file, error), places: null }));
    }
  }

  function known(file: string, hash: string, within?: (importId: string) => void): Entered | null {
    const before = store.imports.bySha256(hash);
    if (!before) return null;
    if (within) transaction(store.db, () => within(before.id));
    const count = before.added + before.known;
    return note({
      result: { ...blank(file), status: 'already', import: before.id, known: count },
      places: null,
    });
  }

  async function enter(
    file: string,
    opened: ExchangeFile,
    within?: (importId: string) => void,
  ): Promise<Entered> {
    const offered = await offeredIn(deps, opened.manifest);
    if (dryRun) return tryOut(file, opened, offered);
    // Before the first file that is good, and not while nothing is sure to come in.
    await (copied ??= deps.beforeImport?.());
    if (atOnce) return keepProjected(file, opened, offered);
    const one = keepForLater(file, opened, offered, within);
    if (store.projector.waiting() >= store.projector.batch) await projectEarly();
    return one;
  }

  /** From here on, a field that newly disagrees can be this file's doing. */
  function note(one: Entered): Entered {
    entered.push(one);
    return one;
  }

  function resultOf(one: Entered): ImportedFile {
    return { ...one.result, conflicts: conflicts.of(one) || one.result.conflicts };
  }

  /** There must be room for the log now, and later for the projections or for taking the run out again. */
  function keepForLater(
    file: string,
    opened: ExchangeFile,
    offered: Offered | null,
    within?: (importId: string) => void,
  ): Entered {
    const sizes = Object.values(opened.manifest.files).map(({ bytes }) => bytes);
    const needed = sizes.reduce((sum, bytes) => sum + bytes, unprojected);
    if (!hasRoom(store.db, 2 * needed + SPARE)) throw new Refusal('DISK_FULL');
    const one = note(keep(file, opened, offered, within));
    unprojected = needed;
    return one;
  }

  /** Enough for a sorted batch: to wait longer would only cost memory. Without room, `finish` says so for the whole run. */
  async function projectEarly(): Promise<void> {
    try {
      do await aTurn();
      while (store.projector.step());
      unprojected = 0;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  function keep(
    file: string,
    opened: ExchangeFile,
    offered: Offered | null,
    within?: (importId: string) => void,
  ): Entered {
    const laptop = meet(file, opened);
    const seen = startPrograms(store.laptop().id);
    const { one, appended } = transaction(store.db, () => {
      const id = freshId(deps);
      // Before the changes: what they find destroyed may be one of these.
      for (const bytes of opened.blobs.values()) store.blobs.put(bytes, id);
      const appended = store.log.append(passing(opened.changes(), seen.see), file);
      destroyBlobs(store.db, appended.destroyed);
      const { manifest, manifestText } = opened;
      const importedAt = new Date(deps.now()).toISOString();
      store.imports.add(
        { id, file, sha256: opened.sha256, manifest: manifestText, laptop: manifest.device.id, importedAt },
        appended,
      );
      within?.(id);
      const own = manifest.device.id === store.laptop().id;
      if (!own) store.laptops.put({ ...manifest.device, firstSeenAt: importedAt });
      if (!own) takeRecipient(deps, manifest);
      const { firstN, lastN } = appended;
      const unknown = unknownPrograms(seen, manifest.purpose, {
        known: programs,
        metBefore: !laptop.firstSeen,
      });
      const destinations = !own && offered ? takeOffers(deps, id, manifest, offered) : undefined;
      const result = {
        ...{ ...imported(file, opened, appended, laptop, unknown), import: id },
        ...(destinations && { destinations }),
      };
      deps.audit.note('imports.add', { run: id, file, bytes: new Uint8Array() }, result);
      return { one: { result, places: { firstN, lastN } }, appended };
    });
    store.projector.offer(appended.firstN, appended.fresh);
    // Nothing is foreign where nothing is known, and that goes for the whole run.
    if (programs.size > 0 && one.result.unknownPrograms.length === 0) {
      for (const { id } of seen.all()) programs.add(id);
    }
    return one;
  }

  function keepProjected(file: string, opened: ExchangeFile, offered: Offered | null): Entered {
    return transaction(store.db, () => {
      const one = note(keep(file, opened, offered));
      store.projector.catchUp();
      return one;
    });
  }

  function meet(file: string, { manifest }: ExchangeFile): LaptopSight {
    const known = knownOrRefused(deps, file, manifest, true);
    const { id, name, publicKey } = manifest.device;
    return { id, name, fingerprint: fingerprintOf(publicKey), firstSeen: known === undefined };
  }

  /** All of it, projections included, and back: what the file would do. */
  function tryOut(file: string, opened: ExchangeFile, offered: Offered | null): Entered {
    const before = entered.length;
    const result = rehearse(store.db, () => {
      const kept = resultOf(keepProjected(file, opened, offered));
      return () => ({ ...kept, import: null });
    });
    entered.length = before;
    return note({ result, places: null });
  }

  async function finish(progress?: (done: number, total: number) => void): Promise<ImportedFile[]> {
    try {
      const from = store.projector.progress().done;
      while (store.projector.step()) {
        const { done, total } = store.projector.progress();
        progress?.(done - from, total - from);
        await aTurn();
      }
      conflicts.dropSettled();
      return entered.map(resultOf);
    } catch (error) {
      if (!(error instanceof Refusal && ['DISK_FULL', 'DISK_FAILED'].includes(error.code))) throw error;
      const brought = entered.filter(({ places }) => places).map(({ result }) => result.import!);
      if (!store.imports.forget(brought)) throw error;
      brought.forEach((id) => void withdrawOffers(deps, id));
      brought.forEach(noteTakenOut);
      return entered.map(({ result, places }) => (places ? refusedFile(result.file, error) : result));
    } finally {
      conflicts.end();
    }
  }

  /** The room is back, but nothing is sure on a full disk; and what was taken out was never in. */
  function noteTakenOut(id: string): void {
    try {
      deps.audit.note('imports.undo', { id }, { removed: 0, kept: 0, records: 0 });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  return { add, addOpened, finish };
}

/** What became of a file that was refused. */
export function refusedFile(file: string, { code, params }: ErrorReport): ImportedFile {
  return { ...blank(file), status: 'refused', error: { code, params } };
}

function blank(file: string): Omit<ImportedFile, 'status'> {
  return {
    file,
    import: null,
    new: 0,
    known: 0,
    conflicts: 0,
    clockSuspect: 0,
    records: {},
    laptop: null,
    unknownPrograms: [],
  };
}

function imported(
  file: string,
  { manifest }: ExchangeFile,
  appended: Appended,
  laptop: LaptopSight,
  unknownPrograms: ProgramSight[],
): ImportedFile {
  return {
    ...blank(file),
    status: 'imported',
    new: appended.added,
    known: appended.known.length,
    clockSuspect: appended.clockSuspect,
    records: manifest.counts.records,
    laptop,
    unknownPrograms,
  };
}

/** Lets someone look at changes on their way. */
function* passing(changes: Iterable<Change>, see: (change: Change) => void): IterableIterator<Change> {
  for (const change of changes) {
    see(change);
    yield change;
  }
}

/** A trainer's laptop that nobody has said anything of is the one of whom the first kit is for. */
function takeRecipient({ store }: Deps, { purpose, recipient }: Manifest): void {
  if (purpose !== 'kit' || recipient === undefined || store.laptop().role !== 'trainer') return;
  if (store.meta.get('author') === undefined) store.meta.set('author', recipient);
}
