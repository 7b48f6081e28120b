import type { CheckRow, VisitView } from '#shared/contract/visits.ts';
import type { InputOf } from '#shared/contract/contract.ts';

export interface Offer {
  readonly about: 'channelOpenedOn' | 'mapRegisteredOn';
  /** What the shop's record would get. */
  readonly set: Omit<InputOf<'stores.update'>, 'id'>;
}

const dayOf = { channelUrl: 'channelOpenedOn', mapPlaceUrl: 'mapRegisteredOn' } as const;

/** What a done check says about the shop that the shop's own record does not know yet; null when it is known. */
export function offerOf(visit: Pick<VisitView, 'date' | 'store'>, check: CheckRow): Offer | null {
  const { evidence } = check.item;
  if (check.state !== 'done' || (evidence !== 'channelUrl' && evidence !== 'mapPlaceUrl')) return null;
  const about = dayOf[evidence];
  if (visit.store[about] !== null) return null;
  const address = check.value && visit.store[evidence] === null ? { [evidence]: check.value } : {};
  return { about, set: { [about]: visit.date, ...address } };
}
