import type { Handlers } from '#shared/contract/contract.ts';
import type { TableResult } from '#shared/contract/tables.ts';
import { freshId, type Deps } from './deps.ts';
import { importSites } from './tables/import-sites.ts';
import { importStores } from './tables/import-stores.ts';
import { tablePort } from './tables/store-port.ts';
import type { TablePort } from './tables/table-port.ts';
import { transaction } from '../store/sqlite.ts';

const NOTHING = { made: 0, updated: 0, unchanged: 0, recognised: [], refused: [], flagged: [] };

export function tableHandlers(deps: Deps): Pick<Handlers, 'sites.importTable' | 'stores.importTable'> {
  /** What a list brings and that it did are one transaction. */
  const portFor = (note: (result: TableResult) => void): TablePort => {
    const port = tablePort(deps.store, () => freshId(deps));
    return {
      ...port,
      write: (changes) =>
        transaction(deps.store.db, () => {
          port.write(changes);
          note({ ...NOTHING, updated: changes.length });
        }),
    };
  };
  return {
    'sites.importTable': async (input) => {
      const port = portFor((result) => deps.audit.note('sites.importTable', input, result));
      return told(deps, 'site', await importSites(port, input));
    },
    'stores.importTable': async (input) => {
      const port = portFor((result) => deps.audit.note('stores.importTable', input, result));
      return told(deps, 'store', await importStores(port, input));
    },
  };
}

function told(deps: Deps, entity: string, result: TableResult): TableResult {
  if (result.made + result.updated > 0) deps.tell({ kind: 'changed', entities: [entity] });
  return result;
}
