import type { Handlers } from '#shared/contract/contract.ts';
import type { TableResult } from '#shared/contract/tables.ts';
import { freshId, type Deps } from './deps.ts';
import { importSites } from './tables/import-sites.ts';
import { importStores } from './tables/import-stores.ts';
import { tablePort } from './tables/store-port.ts';

export function tableHandlers(deps: Deps): Pick<Handlers, 'sites.importTable' | 'stores.importTable'> {
  const port = tablePort(deps.store, () => freshId(deps));
  return {
    'sites.importTable': async (input) => told(deps, 'site', await importSites(port, input)),
    'stores.importTable': async (input) => told(deps, 'store', await importStores(port, input)),
  };
}

function told(deps: Deps, entity: string, result: TableResult): TableResult {
  if (result.made + result.updated > 0) deps.tell({ kind: 'changed', entities: [entity] });
  return result;
}
