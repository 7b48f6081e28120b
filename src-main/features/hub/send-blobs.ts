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

/** A blob that was sent, and that no parcel names yet. */
type Sent = StreamKey & { readonly sha256: string };

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
      note(deps, [...noted(deps), ...lacking.map((sha256) => ({ ...stream, sha256 }))]),
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
export function wereNamed(deps: Deps, sorted: readonly Named[]): void {
  const left = noted(deps);
  if (left.length === 0) return;
  const named = new Map(sorted.map(({ stream, blobs }) => [keyOf(stream), blobs]));
  note(
    deps,
    left.filter((sent) => !named.get(keyOf(sent))?.has(sent.sha256)),
  );
}

/**
 * Takes back what was sent for a parcel that did not come, once there is nothing left to push: a cut came between, and then
 * the picture was destroyed here, or belongs somewhere else now.
 */
export async function dropLeftOver(deps: Deps, { link }: Visit): Promise<void> {
  const left = noted(deps);
  if (left.length === 0) return;
  for (const { sha256, ...stream } of left) {
    await untilAlone(() => link.transaction(dropBlobs(stream, [sha256])));
  }
  transaction(deps.store.db, () => note(deps, []));
}

function noted({ store }: Deps): Sent[] {
  return JSON.parse(store.meta.get('hub.sending') || '[]') as Sent[];
}

function note({ store }: Deps, sent: readonly Sent[]): void {
  const once = new Map(sent.map((one) => [`${keyOf(one)} ${one.sha256}`, one]));
  store.meta.set('hub.sending', JSON.stringify([...once.values()]));
}
