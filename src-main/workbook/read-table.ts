import type ExcelJS from 'exceljs';
import yauzl from 'yauzl';
import { Refusal } from '#shared/contract/errors.ts';

/** What stands in a cell; a formula counts as its stored result, an Excel error as its text (`#REF!`). */
export type Cell = string | number | boolean | Date | null;

export interface SheetRow {
  /** As a person sees it at the left edge of the sheet, from 1. */
  readonly row: number;
  readonly cells: readonly Cell[];
}

export interface SheetLimits {
  /** All parts of the workbook together, unpacked, in bytes. */
  readonly unpackedBytes: number;
  readonly parts: number;
  readonly rows: number;
  readonly columns: number;
}

/** What a table does not need, and what a hostile file can make expensive to read (`mergeCells` over a whole sheet). */
const IGNORED_NODES = [
  'mergeCells',
  'conditionalFormatting',
  'dataValidations',
  'hyperlinks',
  'autoFilter',
  'rowBreaks',
  'colBreaks',
  'drawing',
  'legacyDrawing',
  'picture',
  'tableParts',
  'extLst',
];

/**
 * The rows of an xlsx file's first sheet that hold something, in order. A date comes as UTC midnight of the day shown.
 * `file` is the name for messages. Refuses with TABLE_TOO_LARGE before anything is parsed, or with TABLE_UNREADABLE.
 */
export async function readFirstSheet(
  file: string,
  bytes: Uint8Array,
  limits: SheetLimits,
): Promise<SheetRow[]> {
  const unreadable = (cause?: unknown): Refusal =>
    new Refusal('TABLE_UNREADABLE', { file, reason: 'xlsx' }, cause);
  const tooLarge = (): Refusal => new Refusal('TABLE_TOO_LARGE', { file });

  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = await unpackedSize(buffer, limits).catch((error: unknown) => {
    throw unreadable(error);
  });
  if (size === null) throw tooLarge();

  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  await workbook.xlsx
    .load(buffer as unknown as ExcelJS.Buffer, { ignoreNodes: IGNORED_NODES })
    .catch((error: unknown) => {
      throw unreadable(error);
    });
  const sheet = workbook.worksheets[0];
  if (!sheet) throw unreadable();
  if (sheet.rowCount > limits.rows || sheet.columnCount > limits.columns) throw tooLarge();

  const rows: SheetRow[] = [];
  sheet.eachRow((row, number) => {
    const cells = Array.from({ length: row.cellCount }, (_, index) => plain(row.getCell(index + 1).value));
    rows.push({ row: number, cells });
  });
  return rows;
}

/**
 * The size of all parts, unpacked; null when it passes the limit. The sizes in a zip's directory are its author's word
 * and the parser believes them, so each part is unpacked once here: it errs when more comes out than was declared.
 */
async function unpackedSize(zipped: Buffer, limits: SheetLimits): Promise<number | null> {
  const zip = await yauzl.fromBufferPromise(zipped);
  if (zip.entryCount > limits.parts) return null;
  let size = 0;
  for await (const entry of zip.eachEntry()) {
    size += entry.uncompressedSize;
    if (size > limits.unpackedBytes) return null;
    if (entry.fileName.endsWith('/')) continue;
    const part = await zip.openReadStreamPromise(entry);
    for await (const _chunk of part) {
      // Only the count matters, and the stream counts.
    }
  }
  return size;
}

/** exceljs describes a cell as an object when it is rich text, a link, a formula or an error. */
function plain(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value;
  const parts = value as { result?: unknown; text?: unknown; error?: unknown; richText?: { text: string }[] };
  if (parts.richText) return parts.richText.map(({ text }) => text).join('');
  if (typeof parts.error === 'string') return parts.error;
  return plain(parts.result ?? parts.text);
}
