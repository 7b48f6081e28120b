import type { Statement } from '../../hub/connection.ts';
import { addBlob, blobsThere, dropBlobs } from '../../hub/blob-statements.ts';
import { keyOf, PARCEL, type StreamKey } from '../../hub/parcel.ts';
import { transaction } from '../../store/sqlite.ts';
import type { Deps } from '../deps.ts';
import { sealBlob, untilAlone } from './blobs.ts';
import { keysFor, type Visit } from './visit.ts';

/** Bytes of blobs by their SHA-256. */
export type Blobs = Map<string, number>;

/** The blobs that a parcel of a stream is to name. */
interface Named {
  readonly stream: StreamKey;
  readonly blobs: Blobs;
}

/** A blob that was sent to a hub, and that no parcel names yet. */
type Sent = StreamKey & { readonly hub: string; readonly sha256: string };

/**
 * Sends what the hub lacks of the blobs that are to be named, before their parcels, about a parcel's bytes in a transaction:
 * what a cut leaves of them is not sent twice. What was destroyed here since is taken out of `sorted`. Returns how many went.
 */
export async function sendBlobs(deps: Deps, visit: Visit, sorted: readonly Named[]): Promise<number> {
  const { store } = deps;
  const { link, roster } = visit;
  let sent = 0;
  for (const { stream, blobs } of sorted) {
    if (blobs.size === 0) continue;
    const there = await link.rows<{ sha256: string; whole: boolean }>(
      ...blobsThere(stream, [...blobs.keys()]),
    );
    const whole = new Set(there.filter((one) => one.whole).map(({ sha256 }) => sha256));
    const lacking = [...blobs.keys()].filter((name) => !whole.has(name));
    if (lacking.length === 0) continue;
    transaction(store.db, () =>
      note(deps, [...noted(deps), ...lacking.map((sha256) => ({ ...stream, hub: roster.hub, sha256 }))]),
    );
    const keys = stream.sealed ? keysFor(roster, store.laptop().publicKey) : null;
    let statements: Statement[] = [];
    let bytes = 0;
    for (const name of lacking) {
      const here = store.blobs.get(name);
      if (!here) {
        blobs.delete(name);
        continue;
      }
      const content = await sealBlob(here, keys);
      statements.push(...addBlob(stream, name, content));
      sent += 1;
      bytes += content.length;
      if (bytes < PARCEL.bytes) continue;
      await link.transaction(statements);
      [statements, bytes] = [[], 0];
    }
    if (statements.length > 0) await link.transaction(statements);
  }
  return sent;
}

/** These are in a parcel now. For the caller's transaction. */
export function wereNamed(deps: Deps, { roster }: Visit, sorted: readonly Named[]): void {
  const named = new Map(sorted.map(({ stream, blobs }) => [keyOf(stream), blobs]));
  forget(deps, (sent) => sent.hub === roster.hub && named.get(keyOf(sent))?.has(sent.sha256) === true);
}

/**
 * Takes back what was sent for a parcel that did not come, once there is nothing left to push: a cut came between, and then
 * the picture was destroyed here, or belongs somewhere else now.
 */
export async function dropLeftOver(deps: Deps, { link, roster }: Visit): Promise<void> {
  const left = noted(deps).filter(({ hub }) => hub === roster.hub);
  for (const one of left) {
    await untilAlone(() => link.transaction(dropBlobs(one, [one.sha256])));
    transaction(deps.store.db, () => forget(deps, (sent) => placeOf(sent) === placeOf(one)));
  }
}

function noted({ store }: Deps): Sent[] {
  return JSON.parse(store.meta.get('hub.sending') || '[]') as Sent[];
}

function note({ store }: Deps, sent: readonly Sent[]): void {
  const once = new Map(sent.map((one) => [placeOf(one), one]));
  store.meta.set('hub.sending', JSON.stringify([...once.values()]));
}

/** Of what is noted now: another push may have noted more meanwhile. */
function forget(deps: Deps, isDone: (sent: Sent) => boolean): void {
  const before = noted(deps);
  const left = before.filter((one) => !isDone(one));
  if (left.length < before.length) note(deps, left);
}

function placeOf(sent: Sent): string {
  return `${sent.hub} ${keyOf(sent)} ${sent.sha256}`;
}
