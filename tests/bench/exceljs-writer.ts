import fs from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import excel, { type Worksheet } from 'exceljs';
import { writtenValue } from '#main/workbook/cell-values.ts';
import { inertText } from '#main/workbook/inert.ts';
import { FIRST_ROW, type Book, type FreeSheet, type Table } from '#main/workbook/sheet.ts';
import { freeStyle, tableHeader, tableStyles, tableTotalStyles } from '#main/workbook/styles.ts';

/** Rows between two pauses, as the report was written when exceljs wrote all of it. */
const ROWS_A_BREATH = 500;

/** The cells of a book through exceljs's streaming writer, with the looks and the level of packing of the report. */
export async function streamThroughExceljs(book: Book, file: string): Promise<void> {
  const stream = fs.createWriteStream(file);
  const writer = new excel.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: true,
    zip: { zlib: { level: 3 } },
  });
  for (const sheet of book.sheets) {
    const worksheet = writer.addWorksheet(sheet.name);
    await writeSheet(worksheet, sheet, () => packed(worksheet));
    worksheet.commit();
    await packed(worksheet);
  }
  await writer.commit();
}

/** The same cells in a workbook that exceljs holds in memory. */
export async function writeThroughExceljs(book: Book, file: string): Promise<void> {
  const workbook = new excel.Workbook();
  for (const sheet of book.sheets) await writeSheet(workbook.addWorksheet(sheet.name), sheet, null);
  await workbook.xlsx.writeFile(file);
}

/** `breathe` is given where rows leave while they are written. */
async function writeSheet(
  worksheet: Worksheet,
  sheet: FreeSheet | Table,
  breathe: (() => Promise<void>) | null,
): Promise<void> {
  if (sheet.layout === 'free') {
    for (const [index, { cells }] of sheet.rows.entries()) {
      for (const { column, value, style } of cells) {
        const cell = worksheet.getRow(index + 1).getCell(column);
        const kind = style.replace(/Strong$/, '');
        cell.style = freeStyle(style);
        cell.value = writtenValue(value, kind in tableStyles ? (kind as keyof typeof tableStyles) : 'text');
      }
      if (breathe) worksheet.getRow(index + 1).commit();
    }
    return;
  }
  const { columns, rowCount, after = [] } = sheet;
  columns.forEach(({ header }, at) => {
    const cell = worksheet.getRow(1).getCell(at + 1);
    cell.value = inertText(header);
    cell.style = tableHeader;
  });
  if (breathe) worksheet.getRow(1).commit();
  for (let index = 0; index < rowCount + after.length; index += 1) {
    const row = worksheet.getRow(FIRST_ROW + index);
    const cells = index < rowCount ? sheet.row(index) : after[index - rowCount]!;
    const styles = index < rowCount ? tableStyles : tableTotalStyles;
    for (let at = 0; at < cells.length; at += 1) {
      const { kind: usual, kindAt } = columns[at]!;
      const kind = kindAt ? kindAt(index) : usual;
      const value = writtenValue(cells[at]!, kind);
      if (value === null) continue;
      const cell = row.getCell(at + 1);
      cell.value = value;
      cell.style = styles[kind];
    }
    if (!breathe) continue;
    row.commit();
    if ((index + 1) % ROWS_A_BREATH === 0) await breathe();
  }
}

/** Waits until what was written is packed: exceljs hears no back-pressure, and the whole sheet would wait in memory. */
async function packed(worksheet: Worksheet): Promise<void> {
  const { stream } = worksheet as unknown as {
    stream: { pipes: { _writableState?: { length: number } }[] };
  };
  do await setTimeout(0);
  while (
    stream.pipes.length === 0 ||
    stream.pipes.some((entrance) => (entrance._writableState?.length ?? 0) > 0)
  );
}
