import { expect } from 'vitest';
import { isFormula, type Book, type Formula, type Sheet, type Value } from '#main/workbook/sheet.ts';
import type { ReadWorkbook } from './read-workbook.ts';

/** The same workbook with a wrong value beside every formula: whoever shows the right one has calculated it. */
export function withWrongValues(book: Book): Book {
  const wrong = (cell: Value | Formula): Value | Formula =>
    isFormula(cell) ? { ...cell, cached: -12_345 } : cell;
  const sheets = book.sheets.map((sheet): Sheet => {
    if (sheet.layout === 'table') {
      const after = sheet.after?.map((row) => row.map(wrong)) ?? [];
      return { ...sheet, row: (index) => sheet.row(index).map(wrong), after };
    }
    const rows = sheet.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell) => ({ ...cell, value: wrong(cell.value) })),
    }));
    return { ...sheet, rows };
  });
  return { ...book, sheets };
}

/** Equal, but for the last digits, in which spreadsheets differ. */
export function closeTo(value: unknown): unknown {
  return typeof value === 'number' ? expect.closeTo(value, 6) : value;
}

export function formulasOf({
  sheets,
}: ReadWorkbook): { sheet: string; address: string; formula: string; value: unknown }[] {
  return [...sheets.values()].flatMap(({ name, cells }) =>
    [...cells].flatMap(([address, { formula, value }]) =>
      formula === null ? [] : [{ sheet: name, address, formula, value }],
    ),
  );
}

export function errorsIn({ sheets }: ReadWorkbook): string[] {
  return [...sheets.values()].flatMap(({ name, cells }) =>
    [...cells].flatMap(([address, { value }]) =>
      typeof value === 'object' && value !== null ? [`${name}!${address} ${value.error}`] : [],
    ),
  );
}
