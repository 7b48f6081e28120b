import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { groupsOf, type Groups } from '#shared/figures/groups.ts';
import { addressKeyOf } from '#shared/visiting/addresses.ts';
import { allMatches } from '../store/duplicate-queries.ts';
import { storesWithAddress, visitsToOn } from '../store/today-queries.ts';
import type { Deps } from './deps.ts';

/** What is asked about a shop before it is visited or given an address: has that been done, to it or to its double? */

type Methods = 'visits.sameDay' | 'stores.sameAddress';

export function sameShopHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'visits.sameDay': (input) => sameDay(deps, input),
    'stores.sameAddress': (input) => sameAddress(deps, input),
  };
}

interface SameShops {
  readonly groups: Groups;
  /** All records that stand for the same shop, the shop itself among them. */
  membersOf(shop: string): string[];
}

export function sameShops({ store }: Deps): SameShops {
  const same = allMatches(store.db).filter(({ decision }) => decision === 'same');
  const groups = groupsOf(same);
  return {
    groups,
    membersOf(shop) {
      if (!groups.isJoined(shop)) return [shop];
      const joined = new Set(same.flatMap(({ left, right }) => [left, right]));
      return [...joined].filter((id) => groups.of(id) === groups.of(shop));
    },
  };
}

function sameDay(
  deps: Deps,
  { store, date, except }: CheckedOf<'visits.sameDay'>,
): OutputOf<'visits.sameDay'> {
  const records = sameShops(deps).membersOf(store);
  return visitsToOn(deps.store.db, records, date).filter(({ id }) => id !== except);
}

function sameAddress(
  deps: Deps,
  { store, field, value }: CheckedOf<'stores.sameAddress'>,
): OutputOf<'stores.sameAddress'> {
  const key = addressKeyOf(field, value);
  if (key === '') return [];
  const own = new Set(sameShops(deps).membersOf(store));
  return storesWithAddress(deps.store.db, field, key)
    .filter((other) => !own.has(other.id) && addressKeyOf(field, other.address) === key)
    .map(({ id, name, site }) => ({ id, name, site }));
}
