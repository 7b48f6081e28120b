import { Refusal } from '#shared/contract/errors.ts';
import type { LaptopName, Manifest, SealSight } from '#shared/contract/exchange.ts';
import type { Place } from '#shared/contract/outbox.ts';
import { canonical } from '#shared/merge/canonical.ts';
import { isSealed, openSealed, seal, type Opened } from '../exchange/seal.ts';
import type { Store } from '../store/store.ts';
import type { Deps } from './deps.ts';

/** Characters, as the contract takes them from a person. */
const LONGEST_SECRET = 1000;

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

/** The secret of a destination, and what it is for. */
export interface BoundSecret {
  /** The laptop whose kit says it. */
  readonly laptop: string;
  readonly id: string;
  readonly place: Place;
  readonly secret: string;
}

/**
 * The secret together with what it is for. Whoever copies the seal out of somebody's kit into one of their own, beside an
 * address of their own, has it opened for nobody.
 */
export function boundSecret(bound: BoundSecret): string {
  return canonical(bound);
}

/** The secret in a seal that was made for this laptop, and for just this purpose; else null. Never throws a refusal. */
export async function openSecret(
  { store }: Deps,
  base64: string,
  purpose: Omit<BoundSecret, 'secret'>,
): Promise<string | null> {
  const bytes = Buffer.from(base64, 'base64');
  if (!isSealed(bytes)) return null;
  try {
    const text = (await openSealed('', bytes, store.laptop())).bytes.toString('utf8');
    const secret = (JSON.parse(text) as Partial<BoundSecret> | null)?.secret;
    if (typeof secret !== 'string' || secret === '' || secret.length > LONGEST_SECRET) return null;
    return boundSecret({ ...purpose, secret }) === text ? secret : null;
  } catch (error) {
    if (error instanceof Refusal || error instanceof SyntaxError) return null;
    throw error;
  }
}
