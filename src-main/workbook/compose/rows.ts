import { FIRST_ROW, letters, type Table } from '../sheet.ts';
import { cellXml } from './cell-xml.ts';

/** Characters handed on at once: enough that the packer is busy, few enough that memory stays flat. */
const PIECE = 1 << 16;

/**
 * A sheet with its rows in place of the sample row of the skeleton, piece by piece. `told` hears how many rows of it
 * are written. Throws TypeError when the skeleton has no sample row.
 */
export function* sheetXml(skeleton: string, table: Table, told: (rows: number) => void): Generator<string> {
  const sample = sampleIn(skeleton);
  yield skeleton.slice(0, sample.from);
  const heads = table.columns.map((_column, at) => headOf(letters(at + 1), sample.styles[at]!));
  const kinds = table.columns.map(({ kind }) => kind);
  let piece = '';
  for (let index = 0; index < table.rowCount; index += 1) {
    const number = FIRST_ROW + index;
    const cells = table.row(index);
    piece += `<row r="${number}">`;
    for (let at = 0; at < cells.length; at += 1) {
      const [before, after] = heads[at]!;
      piece += cellXml(before + number + after, cells[at]!, kinds[at]!);
    }
    piece += '</row>';
    if (piece.length >= PIECE) {
      yield piece;
      told(index + 1);
      piece = '';
    }
  }
  yield piece + skeleton.slice(sample.to);
  told(table.rowCount);
}

/** What stands before and behind the row's number. */
function headOf(column: string, style: string): readonly [string, string] {
  return [`<c r="${column}`, `" s="${style}"`];
}

/** Where the sample row stands, and the number of each cell's style. */
function sampleIn(xml: string): { from: number; to: number; styles: string[] } {
  const from = xml.indexOf(`<row r="${FIRST_ROW}"`);
  const to = xml.indexOf('</row>', from) + '</row>'.length;
  if (from < 0 || to < '</row>'.length) throw new TypeError('the skeleton has no sample row');
  const styles = Array.from(xml.slice(from, to).matchAll(/<c r="[A-Z]+\d+" s="(\d+)"/g), ([, s]) => s!);
  return { from, to, styles };
}
