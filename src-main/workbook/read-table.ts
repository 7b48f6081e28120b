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
  const [sheet] = await loadSheets(file, bytes, limits);
  if (!sheet) throw new Refusal('TABLE_UNREADABLE', { file, reason: 'xlsx' });
  return rowsOf(file, sheet, limits, plain);
}

/** What stands in a cell, with a formula as what it is. */
export type FormulaCell = Cell | { readonly formula: string };

export interface NamedSheet {
  readonly name: string;
  readonly rows: readonly { readonly row: number; readonly cells: readonly FormulaCell[] }[];
}

/** All sheets of an xlsx file, hidden ones too; refuses as `readFirstSheet` does. */
export async function readAllSheets(
  file: string,
  bytes: Uint8Array,
  limits: SheetLimits,
): Promise<NamedSheet[]> {
  const sheets = await loadSheets(file, bytes, limits);
  return sheets.map((sheet) => ({
    name: sheet.name,
    rows: rowsOf(file, sheet, limits, (value): FormulaCell => {
      const formula = formulaIn(value);
      return formula === null ? plain(value) : { formula };
    }),
  }));
}

function formulaIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { formula, sharedFormula } = value as { formula?: unknown; sharedFormula?: unknown };
  const text = formula ?? sharedFormula;
  return typeof text === 'string' ? text : null;
}

async function loadSheets(
  file: string,
  bytes: Uint8Array,
  limits: SheetLimits,
): Promise<ExcelJS.Worksheet[]> {
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
  return workbook.worksheets;
}

function rowsOf<C>(
  file: string,
  sheet: ExcelJS.Worksheet,
  limits: SheetLimits,
  read: (value: unknown) => C,
): { row: number; cells: C[] }[] {
  if (sheet.rowCount > limits.rows || sheet.columnCount > limits.columns) {
    throw new Refusal('TABLE_TOO_LARGE', { file });
  }
  const rows: { row: number; cells: C[] }[] = [];
  sheet.eachRow((row, number) => {
    const cells = Array.from({ length: row.cellCount }, (_, index) => read(row.getCell(index + 1).value));
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
