import { Refusal } from '#shared/contract/errors.ts';
import { groupsOf } from '#shared/figures/groups.ts';
import { carryOut } from './carry-out.ts';
import { readRows } from './columns.ts';
import { planStores } from './plan-stores.ts';
import { storeList, storeOf, type StoreRow } from './store-list.ts';
import { readTableFile } from './table-file.ts';
import type { TableImport, TablePort } from './table-port.ts';

export interface ImportStores {
  /** The file's name, for messages. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** The id of the site where the shops are. */
  readonly site: string;
}

/**
 * Brings a list of a site's shops in: all of it in one transaction, without the rows that cannot be used. Refuses with
 * NOT_FOUND (the site) and the TABLE_ codes; nothing is stored then.
 */
export async function importStores(
  port: TablePort,
  { file, bytes, site }: ImportStores,
): Promise<TableImport> {
  if (!port.has('site', site)) throw new Refusal('NOT_FOUND', { entity: 'site', id: site });
  const read = readRows(file, await readTableFile(file, bytes), storeList);
  const stores = read.rows.map(({ row, fields }) => storeOf(row, fields, site));
  const usable = stores.filter((store): store is StoreRow => 'draft' in store);
  const plan = planStores(
    usable.map(({ draft }) => draft),
    port.rows('store', { site }),
    groupsIn(port),
  );
  return carryOut(port, 'store', plan, {
    refused: [...read.refused, ...stores.filter((store) => 'code' in store)],
    flagged: usable.flatMap(({ flagged }) => flagged),
  });
}

function groupsIn(port: TablePort): (store: string) => string {
  const joined = port
    .rows('match', { decision: 'same' })
    .flatMap(({ fields: { left, right } }) =>
      typeof left === 'string' && typeof right === 'string' ? [{ left, right }] : [],
    );
  return groupsOf(joined).of;
}
