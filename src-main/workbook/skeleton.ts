import { PassThrough } from 'node:stream';
import type ExcelJS from 'exceljs';
import type { Worksheet } from 'exceljs';
import { writtenValue } from './cell-values.ts';
import { inertText } from './inert.ts';
import {
  FIRST_ROW,
  isStreamed,
  lastRowOf,
  letterOf,
  letters,
  type Book,
  type Choice,
  type Formula,
  type FreeCell,
  type FreeSheet,
  type Sheet,
  type Table,
  type Value,
} from './sheet.ts';
import {
  countingHeader,
  freeStyle,
  LINE_HEIGHT,
  ROW_HEIGHT,
  tableHeader,
  tableInputStyles,
  tableStyles,
  tableTotalStyles,
  tableWrapped,
} from './styles.ts';

const A4 = 9;
/** Excel knows no taller row, in points. */
const TALLEST_ROW = 409;

/**
 * The package of a workbook with everything in it but the rows of its long tables: parts, styles, layout and names, as
 * exceljs writes them. In place of the rows of a table for which `isStreamed` holds stands one sample row, in which
 * each cell has the look of its column.
 */
export async function skeletonOf(book: Book): Promise<Uint8Array> {
  // A third of a second and 37 MB that only a report needs.
  const { default: excel } = await import('exceljs');
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const writer = new excel.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: true,
    zip: { zlib: { level: 1 } },
  });
  writer.creator = '단골수첩';
  writer.lastModifiedBy = '단골수첩';
  writer.created = new Date(book.now);
  writer.modified = new Date(book.now);
  writer.title = book.title;
  writer.views = [
    { x: 0, y: 0, width: 28_000, height: 18_000, firstSheet: 0, activeTab: 0, visibility: 'visible' },
  ];
  for (const [index, sheet] of book.sheets.entries()) writeSheet(writer, sheet, index === 0);
  await writer.commit();
  return Buffer.concat(chunks);
}

function writeSheet(writer: ExcelJS.stream.xlsx.WorkbookWriter, sheet: Sheet, first: boolean): void {
  const printed = sheet.layout === 'table' ? printAreaOf(sheet) : {};
  const frozen = sheet.layout === 'table' ? 1 : sheet.frozenRows;
  const held = sheet.layout === 'table' ? sheet.frozenColumns : undefined;
  const worksheet = writer.addWorksheet(sheet.name, {
    properties: { defaultRowHeight: ROW_HEIGHT },
    views: [
      {
        showGridLines: sheet.layout === 'table',
        ...(frozen > 0 ? { state: 'frozen', ySplit: frozen } : {}),
        ...(held === undefined ? {} : { xSplit: held }),
        ...(first ? { tabSelected: true } : {}),
      } as ExcelJS.WorksheetView,
    ],
    pageSetup: {
      paperSize: A4 as ExcelJS.PaperSize,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: sheet.layout === 'free' && sheet.onePage ? 1 : 0,
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
      ...printed,
    },
    headerFooter: { oddFooter: `&L&"맑은 고딕"&8${sheet.name}&R&"맑은 고딕"&8&P / &N` },
    ...(sheet.layout === 'table' ? { autoFilter: filterOf(sheet) } : {}),
    ...(sheet.layout === 'table' && sheet.hidden ? { state: 'hidden' as const } : {}),
  });
  if (sheet.layout === 'table') writeTable(worksheet, sheet);
  else writeFree(worksheet, sheet);
  worksheet.commit();
}

function filterOf(table: Table): string {
  return `A1:${letters(table.columns.length)}${Math.max(1, lastRowOf(table))}`;
}

/** Without the columns that are for the screen alone, and with the header on every page. */
function printAreaOf(table: Table): Partial<ExcelJS.PageSetup> {
  const count = table.columns.findIndex(({ screenOnly }) => screenOnly);
  const last = letters(count > 0 ? count : table.columns.length);
  const rows = Math.max(1, lastRowOf(table)) + (table.after?.length ?? 0);
  // exceljs puts one $ before each corner: the row needs its own, or the area moves with the active cell.
  return { printArea: `A$1:${last}$${rows}`, printTitlesRow: '1:1' };
}

function writeTable(worksheet: Worksheet, table: Table): void {
  const { columns } = table;
  worksheet.columns = columns.map(({ width, hidden = false }) => ({ width, hidden }));
  const header = worksheet.getRow(1);
  header.height = headerHeight(columns);
  columns.forEach(({ header: text, screenOnly }, index) => {
    const cell = header.getCell(index + 1);
    cell.value = inertText(text);
    cell.style = screenOnly ? countingHeader : tableHeader;
  });
  header.commit();

  if (isStreamed(table)) writeSample(worksheet, table);
  else {
    for (let index = 0; index < table.rowCount; index += 1) {
      writeRow(worksheet, FIRST_ROW + index, table.row(index), table, tableStyles);
    }
  }
  table.after?.forEach((cells, index) => {
    writeRow(worksheet, FIRST_ROW + table.rowCount + index, cells, table, tableTotalStyles);
  });
  if (table.choice && table.rowCount > 0) offerChoice(worksheet, table, table.choice);
}

function writeSample(worksheet: Worksheet, { columns }: Table): void {
  const row = worksheet.getRow(FIRST_ROW);
  columns.forEach(({ kind }, index) => {
    const cell = row.getCell(index + 1);
    cell.value = 0;
    cell.style = tableStyles[kind];
  });
  row.commit();
}

/** One rule for the whole column: it goes by the row that it stands in, so that sorting takes nothing apart. */
function offerChoice(worksheet: Worksheet, table: Table, { key, range, question }: Choice): void {
  const column = letterOf(table, key);
  const { dataValidations } = worksheet as unknown as {
    dataValidations: { add(cells: string, rule: ExcelJS.DataValidation): void };
  };
  dataValidations.add(`${column}${FIRST_ROW}:${column}${lastRowOf(table)}`, {
    type: 'list',
    allowBlank: true,
    formulae: [range],
    showErrorMessage: true,
    errorStyle: 'warning',
    error: question,
  });
}

function headerHeight(columns: Table['columns']): number {
  const lines = columns.map(({ header, width }) => linesOf(header, width));
  return 12 + LINE_HEIGHT * Math.min(4, Math.max(...lines));
}

/** How many lines a text takes: Excel grows no row for what a program wrote. A Korean letter is about two characters wide. */
function linesOf(text: string, width: number): number {
  const lengths = text.split('\n').map((line) => line.replace(/[^\u0020-\u007F]/g, '··').length);
  return lengths.reduce((sum, length) => sum + Math.max(1, Math.ceil((length + 1) / width)), 0);
}

function writeRow(
  worksheet: Worksheet,
  number: number,
  cells: readonly (Value | Formula)[],
  { columns }: Table,
  styles: typeof tableStyles,
): void {
  const row = worksheet.getRow(number);
  let lines = 1;
  for (let index = 0; index < cells.length; index += 1) {
    const { wrap, width, input, kindAt, kind: usual } = columns[index]!;
    const kind = kindAt ? kindAt(number - FIRST_ROW) : usual;
    const value = writtenValue(cells[index]!, kind);
    if (value === null && !input) continue;
    const cell = row.getCell(index + 1);
    if (value !== null) cell.value = value;
    cell.style = input ? tableInputStyles[kind] : wrap && kind === 'text' ? tableWrapped : styles[kind];
    if (wrap && typeof value === 'string') lines = Math.max(lines, linesOf(value, width));
  }
  if (lines > 1) row.height = Math.min(TALLEST_ROW, 4 + lines * LINE_HEIGHT);
  row.commit();
}

function writeFree(worksheet: Worksheet, sheet: FreeSheet): void {
  worksheet.columns = sheet.widths.map((width) => ({ width }));
  sheet.rows.forEach(({ height, cells }, index) => {
    const row = worksheet.getRow(index + 1);
    if (height !== undefined) row.height = height;
    for (const cell of cells) writeFreeCell(worksheet, index + 1, cell);
    row.commit();
  });
}

function writeFreeCell(
  worksheet: Worksheet,
  row: number,
  { column, until, value, style, name }: FreeCell,
): void {
  if (until !== undefined && until > column) worksheet.mergeCells(row, column, row, until);
  const look = freeStyle(style);
  for (let at = column; at <= (until ?? column); at += 1) worksheet.getRow(row).getCell(at).style = look;
  const cell = worksheet.getRow(row).getCell(column);
  cell.value = writtenValue(value, kindOf(style));
  if (name !== undefined) cell.name = name;
}

function kindOf(style: FreeCell['style']): keyof typeof tableStyles {
  const kind = style.replace(/Strong$/, '');
  return kind in tableStyles ? (kind as keyof typeof tableStyles) : 'text';
}
