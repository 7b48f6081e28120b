import { Refusal } from '#shared/contract/errors.ts';
import { readRows } from './columns.ts';
import { marketList, marketOf, type MarketRow } from './market-list.ts';
import { planSites } from './plan-sites.ts';
import { readTableFile } from './table-file.ts';
import { carryOut } from './carry-out.ts';
import type { TableImport, TablePort } from './table-port.ts';

export interface ImportSites {
  /** The file's name, for messages. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** The id of the programme that the sites are for. */
  readonly program?: string | undefined;
}

/**
 * Brings a list of markets in: all of it in one transaction, without the rows that cannot be used. Refuses with
 * NOT_FOUND (the programme) and the TABLE_ codes; nothing is stored then.
 */
export async function importSites(port: TablePort, input: ImportSites): Promise<TableImport> {
  const { file, bytes, program } = input;
  if (program !== undefined && !port.has('program', program)) {
    throw new Refusal('NOT_FOUND', { entity: 'program', id: program });
  }
  const read = readRows(file, await readTableFile(file, bytes), marketList);
  const markets = read.rows.map(({ row, fields }) => marketOf(row, fields));
  const usable = markets.filter((market): market is MarketRow => 'draft' in market);
  const plan = planSites(
    usable.map(({ draft }) => draft),
    port.rows('site'),
    { program },
  );
  return carryOut(port, 'site', plan, {
    refused: [...read.refused, ...markets.filter((market) => 'code' in market)],
    flagged: usable.flatMap(({ flagged }) => flagged),
  });
}
