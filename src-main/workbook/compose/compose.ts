import { PassThrough, type Writable } from 'node:stream';
import { isStreamed, type Book, type Table } from '../sheet.ts';
import { skeletonOf } from '../skeleton.ts';
import { addCharts } from './drawings.ts';
import { writePackage } from './pack.ts';
import { partsOf } from './parts.ts';
import { sheetXml } from './rows.ts';

export interface Writing {
  /** Hears how many rows of all long tables are written. */
  readonly told?: (done: number, total: number) => void;
  /** Ends the writing; what came out until then is no workbook. */
  readonly stop?: AbortSignal;
}

/**
 * Writes a workbook into a stream and ends it. exceljs makes the package with its styles, layout and small sheets; the
 * rows of long tables are made as they are written, so that memory stays flat (docs/decisions/0020-workbook-composer.md).
 * Throws what the stream throws, and the signal's reason.
 */
export async function streamWorkbook(book: Book, stream: Writable, writing: Writing = {}): Promise<void> {
  const parts = await partsOf(await skeletonOf(book));
  addCharts(parts, book);
  const made = new Map<string, () => Iterable<string>>();
  const tell = tellerOf(
    book.sheets.filter((sheet): sheet is Table => sheet.layout === 'table' && isStreamed(sheet)),
    writing,
  );
  // exceljs numbers the sheets in their order.
  for (const [index, sheet] of book.sheets.entries()) {
    if (sheet.layout !== 'table' || !isStreamed(sheet)) continue;
    const name = `xl/worksheets/sheet${index + 1}.xml`;
    const skeleton = parts.get(name)!.toString('utf8');
    made.set(name, () => sheetXml(skeleton, sheet, tell(sheet)));
  }
  await writePackage(parts, made, stream, { now: book.now, stop: writing.stop });
}

/** The workbook as bytes. */
export function workbookBytes(book: Book, writing?: Writing): Promise<Uint8Array> {
  return bytesOf((stream) => streamWorkbook(book, stream, writing));
}

/** What is written into a stream, as bytes. */
export async function bytesOf(write: (stream: Writable) => Promise<unknown>): Promise<Uint8Array> {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await write(stream);
  return Buffer.concat(chunks);
}

/** Tells of the rows of each table as of those of all of them. */
export function tellerOf(
  tables: readonly Table[],
  { told }: Writing,
): (table: Table) => (rows: number) => void {
  const total = tables.reduce((sum, { rowCount }) => sum + rowCount, 0);
  return (table) => {
    const before = tables.slice(0, tables.indexOf(table)).reduce((sum, { rowCount }) => sum + rowCount, 0);
    return (rows) => told?.(before + rows, total);
  };
}
