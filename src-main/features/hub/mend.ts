import { Refusal } from '#shared/contract/errors.ts';
import type { Change } from '#shared/merge/change.ts';
import { BLOB_PREFIX } from '../../exchange/format.ts';
import type { Opened } from '../../exchange/seal.ts';
import { releaseBlobs, replaceBlob } from '../../hub/blob-statements.ts';
import { openParcel, type OpenParcel, type ParcelRow } from '../../hub/open-parcel.ts';
import type { ParcelManifest, StreamKey } from '../../hub/parcel.ts';
import { mendParcel, parcels, parcelsOf, type ParcelKey } from '../../hub/statements.ts';
import { blobNamesIn } from '../../store/blobs.ts';
import { bodyOf, idFromBytes, idToBytes } from '../../store/codec.ts';
import type { LogRow } from '../../store/hub.ts';
import { transaction } from '../../store/sqlite.ts';
import type { Deps } from '../deps.ts';
import { fetchBlobs, sealBlob, untilAlone } from './blobs.ts';
import { keysFor, meet, type Visit } from './visit.ts';
import { wrap } from './wrap.ts';

const AT_ONCE = 500;
/** How often a parcel is read anew because another coordinator mends it at the same time. */
const TRIES = 10;

/** What a parcel is to hold instead; null where it is right as it is. */
type Mended = Pick<LogRow, 'id' | 'body'>[] | null;

/** A parcel as it lies in the hub, and its blobs where they matter. */
interface Whole {
  readonly parcel: OpenParcel;
  readonly blobs: ReadonlyMap<string, Opened>;
}

/**
 * Blanks in the hub what was destroyed here since: a coordinator of the roster in all parcels, everybody in their own; the
 * rest is mended when such a coordinator pulls. Returns how many parcels were put right. What is here is looked
 * through again after a cut, and a parcel that is right is left alone.
 */
export async function mend(deps: Deps, visit: Visit): Promise<number> {
  const { store } = deps;
  let mended = 0;
  for (;;) {
    const rows = store.hub.toMend(AT_ONCE);
    if (rows.length === 0) return mended;
    const here = new Map(rows.map((row) => [row.id.toString('hex'), row]));
    const authors = rows.map(({ id }) => id.toString('hex', 8));
    const question = parcelsOf(
      authors,
      rows.map(({ id }) => id),
    );
    for (const key of await visit.link.rows<ParcelKey & ParcelRow>(...question)) {
      if (await rewrite(deps, visit, key, ({ parcel }) => blanked(deps, parcel, here))) mended += 1;
    }
    transaction(store.db, () => store.hub.mended(rows));
  }
}

/** Seals all that is sealed for those who coordinate now, as far as this laptop can open it. */
export async function resealAll(deps: Deps, visit: Visit): Promise<number> {
  let sealed = 0;
  for (const stream of visit.streams.values()) {
    for (let number = 1; stream.sealed && number <= stream.number; number += 1) {
      if (await rewrite(deps, visit, { ...stream, number }, rowsOf, true)) sealed += 1;
      visit.progress(number, stream.number);
    }
  }
  return sealed;
}

/**
 * Whether a coordinator was named since whoever sealed it met the hub: that one cannot open it. A blob can be older than the
 * parcel that names it.
 */
export function isSealedForFewer(
  { sealed }: StreamKey,
  { parcel, blobs }: Whole,
  { roster }: Visit,
): boolean {
  const least = Math.min(parcel.recipients, ...recipientsOf(blobs));
  return sealed && least < keysFor(roster, parcel.pusherKey).length;
}

function recipientsOf(blobs: Whole['blobs']): number[] {
  return [...blobs.values()].map(({ recipients }) => recipients);
}

/** Seals for those who coordinate now a parcel that was on its way to the hub when they were named. */
export async function resealIfForFewer(deps: Deps, visit: Visit, key: ParcelKey): Promise<void> {
  const change = (whole: Whole): Mended => (isSealedForFewer(key, whole, visit) ? rowsOf(whole) : null);
  await rewrite(deps, visit, key, change, true);
}

/** `withBlobs`: they are sealed anew with it. */
async function rewrite(
  deps: Deps,
  visit: Visit,
  key: ParcelKey,
  change: (whole: Whole) => Mended,
  withBlobs = false,
): Promise<boolean> {
  const { link } = visit;
  const opener = deps.store.laptop();
  // What the database lets somebody do is not enough: readers take it from those whom the founder named, and no other.
  const isNamed = visit.roster.coordinators.some(({ publicKey }) => publicKey === opener.publicKey);
  if (!isNamed && key.laptop !== opener.id) return false;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const [row] = await link.rows<ParcelRow>(...parcels([key]));
    if (!row) return false;
    const whole = await opened(row, visit, opener, withBlobs);
    if (!whole) {
      const [now] = await link.rows<ParcelRow>(...parcels([key]));
      if (now?.revision === row.revision) return false;
      continue;
    }
    const { parcel, blobs } = whole;
    // Sealed for more than are on the list that this visit began with: somebody was named since, and must not be locked out.
    if (
      Math.max(parcel.recipients, ...recipientsOf(blobs)) > keysFor(visit.roster, parcel.pusherKey).length
    ) {
      const { roster } = (await meet(deps, link)).meeting;
      Object.assign(visit, { roster });
    }
    const first = JSON.parse(row.manifest) as ParcelManifest;
    const rows = change(whole);
    if (rows && !(await put(deps, visit, row, first, whole, rows))) continue;
    const now = rows ?? rowsOf(whole);
    await release(visit, row, first, now);
    return rows !== null;
  }
  throw new Refusal('HUB_BUSY', { where: link.where, reason: 'mend' });
}

/** What cannot be opened here, or is forged, somebody else has to put right; or it was mended at this very moment. */
async function opened(
  row: ParcelRow,
  { link, roster }: Visit,
  opener: ReturnType<Deps['store']['laptop']>,
  withBlobs: boolean,
): Promise<Whole | null> {
  try {
    const parcel = await openParcel(row, { roster, opener, previous: undefined });
    const wanted = withBlobs ? parcel.blobs : new Map<string, number>();
    return { parcel, blobs: await fetchBlobs(link, row.laptop, row, wanted, opener) };
  } catch (error) {
    const isOfParcel =
      error instanceof Refusal && (error.code === 'HUB_PARCEL_FORGED' || !error.code.startsWith('HUB_'));
    if (isOfParcel) return null;
    throw error;
  }
}

/** False when somebody else put something else there meanwhile. */
async function put(
  deps: Deps,
  visit: Visit,
  row: ParcelRow,
  first: ParcelManifest,
  { parcel, blobs: there }: Whole,
  rows: readonly Pick<LogRow, 'id' | 'body'>[],
): Promise<boolean> {
  const { link, roster } = visit;
  const named = new Set(rows.flatMap(({ body }) => blobNamesIn(body)));
  const blobs = new Map([...parcel.blobs].filter(([name]) => named.has(name)));
  const keys = keysFor(roster, first.device.publicKey);
  const before = new Set(parcel.manifest.parcel.mends?.extra);
  const { mends: _mends, ids: _ids, ...place } = first.parcel;
  const own = new Set([...parcel.changes()].map(({ id }) => id).filter((id) => !before.has(id)));
  const isOwn = ({ id }: Pick<LogRow, 'id'>): boolean => own.has(idFromBytes(id));
  const extra = rows.filter((one) => !isOwn(one)).map(({ id }) => idFromBytes(id));
  const made = await wrap(deps, roster, {
    place: { ...place, mends: { digest: parcel.digest, extra } },
    rows,
    ids: rows.filter(isOwn).map(({ id }) => id),
    blobs,
    pusherKey: first.device.publicKey,
  });
  if ((await link.rows(...mendParcel(row, made))).length === 0) return false;
  // Afterwards, and only while the parcel is as it was made here: whoever began from an older list puts no blob back.
  for (const [name, { bytes }] of there) {
    if (!named.has(name)) continue;
    const sealed = await sealBlob(bytes, row.sealed ? keys : null);
    await untilAlone(() => link.transaction(replaceBlob(row, made.signature, name, sealed)));
  }
  return true;
}

/** Lets go of the blobs that the parcel named once and names no more. */
async function release(
  { link }: Visit,
  row: ParcelRow,
  first: ParcelManifest,
  rows: readonly Pick<LogRow, 'body'>[],
): Promise<void> {
  const text = rows.map(({ body }) => body).join('\n');
  const named = Object.keys(first.files).filter((file) => file.startsWith(BLOB_PREFIX));
  const names = named.map((file) => file.slice(BLOB_PREFIX.length)).filter((name) => !text.includes(name));
  if (names.length > 0) await untilAlone(() => link.transaction(releaseBlobs(row, names)));
}

function rowsOf({ parcel }: Pick<Whole, 'parcel'>): Pick<LogRow, 'id' | 'body'>[] {
  return [...parcel.changes()].map((change) => ({ id: idToBytes(change.id), body: bodyOf(change) }));
}

/** The parcel as it is here, with the erasures that say why; null where it holds nothing that is destroyed here. */
function blanked({ store }: Deps, parcel: OpenParcel, here: ReadonlyMap<string, LogRow>): Mended {
  let isBlanked = false;
  const erasures = new Map<string, Change>();
  const ids = new Set<string>();
  const rows = [...parcel.changes()].map((change) => {
    const id = idToBytes(change.id);
    const [mine, body] = [here.get(id.toString('hex')), bodyOf(change)];
    ids.add(change.id);
    if (!mine || mine.body === body) return { id, body };
    isBlanked = true;
    for (const one of store.projector.changesAt(store.projector.table(change.entity).places(change.record))) {
      if (one.erase) erasures.set(one.id, one);
    }
    return { id, body: mine.body };
  });
  if (!isBlanked) return null;
  for (const [id, change] of erasures) {
    if (!ids.has(id)) rows.push({ id: idToBytes(id), body: bodyOf(change) });
  }
  return rows.sort((a, b) => Buffer.compare(a.id, b.id));
}
