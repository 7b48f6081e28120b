import { Refusal } from '#shared/contract/errors.ts';
import { readFirstSheet, type Cell } from '#main/workbook/read-table.ts';
import type { CsvRow } from './csv.ts';
import { decodeText } from './encoding.ts';
import type { RowRemark } from './table-port.ts';

/** A table as it stands in a file: the first row is the header. */
export interface TableFile {
  readonly header: readonly Cell[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly Cell[] }[];
  /** Rows whose structure is broken; `rows` is without them. */
  readonly refused: readonly RowRemark[];
}

/** Far above any list of markets or shops, far below what would make a laptop stall. */
export const TABLE_LIMITS = {
  bytes: 32 * 1024 * 1024,
  unpackedBytes: 24 * 1024 * 1024,
  parts: 2000,
  rows: 20_000,
  columns: 200,
} as const;

/**
 * Reads CSV (UTF-8 or CP949) or the first sheet of an xlsx file, told apart by content, not by name. `file` is the name
 * for messages. Refuses with TABLE_TOO_LARGE, TABLE_ENCODING or TABLE_UNREADABLE.
 */
export async function readTableFile(file: string, bytes: Uint8Array): Promise<TableFile> {
  if (bytes.byteLength > TABLE_LIMITS.bytes) throw new Refusal('TABLE_TOO_LARGE', { file });
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    // The old Excel format, which is also what an xlsx with a password is wrapped in.
    throw new Refusal('TABLE_UNREADABLE', { file, reason: 'xls' });
  }
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    const rows = await readFirstSheet(file, bytes, TABLE_LIMITS);
    const [head, ...body] = rows.filter(({ cells }) => !isBlank(cells));
    if (!head) throw new Refusal('TABLE_UNREADABLE', { file, reason: 'xlsx' });
    return { header: head.cells, rows: body, refused: [] };
  }

  // Its library is loaded when there is a table to read.
  const { parseCsv } = await import('./csv.ts');
  const rows = parseCsv(decodeText(file, bytes), TABLE_LIMITS.rows);
  if (rows === null) throw new Refusal('TABLE_TOO_LARGE', { file });
  const [head, ...body] = rows.filter(({ cells }) => !isBlank(cells));
  if (!head) throw new Refusal('TABLE_UNREADABLE', { file, reason: 'CSV' });
  const width = head.cells.length;
  const faults = body.map((row) => faultOf(row, width));
  return {
    header: head.cells,
    rows: body.filter((_row, index) => faults[index] === null),
    refused: faults.filter((fault) => fault !== null),
  };
}

function faultOf({ row, cells, broken }: CsvRow, width: number): RowRemark | null {
  if (broken) return { row, code: 'ROW_QUOTES', reason: '따옴표가 닫히지 않았거나 잘못 놓였어요.' };
  if (cells.length === width) return null;
  return { row, code: 'ROW_CELLS', reason: `칸이 ${width}개여야 하는데 ${cells.length}개예요.` };
}

function isBlank(cells: readonly Cell[]): boolean {
  return cells.every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''));
}

function startsWith(bytes: Uint8Array, ...signature: number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
