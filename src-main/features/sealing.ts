import { Refusal } from '#shared/contract/errors.ts';
import type { LaptopName, Manifest, SealSight } from '#shared/contract/exchange.ts';
import { openSealed, seal, type Opened } from '../exchange/seal.ts';
import type { Store } from '../store/store.ts';
import type { Deps } from './deps.ts';

/** A file as it lies inside its seal, opened with this laptop's key; one without a seal as it is. */
export function unsealed({ store }: Deps, file: string, bytes: Buffer): Promise<Opened> {
  return openSealed(file, bytes, store.laptop());
}

/**
 * The laptops whose people coordinate some sessions: those that brought them in a kit, else that of the newest kit, since a
 * session may have been planned in the field. None where no kit came, or all were taken out again.
 */
export function coordinatorsOf({ store }: Deps, sessions: readonly string[]): string[] {
  const brought = sessions.flatMap((id) => broughtBy(store, id));
  if (brought.length > 0) return [...new Set(brought)].sort();
  const giver = store.kits.lastGiver();
  return giver === null ? [] : [giver];
}

function broughtBy(store: Store, session: string): string[] {
  const own = store.laptop().id;
  const sources = store.projector
    .table('session')
    .places(session)
    .flatMap((n) => store.imports.sourcesOf(n));
  return sources
    .filter(({ laptop, manifest }) => laptop !== own && (JSON.parse(manifest) as Manifest).purpose === 'kit')
    .map(({ laptop }) => laptop);
}

/** For which of some laptops a file can be sealed, and for which not, since a person said that their key is not theirs. */
export function sealSight({ store }: Deps, laptops: Iterable<string>): SealSight {
  const known = [...laptops].flatMap((id) => store.laptops.get(id) ?? []);
  const nameOf = ({ id, name }: LaptopName): LaptopName => ({ id, name });
  return {
    laptops: known.filter(({ id }) => !store.laptops.isRefused(id)).map(nameOf),
    refused: known.filter(({ id }) => store.laptops.isRefused(id)).map(nameOf),
  };
}

/**
 * Seals for laptops known here and for this one, so that it can take its own file back. Refuses with SEAL_LAPTOP_UNKNOWN,
 * SEAL_KEY_REFUSED, and as `seal` does.
 */
export async function sealFor(
  { store }: Deps,
  bytes: Uint8Array,
  laptops: readonly string[],
): Promise<Buffer> {
  const own = store.laptop();
  const keys = laptops.map((id) => {
    if (id === own.id) return own.publicKey;
    const known = store.laptops.get(id);
    if (!known) throw new Refusal('SEAL_LAPTOP_UNKNOWN', { laptop: id });
    if (store.laptops.isRefused(id)) {
      throw new Refusal('SEAL_KEY_REFUSED', { name: known.name || id, laptop: id });
    }
    return known.publicKey;
  });
  return seal(bytes, [own.publicKey, ...keys]);
}
