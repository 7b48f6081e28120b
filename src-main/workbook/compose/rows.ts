import {
  FIRST_ROW,
  letters,
  type CellKind,
  type ColumnInfo,
  type Formula,
  type Table,
  type Value,
} from '../sheet.ts';
import { cellXml } from './cell-xml.ts';

/** Characters handed on at once: enough that the packer is busy, few enough that memory stays flat. */
const PIECE = 1 << 16;

/** A sheet with its rows in place of the sample row of the skeleton, piece by piece; `told` hears how many are written. */
export function* sheetXml(skeleton: string, table: Table, told: (rows: number) => void): Generator<string> {
  const sample = rowIn(skeleton, FIRST_ROW);
  if (!sample) throw new TypeError(`${table.name} has no sample row`);
  yield skeleton.slice(0, sample.from);
  yield* rowsXml(
    table,
    table.columns.map((_column, at) => sample.styles.get(letters(at + 1)) ?? '0'),
    told,
  );
  yield skeleton.slice(sample.to);
}

/** The rows of a table from `FIRST_ROW` on, in pieces; `styles` are the numbers of its columns' looks. */
export function* rowsXml(
  table: Table,
  styles: readonly string[],
  told: (rows: number) => void,
): Generator<string> {
  const write = rowWriter(table.columns, styles);
  let piece = '';
  for (let index = 0; index < table.rowCount; index += 1) {
    piece += write(FIRST_ROW + index, table.row(index), index);
    if (piece.length < PIECE) continue;
    yield piece;
    told(index + 1);
    piece = '';
  }
  yield piece;
  told(table.rowCount);
}

/** Writes one row: its number in the sheet, its cells, and which row of the table it is. */
export function rowWriter(
  columns: readonly ColumnInfo[],
  styles: readonly string[],
): (number: number, cells: readonly (Value | Formula)[], index: number) => string {
  const heads = columns.map((_column, at) => [`<c r="${letters(at + 1)}`, `" s="${styles[at]!}"`] as const);
  const usual = columns.map(({ kind }) => kind);
  const kindAt = columns.map((column): ((index: number) => CellKind) | null => column.kindAt ?? null);
  return (number, cells, index) => {
    let row = `<row r="${number}">`;
    for (let at = 0; at < cells.length; at += 1) {
      const [before, after] = heads[at]!;
      row += cellXml(before + number + after, cells[at]!, kindAt[at]?.(index) ?? usual[at]!);
    }
    return `${row}</row>`;
  };
}

/** Where a row stands in a sheet, how it begins, and the number of each cell's look by its column; null without it. */
export function rowIn(
  xml: string,
  number: number,
): { from: number; to: number; tag: string; inner: string; styles: Map<string, string> } | null {
  const found = new RegExp(`<row [^>]*?\\br="${number}"[^>]*?(/?)>`).exec(xml);
  if (!found) return null;
  const [tag, closed] = found;
  const from = found.index;
  const end = closed ? from + tag.length : xml.indexOf('</row>', from);
  if (end < 0) return null;
  const inner = closed ? '' : xml.slice(from + tag.length, end);
  const styles = Array.from(inner.matchAll(/<c ([^>]*)>/g), ([, attributes]): [string, string] => [
    /\br="([A-Z]+)\d+"/.exec(attributes!)?.[1] ?? '',
    /\bs="(\d+)"/.exec(attributes!)?.[1] ?? '0',
  ]);
  return { from, to: closed ? end : end + '</row>'.length, tag, inner, styles: new Map(styles) };
}
