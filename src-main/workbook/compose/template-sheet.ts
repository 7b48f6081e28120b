import { FIRST_ROW, letters, type CellKind, type Table } from '../sheet.ts';
import { cellXml } from './cell-xml.ts';
import { rowIn, rowsXml, rowWriter } from './rows.ts';

/** The looks of a table's cells in a manager's sheet: the number of its header's, and of each column's. */
interface Looks {
  readonly headers: string[];
  readonly cells: string[];
}

/**
 * A manager's sheet with the rows of a table in place of its own, piece by piece; all else in it stays, but for what
 * says how far the rows go. Each column looks as the one with the same header did in its first row of data; one that was
 * not there as another of its kind. Null when the sheet is written in a way that this does not know.
 */
export function filledSheet(
  xml: string,
  table: Table,
  strings: readonly string[],
): { pieces: (told: (rows: number) => void) => Generator<string>; lastRow: number } | null {
  const data = /<sheetData\s*(?:\/>|>)/.exec(xml);
  if (!data) return null;
  const from = data.index;
  const empty = data[0].endsWith('/>');
  const end = empty ? from + data[0].length : xml.lastIndexOf('</sheetData>');
  if (end < from) return null;
  const to = empty ? end : end + '</sheetData>'.length;
  const looks = looksOf(xml.slice(from, end), table, strings);
  const after = table.after ?? [];
  const lastRow = FIRST_ROW - 1 + table.rowCount;
  const ref = `A1:${letters(table.columns.length)}${Math.max(1, lastRow)}`;
  const whole = `A1:${letters(table.columns.length)}${Math.max(1, lastRow + after.length)}`;
  const head = xml.slice(0, from).replace(/<dimension ref="[^"]*"\/>/, `<dimension ref="${whole}"/>`);
  const tail = xml.slice(to).replace(/(<autoFilter [^>]*?\bref=")[^"]*"/, `$1${ref}"`);
  return {
    lastRow,
    *pieces(told) {
      yield `${head}<sheetData>${headerXml(xml.slice(from, end), table, looks)}`;
      yield* rowsXml(table, looks.cells, told);
      const write = rowWriter(table.columns, looks.cells);
      yield after.map((cells, at) => write(lastRow + 1 + at, cells, table.rowCount + at)).join('');
      yield `</sheetData>${tail}`;
    },
  };
}

function headerXml(data: string, { columns }: Table, { headers }: Looks): string {
  const tag =
    rowIn(data, 1)
      ?.tag.replace(/\sspans="[^"]*"/, '')
      .replace(/\/>$/, '>') ?? '<row r="1">';
  const cells = columns.map(({ header }, at) =>
    cellXml(`<c r="${letters(at + 1)}1" s="${headers[at]!}"`, header, 'text'),
  );
  return `${tag}${cells.join('')}</row>`;
}

function looksOf(data: string, { columns }: Table, strings: readonly string[]): Looks {
  const [first, second] = [rowIn(data, 1), rowIn(data, FIRST_ROW)];
  const columnOf = new Map<string, string>();
  if (first) for (const [column, text] of textsIn(first.inner, strings)) columnOf.set(text, column);
  const anyHeader = first?.styles.values().next().value ?? '0';
  const byKind = new Map<CellKind, string>();
  const known = columns.map(({ header, kind }) => {
    const style = second?.styles.get(columnOf.get(header) ?? '');
    if (style !== undefined && !byKind.has(kind)) byKind.set(kind, style);
    return style;
  });
  return {
    headers: columns.map(({ header }) => first?.styles.get(columnOf.get(header) ?? '') ?? anyHeader),
    cells: columns.map(({ kind }, at) => known[at] ?? byKind.get(kind) ?? '0'),
  };
}

/** The texts of a row's cells by their column. */
function textsIn(row: string, strings: readonly string[]): [string, string][] {
  return Array.from(row.matchAll(/<c ([^>]*?)>(.*?)<\/c>/gs), ([, attributes, inner]): [string, string] => {
    const column = /\br="([A-Z]+)\d+"/.exec(attributes!)?.[1] ?? '';
    const shared = /\bt="s"/.test(attributes!) ? /<v>(\d+)<\/v>/.exec(inner!)?.[1] : undefined;
    return [column, shared === undefined ? textIn(inner!) : (strings[Number(shared)] ?? '')];
  });
}

/** The text of a cell or of a shared string, its runs joined; phonetic hints are no text. */
export function textIn(xml: string): string {
  const plain = xml.replace(/<rPh[\s\S]*?<\/rPh>/g, '');
  const runs = Array.from(plain.matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g), ([, text]) => text!);
  return runs
    .join('')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
}
