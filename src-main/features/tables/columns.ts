import { Refusal } from '#shared/contract/errors.ts';
import type { Json } from '#shared/merge/canonical.ts';
import type { Field } from '#shared/model/field.ts';
import { fieldsOf } from '#shared/model/model.ts';
import type { Cell } from '#main/workbook/read-table.ts';
import { readCell } from './cells.ts';
import type { TableFile } from './table-file.ts';
import type { Fields, RowRemark } from './table-port.ts';

/** What a list of one entity may call its columns, best name first. */
export interface ListColumns {
  readonly entity: 'site' | 'store';
  /** Names for the model's fields, beside the model's own in Korean and English. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  /** Columns that are no field of the model; their text is read under this name. */
  readonly extra?: Readonly<Record<string, readonly string[]>>;
  /** One of these fields must have a column; `title` stands in the message. */
  readonly required: readonly { readonly title: string; readonly anyOf: readonly string[] }[];
}

export interface ReadRows {
  /** Rows in the file's order, with the values that they give; empty cells are left out. */
  readonly rows: readonly { readonly row: number; readonly fields: Fields }[];
  readonly refused: readonly RowRemark[];
}

interface Column {
  readonly at: number;
  readonly name: string;
  readonly field: Field;
  readonly title: string;
  readonly rank: number;
}

/**
 * The values of a table's rows under the model's field names; columns that nobody knows are passed over, and of two for
 * the same field the better name counts. Refuses with TABLE_COLUMNS_MISSING, and with TABLE_UNREADABLE when a column
 * stands there twice.
 */
export function readRows(file: string, table: TableFile, list: ListColumns): ReadRows {
  const columns = bind(file, table.header, list);
  const rows: { row: number; fields: Fields }[] = [];
  const refused = [...table.refused];
  for (const { row, cells } of table.rows) {
    const read = readRow(cells, columns);
    if ('fields' in read) rows.push({ row, fields: read.fields });
    else refused.push({ row, ...read });
  }
  return { rows, refused };
}

function bind(file: string, header: readonly Cell[], list: ListColumns): Column[] {
  const known = knownTitles(list);
  const columns = new Map<string, Column>();
  header.forEach((cell, at) => {
    const title = cell === null ? '' : String(cell).normalize('NFC').trim();
    const meant = known.get(titleKey(title));
    if (!meant) return;
    const other = columns.get(meant.name);
    if (other?.rank === meant.rank) throw new Refusal('TABLE_UNREADABLE', { file, reason: `${title} ×2` });
    if (!other || meant.rank < other.rank) columns.set(meant.name, { ...meant, at, title });
  });
  const missing = list.required.filter(({ anyOf }) => !anyOf.some((name) => columns.has(name)));
  if (missing.length > 0) {
    const titles = missing.map(({ title }) => title).join(', ');
    throw new Refusal('TABLE_COLUMNS_MISSING', { file, columns: titles });
  }
  return [...columns.values()].sort((a, b) => a.at - b.at);
}

function knownTitles(list: ListColumns): Map<string, Omit<Column, 'at' | 'title'>> {
  const known = new Map<string, Omit<Column, 'at' | 'title'>>();
  const learn = (name: string, field: Field, titles: readonly string[]): void =>
    titles.forEach((title, rank) => known.set(titleKey(title), { name, field, rank }));
  for (const [name, field] of fieldsOf(list.entity)) {
    if (field.kind === 'ref') continue;
    learn(name, field, [...new Set([field.label.ko, field.label.en, name, ...(list.aliases[name] ?? [])])]);
  }
  for (const [name, titles] of Object.entries(list.extra ?? {})) {
    learn(name, { kind: 'text', label: { ko: name, en: name } }, titles);
  }
  return known;
}

function readRow(
  cells: readonly Cell[],
  columns: readonly Column[],
): { fields: Fields } | { code: string; reason: string } {
  const fields: Record<string, Json> = {};
  for (const { at, name, field, title } of columns) {
    const reading = readCell(cells[at] ?? null, name, field, title);
    if (!('value' in reading)) return reading;
    if (reading.value !== null) fields[name] = reading.value;
  }
  return { fields };
}

function titleKey(title: string): string {
  return title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s·_().-]/g, '');
}
