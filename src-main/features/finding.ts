import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { storeRows } from '../store/finding-queries.ts';
import type { Deps } from './deps.ts';
import { shopFinder, type ShopFinder } from './finding/shop-finder.ts';

type Methods = 'stores.find' | 'stores.search';

export function findingHandlers(deps: Deps): Pick<Handlers, Methods> {
  const finder = shopFinder(deps.store);
  return {
    'stores.find': (input) => find(deps, finder, input),
    'stores.search': async ({ text, site, limit }) =>
      (await find(deps, finder, { text, site, limit, offset: 0 })).rows,
  };
}

async function find(
  { store }: Deps,
  finder: ShopFinder,
  { text, site, status, near, offset, limit }: CheckedOf<'stores.find'>,
): Promise<OutputOf<'stores.find'>> {
  const sought = { text, site: site ?? null, status: status ?? null, near: near ?? null };
  const ids = await finder.find(sought);
  return { total: ids.length, rows: storeRows(store.db, ids.slice(offset, offset + limit)) };
}
