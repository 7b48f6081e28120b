import { z } from 'zod';
import { call } from './call.ts';
import { bytes, id } from './shapes.ts';

/** What an import of a table did; `row` counts as a spreadsheet does, the header being 1. */
export interface TableResult {
  made: number;
  updated: number;
  unchanged: number;
  /** Rows that mean a record which is written in another way here: which, by what rule, and what differs. */
  recognised: { row: number; id: string; why: string; differs: readonly string[] }[];
  /** Rows that did not go in. */
  refused: { row: number; code: string; reason: string }[];
  /** Rows that went in as they are, with something odd that a person should look at. */
  flagged: { row: number; code: string; reason: string }[];
}

/** CSV (UTF-8 or CP949) or xlsx. */
export const tables = {
  'sites.importTable': call<TableResult>()(
    z.strictObject({ file: z.string().max(1000), bytes, program: id.optional() }),
  ),
  'stores.importTable': call<TableResult>()(z.strictObject({ file: z.string().max(1000), bytes, site: id })),
};
