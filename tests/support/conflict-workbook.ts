import ExcelJS from 'exceljs';

/** A workbook of conflicts in a person's hands: found by headers, filled in, moved about, saved by another program. */
export interface OpenBook {
  readonly book: ExcelJS.Workbook;
  readonly sheet: ExcelJS.Worksheet;
  /** The number of the column with this header. */
  column(header: string): number;
  /** The number of the row of a field of a record. */
  rowOf(field: string, record?: string): number;
  cell(row: number, header: string): ExcelJS.Cell;
  choose(field: string, value: ExcelJS.CellValue, record?: string): void;
  saved(): Promise<Uint8Array>;
}

export async function openBook(bytes: Uint8Array, name = '정할 것'): Promise<OpenBook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
  const sheet = book.getWorksheet(name)!;

  function column(header: string): number {
    const values = sheet.getRow(1).values as unknown[];
    const at = values.indexOf(header);
    if (at < 0) throw new Error(`no column ${header} among ${values.join(', ')}`);
    return at;
  }

  function rowOf(field: string, record?: string): number {
    for (let row = 2; row <= sheet.rowCount; row += 1) {
      const isRecord = record === undefined || cell(row, '자료 번호').value === record;
      if (cell(row, '자료 항목').value === field && isRecord) return row;
    }
    throw new Error(`no row of ${field}`);
  }

  function cell(row: number, header: string): ExcelJS.Cell {
    return sheet.getRow(row).getCell(column(header));
  }

  return {
    book,
    sheet,
    column,
    rowOf,
    cell,
    choose: (field, value, record) => void (cell(rowOf(field, record), '채택값').value = value),
    async saved() {
      for (const each of book.worksheets) each.eachRow((row) => row.eachCell(escape));
      return new Uint8Array(await book.xlsx.writeBuffer());
    },
  };
}

/** exceljs reads the escape of a letter and does not write it, unlike Excel. */
function escape(cell: ExcelJS.Cell): void {
  if (typeof cell.value === 'string') cell.value = cell.value.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

/** The list that the drop-down of a row offers. */
export function choicesOf({ book, cell }: OpenBook, row: number): ExcelJS.CellValue[] {
  const lists = book.getWorksheet('목록')!;
  const list = lists.getRow(Number(cell(row, '번호').value) + 1);
  return Array.from({ length: Number(list.getCell(1).value) }, (_, at) => list.getCell(at + 2).value);
}
