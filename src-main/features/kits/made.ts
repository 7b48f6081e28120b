import type { KitOrder } from '#shared/contract/kits.ts';
import type { Earlier } from '../../store/chosen-records.ts';
import type { Deps } from '../deps.ts';
import type { Packed } from '../pack.ts';

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
