import { setImmediate as aTurn } from 'node:timers/promises';
import type { CheckedOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { ImportedFile } from '#shared/contract/exchange.ts';
import type { HubPulled } from '#shared/contract/hub.ts';
import type { ExchangeFile } from '../../exchange/read.ts';
import type { Opened } from '../../exchange/seal.ts';
import { dropAllUnnamed } from '../../hub/blob-statements.ts';
import type { HubLink } from '../../hub/connection.ts';
import { openParcel, parcelName, type OpenParcel, type ParcelRow } from '../../hub/open-parcel.ts';
import { digestOfText, keyOf, MOST_ROW, PARCEL, type StreamKey } from '../../hub/parcel.ts';
import { parcels, sizesOf, type ParcelKey } from '../../hub/statements.ts';
import { transaction } from '../../store/sqlite.ts';
import type { Deps } from '../deps.ts';
import { refusedFile, startImportRun, type ImportRun } from '../import-run.ts';
import { fetchBlobs, untilAlone } from './blobs.ts';
import { isSealedForFewer, mend, resealIfForFewer } from './mend.ts';
import { meet, nameOf, type Visit } from './visit.ts';

/** Parcels whose sizes are asked for at once. */
const ASKED = 1000;
/** Bytes of parcels that are fetched at once, and changes that are projected together. */
const FETCHED = 2 * PARCEL.bytes;
const TOGETHER = 100_000;
/** Parcels of one pull: a hub that claims to have more is asked again by the next one. */
const MOST_PARCELS = 100_000;

interface Stream {
  readonly key: StreamKey;
  /** The last parcel that is in here. */
  number: number;
  digest: string | null;
  /** Nothing further of it: something was refused, or is for others. */
  stopped: boolean;
}

/**
 * Imports the parcels that are new, each as a file of its own. A parcel is in the log, and known as pulled, in one
 * transaction: a cut leaves neither half of it, and the next pull begins where this one ended. What is refused leaves nothing
 * behind and holds up its stream alone.
 */
export async function pull(
  deps: Deps,
  link: HubLink,
  { again }: Pick<CheckedOf<'hub.pull'>, 'again'>,
  told: Pick<Visit, 'stopped' | 'progress'>,
): Promise<HubPulled> {
  const { store } = deps;
  if (again) transaction(store.db, () => store.hub.startOver());
  const first = await pullOnce(deps, link, told);
  if (again && first.kind !== 'reader') await untilAlone(() => link.transaction([dropAllUnnamed]));
  if (first.other.length === 0) return first.pulled;
  // The hub has another past than the one that is known here, as after it was put back from an old copy and went on: what
  // follows the last known parcel does not follow it. These streams are read from their beginning; what is here stays.
  transaction(store.db, () => first.other.forEach((stream) => store.hub.startOver(stream)));
  const second = await pullOnce(deps, link, told, true);
  return {
    ...second.pulled,
    files: [...first.pulled.files, ...second.pulled.files],
    new: first.pulled.new + second.pulled.new,
    known: first.pulled.known + second.pulled.known,
    conflicts: first.pulled.conflicts + second.pulled.conflicts,
    refused: first.pulled.refused + second.pulled.refused,
    mended: first.pulled.mended + second.pulled.mended,
  };
}

/** `other` are streams whose next parcel does not follow the last one known; `last`: such a one is refused instead. */
async function pullOnce(
  deps: Deps,
  link: HubLink,
  { stopped, progress }: Pick<Visit, 'stopped' | 'progress'>,
  last = false,
): Promise<{ pulled: HubPulled; other: StreamKey[]; kind: Visit['kind'] }> {
  const { store } = deps;
  const other: StreamKey[] = [];
  const { meeting } = await meet(deps, link);
  const visit: Visit = { ...meeting, link, stopped, progress };
  const { streams, wanted } = missing(deps, visit);
  const files: ImportedFile[] = [];
  let sealedForOthers = 0;
  let done = 0;
  let isStopped = false;
  let run: ImportRun | null = null;
  let together = 0;

  async function finish(): Promise<void> {
    const ending = run;
    [run, together] = [null, 0];
    if (ending) files.push(...(await ending.finish()));
  }

  /** What the hub says that it has, and has not, or so large that it cannot be a parcel. */
  function refuse(key: ParcelKey, rule: string): void {
    const stream = streams.get(keyOf(key))!;
    if (stream.stopped) return;
    stream.stopped = true;
    const name = parcelName(key);
    files.push(refusedFile(name, new Refusal('HUB_PARCEL_FORGED', { parcel: name, rule })));
  }

  async function take(row: ParcelRow): Promise<void> {
    const stream = streams.get(keyOf(row))!;
    if (stream.stopped) return;
    const name = parcelName(row);
    try {
      if (row.number !== stream.number + 1) {
        throw new Refusal('HUB_PARCEL_FORGED', { parcel: name, rule: `${stream.number + 1} is missing` });
      }
      const { parcel, blobs, file } = await whole(deps, visit, row, stream.digest);
      // Before it is noted as taken: after a cut here it is looked at once more, and whoever was named is not forgotten.
      if (isSealedForFewer(row, { parcel, blobs }, visit)) await resealIfForFewer(deps, visit, row);
      run ??= startImportRun(deps, { dryRun: false });
      const label = parcelName(row, parcel.manifest.device.name);
      const result = await run.addOpened(label, file, (importId) =>
        store.hub.saw({ ...stream.key, number: row.number, digest: parcel.digest }, importId),
      );
      if (result.status === 'refused') {
        stream.stopped = true;
        return;
      }
      [stream.number, stream.digest] = [row.number, parcel.digest];
      together += parcel.manifest.counts.changes;
      if (together >= TOGETHER) await finish();
    } catch (error) {
      if (!(error instanceof Refusal) || error.code.startsWith('DISK') || GOES_ON_NOWHERE.has(error.code)) {
        throw error;
      }
      stream.stopped = true;
      if (error.params['rule'] === 'previous' && !last) other.push(stream.key);
      else if (error.code === 'FILE_SEALED_FOR_OTHERS') sealedForOthers += 1;
      else files.push(refusedFile(name, error));
    }
  }

  try {
    for (const keys of pages(wanted)) {
      const open = keys.filter((key) => !streams.get(keyOf(key))!.stopped);
      for (const some of await inLoads(link, open, (key) => refuse(key, 'size'))) {
        const rows = new Map(
          (await link.rows<ParcelRow>(...parcels(some))).map((row) => [`${keyOf(row)} ${row.number}`, row]),
        );
        for (const key of some) {
          const row = rows.get(`${keyOf(key)} ${key.number}`);
          if (row) await take(row);
          else refuse(key, `${key.number} is missing`);
          progress((done += 1), wanted.length);
          await aTurn();
          if ((isStopped = stopped() && done < wanted.length)) break;
        }
        if (isStopped) break;
      }
      if (isStopped) break;
    }
  } finally {
    // What came in stays in, whatever happened to the hub meanwhile.
    await finish();
  }
  const mended = await mend(deps, visit);
  const sum = (what: 'new' | 'known' | 'conflicts'): number =>
    files.reduce((all, file) => all + file[what], 0);
  const pulled: HubPulled = {
    hub: nameOf(visit.roster),
    files,
    new: sum('new'),
    known: sum('known'),
    conflicts: sum('conflicts'),
    refused: files.filter(({ status }) => status === 'refused').length,
    sealedForOthers,
    mended,
    stopped: isStopped,
    roundTrips: link.roundTrips,
  };
  return { pulled, other, kind: visit.kind };
}

/** Not about one parcel: the connection itself is in trouble. */
const GOES_ON_NOWHERE = new Set(['HUB_GONE', 'HUB_SLOW', 'HUB_BUSY', 'HUB_RIGHTS', 'HUB_FULL']);

/** What of each stream is not here yet. */
function missing({ store }: Deps, { streams: there }: Visit) {
  const seen = new Map(store.hub.seen().map((one) => [keyOf(one), one]));
  const streams = new Map<string, Stream>();
  const wanted: ParcelKey[] = [];
  for (const [key, { programme, laptop, sealed, number }] of [...there].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    const { number: from = 0, digest = null } = seen.get(key) ?? {};
    const stream = { programme, laptop, sealed };
    streams.set(key, { key: stream, number: from, digest, stopped: false });
    for (let n = from + 1; n <= number && wanted.length < MOST_PARCELS; n += 1)
      wanted.push({ ...stream, number: n });
  }
  return { streams, wanted };
}

function* pages<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += ASKED) yield all.slice(at, at + ASKED);
}

/** Some keys in pieces of about the bytes that are fetched at once. */
async function inLoads(
  link: HubLink,
  keys: readonly ParcelKey[],
  tooLarge: (key: ParcelKey) => void,
): Promise<ParcelKey[][]> {
  if (keys.length === 0) return [];
  const sizes = new Map(
    (await link.rows<ParcelKey & { bytes: number }>(...sizesOf(keys))).map((row) => [
      `${keyOf(row)} ${row.number}`,
      row.bytes,
    ]),
  );
  const loads: ParcelKey[][] = [];
  let bytes = Infinity;
  for (const key of keys) {
    const size = sizes.get(`${keyOf(key)} ${key.number}`) ?? 0;
    if (size > MOST_ROW) {
      tooLarge(key);
      continue;
    }
    if (bytes + size > FETCHED) {
      loads.push([]);
      bytes = 0;
    }
    loads.at(-1)!.push(key);
    bytes += size;
  }
  return loads;
}

/** A parcel with its blobs, as a file to import. One that is mended at this very moment is read once more. */
async function whole(
  { store }: Deps,
  { link, roster }: Visit,
  row: ParcelRow,
  previous: string | null,
): Promise<{ parcel: OpenParcel; blobs: ReadonlyMap<string, Opened>; file: ExchangeFile }> {
  const opener = store.laptop();
  try {
    const parcel = await openParcel(row, { roster, opener, previous });
    const blobs = await fetchBlobs(link, parcelName(row), row, parcel.blobs, opener);
    const { manifest, manifestText, changes } = parcel;
    const bytes = new Map([...blobs].map(([name, one]) => [name, one.bytes]));
    const file = { manifest, manifestText, sha256: digestOfText(manifestText), blobs: bytes, changes };
    return { parcel, blobs, file };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'HUB_PARCEL_FORGED') throw error;
    const [now] = await link.rows<ParcelRow>(...parcels([row]));
    if (!now || now.revision === row.revision) throw error;
    return whole({ store } as Deps, { link, roster } as Visit, now, previous);
  }
}
