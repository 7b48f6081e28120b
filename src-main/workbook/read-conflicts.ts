import { Refusal } from '#shared/contract/errors.ts';
import { checkOf, FORMAT } from './conflict-rows.ts';
import { readAllSheets, type FormulaCell, type NamedSheet } from './read-table.ts';
import { checkedCells, CONFLICTS, headers, ORIGIN } from './sheets/conflicts.ts';

/** A row of a workbook of conflicts that came back. */
export interface ReturnedRow {
  /** As a spreadsheet counts. */
  readonly row: number;
  readonly entity: string;
  readonly record: string;
  readonly field: string;
  /** The changes that stood against each other; none where the row cannot be settled in a workbook. */
  readonly seen: readonly string[];
  /** Whether everything but the choice is as it was written. */
  readonly sound: boolean;
  readonly chosen: FormulaCell;
}

/** Far above a workbook of any fleet's conflicts, far below what would make a laptop stall. */
const LIMITS = { unpackedBytes: 256 * 1024 * 1024, parts: 2000, rows: 100_000, columns: 200 } as const;
const MOST_BYTES = 64 * 1024 * 1024;
/** Somebody may have put a heading over the table. */
const HEADER_WITHIN = 20;

type Key = keyof typeof headers;
const keys = Object.keys(headers) as Key[];

interface Found {
  readonly sheet: NamedSheet;
  /** The place of the header among the sheet's rows, and of each column among its cells. */
  readonly at: number;
  readonly columns: ReadonlyMap<Key, number>;
}

/**
 * The rows of the sheet of conflicts, found by its name or by its header. Refuses with CONFLICT_BOOK_OTHER,
 * TABLE_COLUMNS_MISSING, FILE_VERSION_NEWER, or as `readFirstSheet` does.
 */
export async function readConflictBook(file: string, bytes: Uint8Array): Promise<ReturnedRow[]> {
  if (bytes.byteLength > MOST_BYTES) throw new Refusal('TABLE_TOO_LARGE', { file });
  const sheets = await readAllSheets(file, bytes, LIMITS);
  const { sheet, at, columns } = findSheet(file, sheets);
  checkFormat(file, sheets);
  const cellOf = (cells: readonly FormulaCell[], key: Key): FormulaCell => cells[columns.get(key)!] ?? null;
  return sheet.rows.slice(at + 1).flatMap(({ row, cells }): ReturnedRow[] => {
    if (keys.every((key) => isBlank(cellOf(cells, key)))) return [];
    const text = (key: Key): string => textOf(cellOf(cells, key));
    const [entity, record, field, seen] = [text('entity'), text('record'), text('fieldName'), text('seen')];
    const read = checkedCells.map((key) => cellOf(cells, key));
    return [
      {
        row,
        entity,
        record,
        field,
        seen: seen === '-' ? [] : seen.split(' '),
        sound: text('check') === checkOf([entity, record, field, seen], read),
        chosen: cellOf(cells, 'chosen'),
      },
    ];
  });
}

function findSheet(file: string, sheets: readonly NamedSheet[]): Found {
  const named = sheets.filter(({ name }) => name.trim().normalize('NFC') === CONFLICTS);
  const others = sheets.filter((sheet) => !named.includes(sheet));
  // The sheet may have been renamed: then its header says which it is. The name alone is no sheet of conflicts either.
  const found = [...named, ...others].map(headerOf);
  const whole = found.find((one) => one?.columns.size === keys.length);
  if (whole) return whole;
  const partly = found.filter((one) => one !== null).sort((a, b) => b.columns.size - a.columns.size)[0];
  if (!partly) throw new Refusal('CONFLICT_BOOK_OTHER', { file, sheet: CONFLICTS });
  const missing = keys.filter((key) => !partly.columns.has(key)).map((key) => headers[key]);
  throw new Refusal('TABLE_COLUMNS_MISSING', { file, columns: missing.join(', ') });
}

/** The header row: the one with the most of our headers, of at least a few. */
function headerOf(sheet: NamedSheet): Found | null {
  let best: Found | null = null;
  for (const [at, { cells }] of sheet.rows.slice(0, HEADER_WITHIN).entries()) {
    const texts = cells.map(textOf);
    const columns = new Map<Key, number>();
    for (const key of keys) {
      const place = texts.indexOf(headers[key]);
      if (place >= 0) columns.set(key, place);
    }
    if (columns.size > (best?.columns.size ?? 3)) best = { sheet, at, columns };
  }
  return best;
}

/** A workbook whose sheet of origin is gone is read: its rows say for themselves what they are. */
function checkFormat(file: string, sheets: readonly NamedSheet[]): void {
  const origin = sheets.find(({ name }) => name === ORIGIN);
  const format = origin?.rows.find(({ cells }) => textOf(cells[0] ?? null) === 'format')?.cells[1] ?? null;
  const found = Number(textOf(format));
  if (found > FORMAT) throw new Refusal('FILE_VERSION_NEWER', { file, found, known: FORMAT });
}

export function isBlank(cell: FormulaCell): boolean {
  return cell === null || (typeof cell === 'string' && cell.trim() === '');
}

function textOf(cell: FormulaCell): string {
  if (cell === null || cell instanceof Date || typeof cell === 'object') return '';
  return String(cell).normalize('NFC').trim();
}
