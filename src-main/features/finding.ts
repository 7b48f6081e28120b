import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { storeRows } from '../store/finding-queries.ts';
import type { Deps } from './deps.ts';
import { shopFinder, type ShopFinder } from './finding/shop-finder.ts';

type Methods = 'stores.find' | 'stores.search';

/** `warm` begins to make the index, between calls, so that a window's first question finds it there. */
export function openFinding(deps: Deps): { readonly handlers: Pick<Handlers, Methods>; warm(): void } {
  const finder = shopFinder(deps.store);
  const handlers: Pick<Handlers, Methods> = {
    'stores.find': (input) => find(deps, finder, input),
    'stores.search': async ({ text, site, limit }) =>
      (await find(deps, finder, { text, site, limit, offset: 0 })).rows,
  };
  return { handlers, warm: () => finder.warm() };
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
