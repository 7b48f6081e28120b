import { setImmediate as aTurn } from 'node:timers/promises';
import type { CheckedOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { HubPushed } from '#shared/contract/hub.ts';
import type { Change } from '#shared/merge/change.ts';
import { nameBlobs } from '../../hub/blob-statements.ts';
import type { HubLink, Statement } from '../../hub/connection.ts';
import { isCollision } from '../../hub/failure.ts';
import { AT_ONCE, keyOf, PARCEL, type MadeParcel, type StreamKey } from '../../hub/parcel.ts';
import { addLaptop, addParcel, heldAmong, type StreamRow } from '../../hub/statements.ts';
import { blobNamesIn } from '../../store/blobs.ts';
import { changeFrom, idFromBytes } from '../../store/codec.ts';
import type { LogRow } from '../../store/hub.ts';
import { OF_NONE, placing } from '../../store/placing.ts';
import { transaction } from '../../store/sqlite.ts';
import type { Deps } from '../deps.ts';
import { TRIES } from './blobs.ts';
import { mend } from './mend.ts';
import { dropLeftOver, sendBlobs, wereNamed, type Blobs } from './send-blobs.ts';
import { isPersonal } from './sorting.ts';
import { meet, nameOf, type Visit } from './visit.ts';
import { wrap } from './wrap.ts';

/** Changes of one batch that the hub lacks, by their stream. */
interface Sorted {
  readonly stream: StreamKey;
  readonly rows: LogRow[];
  readonly blobs: Blobs;
}

interface Counts {
  pushed: number;
  parcels: number;
  held: number;
  blobs: number;
}

/**
 * Sends what the hub lacks, in batches: each is one transaction there, and then one here. What a cut leaves behind is
 * offered again, and the hub says that it holds it. Between the steps of a batch other calls are answered.
 */
export async function push(
  deps: Deps,
  link: HubLink,
  { again }: Pick<CheckedOf<'hub.push'>, 'again'>,
  { stopped, progress }: Pick<Visit, 'stopped' | 'progress'>,
): Promise<HubPushed> {
  const { store } = deps;
  store.projector.catchUp();
  if (again) transaction(store.db, () => store.hub.pushedUpTo(0));
  const counts: Counts = { pushed: 0, parcels: 0, held: 0, blobs: 0 };
  const place = placing(store.db);
  let total = store.hub.waitingCount();
  const end = store.projector.progress().total;
  let done = 0;
  let visit: Visit | undefined;
  const { id: laptop } = store.laptop();
  let batch = nextBatch(deps);
  let tries = 0;
  for (;;) {
    // The first word and the first question go together; after a collision both are asked anew.
    const question = heldAmong(...idsOf(batch.rows));
    const from = store.hub.known()?.pushedN ?? 0;
    const { meeting, more } = visit
      ? { meeting: visit, more: await link.together([question]) }
      : await meet(deps, link, [question]);
    visit ??= { ...meeting, link, stopped, progress };
    if (store.hub.known()?.pushedN !== from) {
      // The hub went back: all of it is offered again.
      [batch, total, done] = [nextBatch(deps), store.hub.waitingCount(), 0];
      continue;
    }
    if (visit.kind === 'reader') throw new Refusal('HUB_RIGHTS', { where: link.where, reason: 'reader' });
    const held = new Set((more[0] as { id: Buffer }[]).map(({ id }) => id.toString('hex')));
    await aTurn();
    const lacking = batch.rows.filter(
      (row) => !held.has(row.id.toString('hex')) && mayPush(visit!, laptop, row),
    );
    try {
      await send(deps, visit, place, lacking, counts);
    } catch (error) {
      if (!isCollision(error) || (tries += 1) > TRIES) throw error;
      visit = undefined;
      continue;
    }
    tries = 0;
    counts.held += batch.rows.length - lacking.length;
    counts.pushed += lacking.length;
    done += batch.rows.length;
    const last = batch.rows.at(-1)?.n ?? end;
    const upTo = batch.isLast ? Math.max(last, end) : last;
    transaction(store.db, () => store.hub.pushedUpTo(upTo));
    if (total > 0) progress(done, total);
    if (batch.isLast || stopped()) break;
    await aTurn();
    batch = nextBatch(deps);
    await aTurn();
  }
  if (batch.isLast) await dropLeftOver(deps, visit);
  const mended = await mend(deps, visit);
  return {
    hub: nameOf(visit.roster),
    ...counts,
    mended,
    stopped: !batch.isLast,
    roundTrips: link.roundTrips,
  };
}

/** A trainer adds what their own laptop wrote; what reached them in files, whoever wrote it or coordinates will. */
function mayPush({ kind }: Visit, laptop: string, { id }: LogRow): boolean {
  return kind === 'coordinator' || id.toString('hex', 8) === laptop;
}

/** The next changes that were not offered yet: as many as a parcel takes. */
function nextBatch({ store }: Deps): { rows: LogRow[]; isLast: boolean } {
  const rows: LogRow[] = [];
  let bytes = 0;
  let blobs = 0;
  for (const row of store.hub.waiting()) {
    bytes += row.body.length;
    for (const name of blobNamesIn(row.body)) blobs += store.blobs.get(name)?.length ?? 0;
    const isFull = rows.length >= AT_ONCE.changes || bytes > AT_ONCE.bytes || blobs > PARCEL.blobs;
    if (rows.length > 0 && isFull) {
      return { rows, isLast: false };
    }
    rows.push(row);
  }
  return { rows, isLast: true };
}

function idsOf(rows: readonly LogRow[]): [authors: string[], ids: Buffer[]] {
  return [rows.map(({ id }) => id.toString('hex', 8)), rows.map(({ id }) => id)];
}

/** One transaction: a parcel for each stream that something of the batch belongs to. */
async function send(
  deps: Deps,
  visit: Visit,
  place: (entity: string, record: string) => string,
  rows: readonly LogRow[],
  counts: Counts,
): Promise<void> {
  if (rows.length === 0) return;
  const { store } = deps;
  const { link, roster } = visit;
  const own = store.laptop();
  const sorted = sort(store, own.id, visit, place, rows);
  await aTurn();
  const blobs = await sendBlobs(deps, visit, sorted);
  const made: { stream: StreamKey; number: number; parcel: MadeParcel }[] = [];
  const statements: Statement[] = [addLaptop(own)];
  for (const { stream, rows: some, blobs: named } of sorted) {
    const before: StreamRow | undefined = visit.streams.get(keyOf(stream));
    const number = (before?.number ?? 0) + 1;
    const inOrder = some.sort((a, b) => Buffer.compare(a.id, b.id));
    const parcel = await wrap(deps, roster, {
      place: { hub: roster.hub, ...stream, number, previous: before?.digest ?? null },
      rows: inOrder,
      ids: inOrder.map(({ id }) => id),
      blobs: named,
      pusherKey: own.publicKey,
    });
    made.push({ stream, number, parcel });
    statements.push(
      ...addParcel(stream, number, parcel, ...idsOf(inOrder)),
      ...nameBlobs(stream, number, [...named.keys()]),
    );
    await aTurn();
  }
  await link.transaction(statements);
  counts.parcels += made.length;
  counts.blobs += blobs;
  transaction(store.db, () => {
    wereNamed(deps, visit, sorted);
    const seen = new Map(store.hub.seen().map((one) => [keyOf(one), one.number]));
    for (const { stream, number, parcel } of made) {
      // Where this laptop does not know its own last parcel, as after it was put back from a copy, the next pull brings both.
      if ((seen.get(keyOf(stream)) ?? 0) === number - 1) {
        store.hub.saw({ ...stream, number, digest: parcel.digest }, null);
      }
    }
  });
  const streams = new Map(visit.streams);
  for (const { stream, number, parcel } of made) {
    streams.set(keyOf(stream), { ...stream, number, digest: parcel.digest });
  }
  Object.assign(visit, { streams });
}

function sort(
  { blobs: here }: Deps['store'],
  laptop: string,
  { roster }: Visit,
  place: (entity: string, record: string) => string,
  rows: readonly LogRow[],
): Sorted[] {
  const sorted = new Map<string, Sorted>();
  for (const row of rows) {
    const change = changeFrom(idFromBytes(row.id), row.body);
    const stream: StreamKey = {
      // An erasure is for everybody who may hold the value, wherever the record belongs now; it tells no value itself.
      programme: change.erase ? OF_NONE : place(change.entity, change.record),
      laptop,
      sealed: roster.seal === 'personal' && isPersonal(change),
    };
    const key = keyOf(stream);
    let one = sorted.get(key);
    if (!one) sorted.set(key, (one = { stream, rows: [], blobs: new Map() }));
    one.rows.push(row);
    for (const name of blobNames(change)) {
      const bytes = here.get(name)?.length;
      if (bytes !== undefined) one.blobs.set(name, bytes);
    }
  }
  return [...sorted.values()].sort((a, b) => (keyOf(a.stream) < keyOf(b.stream) ? -1 : 1));
}

function blobNames({ set }: Change): string[] {
  return Object.values(set ?? {}).filter(
    (value): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  );
}
