import type { KitDestination, KitDestinations, Manifest } from '#shared/contract/exchange.ts';
import { place as placeShape, type Place } from '#shared/contract/outbox.ts';
import { id as idShape, requiredLine } from '#shared/contract/shapes.ts';
import { canonical } from '#shared/merge/canonical.ts';
import type { DestinationRecord } from '../../store/destinations.ts';
import type { Offer } from '../../store/offers.ts';
import type { Deps } from '../deps.ts';
import { openSecret } from '../sealing.ts';
import { outboxViews } from './views.ts';

/** What a kit says of destinations, as far as this version knows it, with the secrets that are for this laptop. */
export interface Offered {
  readonly known: readonly (Pick<Offer, 'id' | 'name' | 'place' | 'secret'> & {
    /** One came, be it for another laptop. */
    readonly needsSecret: boolean;
  })[];
  readonly leftOut: number;
}

/** Whoever signs in somewhere has a password for it. */
function needsSecret(place: Place): boolean {
  if (place.kind === 'folder') return false;
  return place.kind === 's3' || place.kind === 'hub' || place.user !== '';
}

/** Null where the file says nothing of destinations. A kind that is not known here, or what cannot be used, is counted. */
export async function offeredIn(deps: Deps, manifest: Manifest): Promise<Offered | null> {
  const all = manifest.purpose === 'kit' ? (manifest.destinations ?? []) : [];
  if (all.length === 0) return null;
  const laptop = manifest.device.id;
  const known = new Map<string, Offered['known'][number]>();
  for (const { id, secret: sealed, ...one } of all) {
    const sight = sightOf(one);
    if (!sight || !idShape.safeParse(id).success || known.has(id)) continue;
    const { name, place } = sight;
    const secret = sealed === undefined ? null : await openSecret(deps, sealed, { laptop, id, place });
    known.set(id, { id, name, place, secret, needsSecret: needsSecret(place) });
  }
  return { known: [...known.values()], leftOut: all.length - known.size };
}

/** Where a kit says that files can be sent; nothing of it is believed yet. */
export function destinationsIn({ purpose, destinations = [] }: Manifest): KitDestination[] {
  return purpose === 'kit' ? destinations.flatMap((one) => sightOf(one) ?? []) : [];
}

function sightOf(one: { name: string; place?: unknown }): KitDestination | null {
  const [name, place] = [requiredLine.safeParse(one.name), placeShape.safeParse(one.place)];
  return name.success && place.success ? { name: name.data, place: place.data } : null;
}

/**
 * Takes down what a kit that is merged offers, and lets it in where the laptop is one to be believed. Within the
 * import's own transaction.
 */
export function takeOffers(
  deps: Deps,
  importId: string,
  { device, createdAt }: Manifest,
  { known, leftOut }: Offered,
): KitDestinations {
  const { store } = deps;
  // A clock that runs ahead must not shut out every kit that comes later.
  const madeAt = new Date(Math.min(Date.parse(createdAt), deps.now())).toISOString();
  for (const { id, name, place, secret } of known) {
    const { id: laptop, publicKey } = device;
    store.offers.add({ import: importId, laptop, publicKey, madeAt, id, name, place, secret });
  }
  const settled = settle(deps, device.id, new Set(known.map(({ id }) => id)));
  const lacking = known.filter(
    (one) => one.needsSecret && (store.destinations.get(one.id)?.secret ?? one.secret) === null,
  );
  return { ...settled, withoutSecret: lacking.map(({ name }) => name), leftOut };
}

type Settled = Omit<KitDestinations, 'withoutSecret' | 'leftOut'>;

/**
 * Brings the destinations in line with what the kits of a laptop offer. Nothing happens where it is not to be believed,
 * and never to what was set up here, came from another laptop, or was changed here. `told`: of which to tell, else of all.
 */
export function settle(deps: Deps, laptop: string, told?: ReadonlySet<string>): Settled {
  const { store, now } = deps;
  const settled: { [K in keyof Settled]: Settled[K][number][] } = {
    added: [],
    changed: [],
    kept: [],
    held: [],
  };
  const known = store.laptops.get(laptop);
  if (!known) return settled as Settled;
  const isBelieved = believes(deps, laptop);
  for (const offer of store.offers.standing(laptop, known.publicKey)) {
    const { id, name, place } = offer;
    const tell = <T>(list: T[], one: T): void => void ((told?.has(id) ?? true) && list.push(one));
    const before = store.destinations.get(id);
    if (before && before.fromLaptop !== laptop) continue;
    const isThere = before !== undefined && before.removedAt === null;
    if (before?.changedHere) {
      if (isThere && isOther(before, offer)) tell(settled.kept, before.name);
      continue;
    }
    if (isThere && !isOther(before, offer)) continue;
    if (!isBelieved) {
      tell(settled.held, { name, place });
      continue;
    }
    // A password that was given for one address is not sent to another.
    const isSamePlace = isThere && canonical(before.place) === canonical(place);
    const secret = offer.secret ?? (isSamePlace ? undefined : null);
    store.destinations.save({ id, name, place, secret, fromLaptop: laptop });
    if (isThere) store.deliveries.unpark(id, now());
    tell(isThere ? settled.changed : settled.added, { name, place });
  }
  return settled as Settled;
}

function isOther(
  before: DestinationRecord,
  { name, place, secret }: Pick<Offer, 'name' | 'place' | 'secret'>,
): boolean {
  return (
    name !== before.name ||
    canonical(place) !== canonical(before.place) ||
    (secret !== null && secret !== before.secret)
  );
}

/**
 * Whoever says where files go could have them come to themselves. So a person must have confirmed the laptop's key, or it
 * is the laptop that gave this one its first kit, with the only key that it ever had, and nobody said that it is not theirs.
 */
function believes({ store }: Deps, laptop: string): boolean {
  const [key, ...earlier] = store.laptops.keys().filter((one) => one.laptop === laptop);
  if (!key || key.verdict === 'unknown') return false;
  return key.verdict === 'confirmed' || (earlier.length === 0 && store.kits.firstGiver() === laptop);
}

export interface Withdrawn {
  removed: string[];
  waiting: string[];
  changed: string[];
}

/**
 * An import is taken out: what only its kit brought goes with it, unless something waits for it or a person changed it here;
 * what another kit of that laptop tells too is as that one says. Null where it brought none. Within the undo's transaction.
 */
export function withdrawOffers(deps: Deps, importId: string): Withdrawn | null {
  const { store, now } = deps;
  const withdrawn = store.offers.withdraw(importId);
  if (!withdrawn) return null;
  const { laptop, ids } = withdrawn;
  const told: Withdrawn = { removed: [], waiting: [], changed: [] };
  for (const id of ids) {
    const one = store.destinations.get(id);
    if (!one || one.fromLaptop !== laptop || one.removedAt !== null) continue;
    if (one.changedHere) told.changed.push(one.name);
    else if (waitingFor(deps, id) > 0) told.waiting.push(one.name);
    else {
      store.destinations.remove(id, now());
      told.removed.push(one.name);
    }
  }
  settle(deps, laptop);
  return told;
}

/** How many deliveries wait for a destination, are being sent there or are parked. */
export function waitingFor(deps: Deps, destination: string): number {
  return outboxViews(deps, () => true)
    .list(deps.now())
    .filter((one) => one.destination.id === destination && !['sent', 'confirmed'].includes(one.state)).length;
}
