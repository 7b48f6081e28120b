import { Refusal, type ErrorReport } from '#shared/contract/errors.ts';
import type { ImportedFile, LaptopSight } from '#shared/contract/exchange.ts';
import { headsOf } from '#shared/merge/register.ts';
import { fingerprintOf } from '../exchange/keys.ts';
import { readExchangeFile, type ExchangeFile } from '../exchange/read.ts';
import { sha256 } from '../exchange/write.ts';
import { destroyBlobs } from '../store/blobs.ts';
import type { Appended } from '../store/log.ts';
import { BATCH, type NewConflict } from '../store/projector.ts';
import { hasRoom, rehearse, transaction } from '../store/sqlite.ts';
import { freshId, type Deps } from './deps.ts';
import { knownOrRefused } from './laptops.ts';

/** One run over any number of files: each is durable in the log when `add` returns, all are projected by `finish`. */
export interface ImportRun {
  /** A refused file leaves nothing behind; the others go in. Never throws for what is wrong with the file. */
  add(file: string, bytes: Buffer): Promise<ImportedFile>;
  /**
   * Projects what came in and counts, for each file, the fields that newly disagree. When there is no room for that,
   * the files of the run are taken out again and come back as refused with DISK_FULL.
   */
  finish(): ImportedFile[];
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
  const conflicts = new Map<Entered, number>();
  /** Bytes of the files that came in. */
  let unprojected = 0;

  async function add(file: string, bytes: Buffer): Promise<ImportedFile> {
    const one = await enter(file, bytes);
    entered.push(one);
    return one.result;
  }

  async function enter(file: string, bytes: Buffer): Promise<Entered> {
    try {
      const before = store.imports.bySha256(sha256(bytes));
      if (before) {
        const known = before.added + before.known;
        return { result: { ...blank(file), status: 'already', import: before.id, known }, places: null };
      }
      const opened = await readExchangeFile(file, bytes);
      if (dryRun) return tryOut(file, opened);
      if (atOnce) return keepProjected(file, opened);
      return keepForLater(file, opened);
    } catch (error) {
      // What was rolled back must not be projected from a copy.
      store.projector.offer(0, []);
      if (!(error instanceof Refusal)) throw error;
      return { result: refused(file, error), places: null };
    }
  }

  /** There must be room for the log now, and later for the projections or for taking the run out again. */
  function keepForLater(file: string, opened: ExchangeFile): Entered {
    const sizes = Object.values(opened.manifest.files).map(({ bytes }) => bytes);
    const needed = sizes.reduce((sum, bytes) => sum + bytes, unprojected);
    if (!hasRoom(store.db, 2 * needed + SPARE)) throw new Refusal('DISK_FULL');
    const one = keep(file, opened);
    unprojected = needed;
    if (store.projector.waiting() >= BATCH) projectEarly(one);
    return one;
  }

  /** Enough for a sorted batch: to wait longer would only cost memory. Without room, `finish` says so for the whole run. */
  function projectEarly(one: Entered): void {
    try {
      count([...entered, one]);
      unprojected = 0;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  function keep(file: string, opened: ExchangeFile): Entered {
    const laptop = meet(file, opened);
    const { one, appended } = transaction(store.db, () => {
      const id = freshId(deps);
      const appended = store.log.append(opened.changes(), file);
      for (const bytes of opened.blobs.values()) store.blobs.put(bytes, id);
      destroyBlobs(store.db, appended.destroyed);
      const { manifest, manifestText } = opened;
      const importedAt = new Date(deps.now()).toISOString();
      store.imports.add(
        { id, file, sha256: opened.sha256, manifest: manifestText, laptop: manifest.device.id, importedAt },
        appended,
      );
      const own = manifest.device.id === store.laptop().id;
      if (!own) store.laptops.put({ ...manifest.device, firstSeenAt: importedAt });
      const { firstN, lastN } = appended;
      const result = { ...imported(file, opened, appended, laptop), import: id };
      return { one: { result, places: { firstN, lastN } }, appended };
    });
    store.projector.offer(appended.firstN, appended.fresh);
    return one;
  }

  function keepProjected(file: string, opened: ExchangeFile): Entered {
    return transaction(store.db, () => {
      const one = keep(file, opened);
      count([one]);
      return { ...one, result: { ...one.result, conflicts: conflicts.get(one) ?? 0 } };
    });
  }

  function meet(file: string, { manifest }: ExchangeFile): LaptopSight {
    const known = knownOrRefused(deps, file, manifest, true);
    const { id, name, publicKey } = manifest.device;
    return { id, name, fingerprint: fingerprintOf(publicKey), firstSeen: known === undefined };
  }

  /** All of it, projections included, and back: what the file would do. */
  function tryOut(file: string, opened: ExchangeFile): Entered {
    const result = rehearse(store.db, () => {
      const kept = keepProjected(file, opened).result;
      return () => ({ ...kept, import: null });
    });
    return { result, places: null };
  }

  /** Projects, and gives each field that newly disagrees to the file that brought the last of its heads. */
  function count(files: readonly Entered[]): void {
    store.projector.catchUp((conflict) => {
      const place = lastHead(conflict);
      const owner = files.find(({ places }) => places && places.firstN <= place && place <= places.lastN);
      if (owner) conflicts.set(owner, (conflicts.get(owner) ?? 0) + 1);
    });
  }

  function lastHead({ field, places }: NewConflict): number {
    const changes = store.projector.changesAt(places);
    const heads = new Set(
      headsOf(changes)
        .get(field)
        ?.map(({ change }) => change.id),
    );
    const all = field === 'deleted';
    return Math.max(...places.filter((_place, i) => all || heads.has(changes[i]!.id)));
  }

  function finish(): ImportedFile[] {
    try {
      count(entered);
      return entered.map((one) => ({ ...one.result, conflicts: conflicts.get(one) ?? one.result.conflicts }));
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'DISK_FULL')) throw error;
      const brought = entered.filter(({ places }) => places).map(({ result }) => result.import!);
      if (!store.imports.forget(brought)) throw error;
      return entered.map(({ result, places }) => (places ? refused(result.file, error) : result));
    }
  }

  return { add, finish };
}

function refused(file: string, { code, params }: ErrorReport): ImportedFile {
  return { ...blank(file), status: 'refused', error: { code, params } };
}

function blank(file: string): Omit<ImportedFile, 'status'> {
  return { file, import: null, new: 0, known: 0, conflicts: 0, clockSuspect: 0, records: {}, laptop: null };
}

function imported(
  file: string,
  { manifest }: ExchangeFile,
  appended: Appended,
  laptop: LaptopSight,
): ImportedFile {
  return {
    ...blank(file),
    status: 'imported',
    new: appended.added,
    known: appended.known.length,
    clockSuspect: appended.clockSuspect,
    records: manifest.counts.records,
    laptop,
  };
}
