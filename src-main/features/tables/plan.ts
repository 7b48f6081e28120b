import { withPresentPlace } from '#shared/matching/regions.ts';
import { businessNumberKey, phoneKey } from '#shared/matching/likeness.ts';
import { pair, type Candidate, type PairRule } from '#shared/matching/pairing.ts';
import type { Fields, RowRemark, TableRecord } from './table-port.ts';

/** A row that can go in. */
export interface Draft {
  readonly row: number;
  /** What the file says: goes in wherever it differs. */
  readonly fields: Fields;
  /** What follows from it or is usual: goes in only where nothing stands yet. */
  readonly defaults: Fields;
}

/** What a list would do; nothing is done yet. */
export interface Plan {
  readonly make: readonly { readonly row: number; readonly set: Fields }[];
  readonly update: readonly {
    readonly row: number;
    readonly id: string;
    /** The rule by which the record was recognised. */
    readonly why: string;
    readonly set: Fields;
  }[];
  readonly unchanged: number;
  /** Rows that mean a record which is written in another way here. */
  readonly recognised: readonly Recognised[];
  readonly refused: readonly RowRemark[];
}

/** A row whose record is here under another spelling, another name or another address. */
export interface Recognised {
  readonly row: number;
  readonly id: string;
  /** The rule by which it was recognised. */
  readonly why: string;
  /** The fields that are written differently. */
  readonly differs: readonly string[];
}

/** What a record is recognised by, as far as a person reads it. */
const TOLD = ['name', 'province', 'district', 'roadAddress', 'lotAddress', 'unit', 'businessNumber'];

/** How the rows of a list are recognised among the records that are here. */
export interface Recognition<T> {
  readonly sideOf: (fields: Fields) => T;
  readonly rules: readonly PairRule<T>[];
  /** Two rows, or two records, with the same text cannot be told apart by anyone. */
  readonly sameness: (side: T) => string;
  /** The repeated row's sentence, given the number of the first one. */
  readonly repeated: (first: number) => string;
}

/**
 * Decides for each row whether it makes a record, updates one or changes nothing. Pure. `pools` are the records that
 * may be meant, those to be preferred first, each in id order; `groupOf` names the group of records that were joined.
 */
export function planTable<T>(
  drafts: readonly Draft[],
  pools: readonly (readonly TableRecord[])[],
  recognition: Recognition<T>,
  groupOf: (id: string) => string = (id) => id,
): Plan {
  const refused: RowRemark[] = [];
  const firstRow = new Map<string, number>();
  const rows = drafts.filter(({ row, fields }) => {
    const sameness = recognition.sameness(recognition.sideOf(fields));
    const first = firstRow.get(sameness);
    if (first === undefined) firstRow.set(sameness, row);
    else refused.push({ row, code: 'ROW_REPEATED', reason: recognition.repeated(first) });
    return first === undefined;
  });

  const pairs = pair(
    rows.map(({ fields }) => recognition.sideOf(fields)),
    pools.map((pool) => candidatesOf(pool, recognition, groupOf)),
    recognition.rules,
  );
  const records = new Map(pools.flat().map((record) => [record.id, record]));
  const make: { row: number; set: Fields }[] = [];
  const update: { row: number; id: string; why: string; set: Fields }[] = [];
  const recognised: Recognised[] = [];
  rows.forEach(({ row, fields, defaults }, index) => {
    const found = pairs.get(index);
    const here = found && records.get(found.id);
    if (!found || !here) return void make.push({ row, set: { ...defaults, ...fields } });
    const differs = TOLD.filter(
      (name) => isGiven(fields[name]) && isGiven(here.fields[name]) && fields[name] !== here.fields[name],
    );
    if (differs.length > 0) recognised.push({ row, ...found, differs });
    const set = differences(here, fields, defaults);
    if (Object.keys(set).length > 0) update.push({ row, ...found, set });
  });
  return { make, update, unchanged: rows.length - make.length - update.length, recognised, refused };
}

function isGiven(value: Fields[string] | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

/**
 * Two laptops that read the same list and were merged leave twins: then the older one is meant, and no third is made.
 */
function candidatesOf<T>(
  pool: readonly TableRecord[],
  recognition: Recognition<T>,
  groupOf: (id: string) => string,
): Candidate<T>[] {
  const oldest = new Map<string, Candidate<T>>();
  for (const { id, fields } of pool) {
    const side = recognition.sideOf(fields);
    const sameness = recognition.sameness(side);
    if (!oldest.has(sameness)) oldest.set(sameness, { id, group: groupOf(id), side });
  }
  return [...oldest.values()];
}

function differences(here: TableRecord, fields: Fields, defaults: Fields): Fields {
  const set: Record<string, Fields[string]> = {};
  const isOpen = (name: string): boolean => here.conflicts.includes(name);
  for (const [name, value] of Object.entries(fields)) {
    if (!isOpen(name) && !isSame(name, here.fields[name] ?? null, value)) set[name] = value;
  }
  for (const [name, value] of Object.entries(defaults)) {
    if (!isOpen(name) && !(name in fields) && (here.fields[name] ?? null) === null) set[name] = value;
  }
  return set;
}

/** Whether the file says nothing new: another spelling of what stands here is none. */
function isSame(name: string, here: Fields[string], file: Fields[string]): boolean {
  if (here === file) return true;
  if (typeof here !== 'string' || typeof file !== 'string') return false;
  if (name === 'phone') return phoneKey(here) !== '' && phoneKey(here) === phoneKey(file);
  if (name === 'businessNumber')
    return businessNumberKey(here) !== '' && businessNumberKey(here) === businessNumberKey(file);
  // A list from before a province or district was renamed must not turn addresses back.
  if (name === 'roadAddress' || name === 'lotAddress') return here === withPresentPlace(file);
  // 창원시 의창구 says more than 창원시.
  if (name === 'district') return here.startsWith(`${file} `);
  return false;
}
