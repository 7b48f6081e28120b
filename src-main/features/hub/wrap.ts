import type { Change } from '#shared/merge/change.ts';
import { makeParcel, SALT_BYTES, type MadeParcel, type ParcelManifest } from '../../hub/parcel.ts';
import type { Roster } from '../../hub/roster.ts';
import { changeFrom, idFromBytes, lineOf } from '../../store/codec.ts';
import type { LogRow } from '../../store/hub.ts';
import { freshId, type Deps } from '../deps.ts';
import { keysFor } from './visit.ts';

/** What goes into a parcel, or back into one. */
export interface Wrapped {
  readonly place: Omit<ParcelManifest['parcel'], 'ids'>;
  /** In id order; only `id` and `body` are looked at. */
  readonly rows: readonly Pick<LogRow, 'id' | 'body'>[];
  /** Of the parcel's own changes, without the erasures that came along when it was mended. */
  readonly ids: readonly Uint8Array[];
  readonly blobs: ReadonlyMap<string, number>;
  /** The key of the laptop that pushed it: it can always open its own. */
  readonly pusherKey: string;
}

/** Signs a parcel with this laptop's key, and seals it for those who may open it. */
export function wrap(deps: Deps, roster: Roster, wrapped: Wrapped): Promise<MadeParcel> {
  const { place, rows, ids, blobs, pusherKey } = wrapped;
  const { id, name, role, publicKey, privateKey } = deps.store.laptop();
  const records = new Map<string, Set<string>>();
  for (const row of rows) {
    const change: Change = changeFrom(idFromBytes(row.id), row.body);
    records.set(change.entity, (records.get(change.entity) ?? new Set()).add(change.record));
  }
  return makeParcel({
    id: freshId(deps),
    title: `${name || id} ${place.number}`,
    createdAt: new Date(deps.now()).toISOString(),
    device: { id, name, role, publicKey },
    privateKey,
    parcel: place,
    ids,
    lines: rows.map((row) => lineOf(idFromBytes(row.id), row.body)),
    records: Object.fromEntries([...records].sort().map(([entity, some]) => [entity, some.size])),
    blobs,
    salt: deps.random(SALT_BYTES),
    keys: place.sealed ? keysFor(roster, pusherKey) : null,
  });
}
