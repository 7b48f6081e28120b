import { parse } from 'csv-parse/sync';

export interface CsvRow {
  /** As a spreadsheet numbers it: the header is 1, blank rows count, a line break inside quotes does not. */
  readonly row: number;
  readonly cells: readonly string[];
  /** The quotes of this line make no sense; `cells` then holds the line as it stands. */
  readonly broken?: true;
}

/** The rows of a CSV text, blank ones included; null when there are more than `limit`. One broken row costs no other. */
export function parseCsv(text: string, limit: number): CsvRow[] | null {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  // Cells with line breaks are rare: far more lines than rows is no list.
  if (lines.length > limit * 4) return null;
  const rows = parseWhole(lines.join('\n')) ?? parseByLine(lines);
  return rows.length > limit ? null : rows;
}

/** The usual case: a sound file in one go. Null when some quote swallowed more than its own row. */
function parseWhole(text: string): CsvRow[] | null {
  const records = recordsOf(text);
  if (!records) return null;
  const width = records[0]?.length;
  const swallowed = records.some(
    (cells) => cells.length !== width && cells.some((cell) => cell.includes('\n')),
  );
  return swallowed ? null : records.map((cells, index) => ({ row: index + 1, cells }));
}

/**
 * A quote that is never closed would take the rest of the file into one cell. So: a line with an even number of quotes
 * stands alone; an odd one takes the lines up to the next odd one, if that makes a sound row of the right width, and is
 * broken otherwise, alone.
 */
function parseByLine(lines: readonly string[]): CsvRow[] {
  const rows: CsvRow[] = [];
  let width: number | undefined;
  for (let at = 0; at < lines.length;) {
    const { cells, taken } = rowAt(lines, at, width);
    const row = rows.length + 1;
    rows.push(cells ? { row, cells } : { row, cells: [lines[at] ?? ''], broken: true });
    width ??= cells?.length;
    at += taken;
  }
  return rows;
}

function rowAt(
  lines: readonly string[],
  at: number,
  width: number | undefined,
): { cells: string[] | undefined; taken: number } {
  const first = lines[at] ?? '';
  if (!hasOddQuotes(first)) return { cells: first === '' ? [''] : recordsOf(first)?.[0], taken: 1 };
  let end = at + 1;
  while (end < lines.length && !hasOddQuotes(lines[end] ?? '')) end += 1;
  const found = recordsOf(lines.slice(at, end + 1).join('\n'));
  const cells = found?.length === 1 ? found[0] : undefined;
  const sound = cells !== undefined && (width === undefined || cells.length === width);
  return sound ? { cells, taken: end + 1 - at } : { cells: undefined, taken: 1 };
}

function hasOddQuotes(line: string): boolean {
  return line.split('"').length % 2 === 0;
}

function recordsOf(text: string): string[][] | null {
  try {
    return parse(text, { record_delimiter: '\n', relax_column_count: true, max_record_size: 1_000_000 });
  } catch {
    return null;
  }
}
