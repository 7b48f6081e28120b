import fs from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeXlsxStream, type CellValue } from 'hucre';
import { writtenValue } from '#main/workbook/cell-values.ts';
import type { Book, Table } from '#main/workbook/sheet.ts';

/**
 * The cells of the long sheets through hucre's streaming writer. It writes one sheet into a file, with no looks and no
 * formulas: so each sheet is a workbook of its own, one behind the other in the file, which nobody opens; a formula stands as its value, and the few cells of the other sheets are
 * left out. The time is a lower bound for it.
 */
export async function streamThroughHucre(book: Book, file: string): Promise<void> {
  fs.rmSync(file, { force: true });
  for (const sheet of book.sheets) {
    if (sheet.layout === 'free') continue;
    const bytes = writeXlsxStream(rowsOf(sheet), { name: sheet.name });
    await pipeline(
      Readable.fromWeb(bytes as Parameters<typeof Readable.fromWeb>[0]),
      fs.createWriteStream(file, { flags: 'a' }),
    );
  }
}

function* rowsOf({ columns, rowCount, row }: Table): Generator<CellValue[]> {
  yield columns.map(({ header }) => header);
  for (let index = 0; index < rowCount; index += 1) {
    yield row(index).map((cell, at) => {
      const { kind: usual, kindAt } = columns[at]!;
      const value = writtenValue(cell, kindAt ? kindAt(index) : usual);
      return value !== null && typeof value === 'object' && 'result' in value ? value.result : value;
    });
  }
}
