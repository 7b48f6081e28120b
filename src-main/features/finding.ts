import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { storeRows } from '../store/finding-queries.ts';
import type { Deps } from './deps.ts';
import { shopFinder, type ShopFinder } from './finding/shop-finder.ts';

type Methods = 'stores.find' | 'stores.search';

/** With `soon`, the index is begun once the core has opened: before a window's first question, and between its calls. */
export function findingHandlers(deps: Deps, soon: boolean): Pick<Handlers, Methods> {
  const finder = shopFinder(deps.store);
  if (soon) setImmediate(() => finder.warm());
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
  const found = await finder.find(sought);
  return { total: found.total, rows: storeRows(store.db, found.ids(offset, offset + limit)) };
}
