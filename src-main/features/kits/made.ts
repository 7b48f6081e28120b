import type { KitOrder } from '#shared/contract/kits.ts';
import type { Deps } from '../deps.ts';
import type { Packed } from '../pack.ts';

/** Takes down that a trainer's kit was made here. */
export function noteKit({ store }: Deps, order: KitOrder, { id, createdAt, changes, lastN }: Packed): void {
  store.kits.add({ id, ...order, madeAt: createdAt, changes, lastN });
}

/** The sessions that went to a trainer with kits before: one that moved, or was given to another, must be heard of. */
export function toldTo({ store }: Deps, trainer: string): string[] {
  return [...new Set(store.kits.madeFor(trainer).flatMap(({ sessions }) => sessions))];
}

/** The middle of a kit's name, by which it is told from those of others. */
export function kitTitle({ store }: Deps, trainer: string): string {
  const name = store.projector.table('person').get(trainer)?.fields['name'];
  return typeof name === 'string' && name.trim() !== '' ? `${name.trim()} 꾸러미` : '꾸러미';
}
