import { Refusal } from '#shared/contract/errors.ts';
import type { KitOrder } from '#shared/contract/kits.ts';
import type { Earlier, Selection } from '../../store/chosen-records.ts';
import { mustBeLive, type Deps } from '../deps.ts';
import { pack, type Packed } from '../pack.ts';
import { destinationsFor } from './destinations.ts';
import { sealsFor } from './laptops.ts';

export type MadeKit = Packed & { readonly isSealed: boolean };

/** One trainer's kit, sealed for their laptops unless it is to be plain or none is known. Refuses as `sealFor` does. */
export async function makeKit(deps: Deps, order: KitOrder): Promise<MadeKit> {
  const { trainer, plain = false, destinations = [] } = order;
  const known = sealsFor(deps)(trainer).laptops.map(({ id }) => id);
  const laptops = plain ? [] : known;
  const packed = await pack(deps, {
    purpose: 'kit',
    selection: selectionFor(deps, order),
    what: kitTitle(deps, trainer),
    recipient: trainer,
    ...(destinations.length > 0 && { destinations: await destinationsFor(deps, destinations, known) }),
    ...(laptops.length > 0 && { sealFor: laptops }),
  });
  return { ...packed, isSealed: laptops.length > 0 };
}

/** Refuses with NOT_FOUND what is not here, and KIT_EMPTY a kit without a session. */
export function checkOrder(deps: Deps, { trainer, sessions, sites, destinations = [] }: KitOrder): void {
  mustBeLive(deps, 'person', trainer);
  for (const id of sessions) mustBeLive(deps, 'session', id);
  for (const id of sites) mustBeLive(deps, 'site', id);
  for (const id of destinations) {
    const found = deps.store.destinations.get(id);
    if (!found || found.removedAt !== null) throw new Refusal('NOT_FOUND', { entity: 'destination', id });
  }
  if (sessions.length > 0) return;
  const name = deps.store.projector.table('person').get(trainer)?.fields['name'];
  throw new Refusal('KIT_EMPTY', { name: typeof name === 'string' ? name : '' });
}

export function selectionFor(deps: Deps, { trainer, sessions, sites }: KitOrder): Selection {
  return { sessions, sites, trainers: [trainer], before: givenBefore(deps, trainer) };
}

/** Takes down that a trainer's kit was made here. */
export function noteKit(
  { store }: Deps,
  { trainer, sessions, sites }: KitOrder,
  { id, createdAt, changes, lastN }: Packed,
): void {
  store.kits.add({ id, trainer, sessions, sites, madeAt: createdAt, changes, lastN });
}

/** Kits further back are of a season that is over. */
const KITS_BACK = 20;

/** What went to a trainer with kits before: what became of it since must be heard of. */
export function givenBefore({ store }: Deps, trainer: string): Earlier[] {
  return store.kits.madeFor(trainer).slice(0, KITS_BACK);
}

/** The middle of a kit's name, by which it is told from those of others. */
export function kitTitle({ store }: Deps, trainer: string): string {
  const name = store.projector.table('person').get(trainer)?.fields['name'];
  return typeof name === 'string' && name.trim() !== '' ? `${name.trim()} 꾸러미` : '꾸러미';
}
