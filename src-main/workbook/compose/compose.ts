import { PassThrough, Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import yazl from 'yazl';
import { isStreamed, type Book, type Table } from '../sheet.ts';
import { skeletonOf } from '../skeleton.ts';
import { addCharts } from './drawings.ts';
import { partsOf } from './parts.ts';
import { sheetXml } from './rows.ts';

export interface Writing {
  /** Hears how many rows of all long tables are written. */
  readonly told?: (done: number, total: number) => void;
  /** Ends the writing; what came out until then is no workbook. */
  readonly stop?: AbortSignal;
}

/** As exceljs packs; higher levels cost more time than they save. */
const LEVEL = 3;

/**
 * Writes a workbook into a stream and ends it. exceljs makes the package with its styles, layout and small sheets; the
 * rows of long tables are made as they are written, so that memory stays flat (docs/decisions/0020-workbook-composer.md).
 * Throws what the stream throws, and the signal's reason.
 */
export async function streamWorkbook(book: Book, stream: Writable, writing: Writing = {}): Promise<void> {
  const parts = await partsOf(await skeletonOf(book));
  addCharts(parts, book);
  const zip = new yazl.ZipFile();
  const options = { mtime: new Date(book.now), compressionLevel: LEVEL };
  const tell = tellerOf(book, writing);
  for (const [name, bytes] of parts) {
    const table = tableOfPart(book, name);
    if (!table) zip.addBuffer(bytes, name, options);
    else {
      const pieces = (): Readable => piecesOf(sheetXml(bytes.toString('utf8'), table, tell(table)));
      zip.addReadStreamLazy(name, options, (done) => done(null, pieces()));
    }
  }
  zip.end();
  const out = zip.outputStream as unknown as Readable;
  // A row that cannot be made ends the whole.
  zip.on('error', (error: Error) => out.destroy(error));
  await pipeline(out, stream, writing.stop ? { signal: writing.stop } : {});
}

/** The workbook as bytes. */
export async function workbookBytes(book: Book, writing?: Writing): Promise<Uint8Array> {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await streamWorkbook(book, stream, writing);
  return Buffer.concat(chunks);
}

/** The long table of a sheet's part; exceljs numbers the sheets in their order. */
function tableOfPart({ sheets }: Book, name: string): Table | null {
  const [, number] = /^xl\/worksheets\/sheet(\d+)\.xml$/.exec(name) ?? [];
  const sheet = number === undefined ? undefined : sheets[Number(number) - 1];
  return sheet?.layout === 'table' && isStreamed(sheet) ? sheet : null;
}

function tellerOf({ sheets }: Book, { told }: Writing): (table: Table) => (rows: number) => void {
  const tables = sheets.filter((sheet): sheet is Table => sheet.layout === 'table' && isStreamed(sheet));
  const total = tables.reduce((sum, { rowCount }) => sum + rowCount, 0);
  return (table) => {
    const before = tables.slice(0, tables.indexOf(table)).reduce((sum, { rowCount }) => sum + rowCount, 0);
    return (rows) => told?.(before + rows, total);
  };
}

/** Other calls are answered between two pieces. */
function piecesOf(pieces: Iterable<string>): Readable {
  async function* each(): AsyncGenerator<Buffer> {
    for (const piece of pieces) {
      yield Buffer.from(piece);
      await breathe();
    }
  }
  return Readable.from(each(), { objectMode: false, highWaterMark: 1 << 18 });
}
