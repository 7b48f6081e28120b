import fs from 'node:fs';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { asFileRefusal, syncFolder } from '../files/atomic.ts';
import type { Book } from './sheet.ts';
import { streamWorkbook } from './compose/compose.ts';

/** Writes a book to a file; as `saveWorkbook`. */
export function writeWorkbook(book: Book, file: string): Promise<void> {
  return saveWorkbook(file, book, (stream) => streamWorkbook(book, stream));
}

/**
 * Writes a workbook to a file, whole or not at all: into a temporary file beside it, fsync, read back, rename. Whatever
 * stood there before stays until then. `book` says what must be found in it, where that is known. Refuses with
 * FILE_UNWRITABLE (open in Excel, no such folder) or DISK_FULL, and with what `write` refuses.
 */
export async function saveWorkbook<T>(
  file: string,
  book: Book | null,
  write: (stream: Writable) => Promise<T>,
): Promise<T> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    const stream = fs.createWriteStream(temporary, { mode: 0o600, flush: true });
    const closed = finished(stream);
    // Heard below in either case; until then a failing disk must not look like a failure that nobody heard.
    closed.catch(() => undefined);
    let result: T;
    try {
      result = await write(stream);
    } catch (error) {
      // Whatever writes into a stream that has failed says so in words of its own; the disk's are clearer.
      const cause = stream.errored ?? error;
      stream.destroy();
      await closed.catch(() => undefined);
      throw cause;
    }
    await closed;
    await readBack(temporary, book);
    fs.renameSync(temporary, file);
    syncFolder(path.dirname(file));
    return result;
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw asFileRefusal(error, file, 'FILE_UNWRITABLE');
  }
}

/** Unpacks every part, compares its checksum, and looks for every sheet and every named cell. */
async function readBack(file: string, book: Book | null): Promise<void> {
  const zip = await yauzl.openPromise(file);
  let workbook = '';
  let worksheets = 0;
  for await (const entry of zip.eachEntry()) {
    const part = await zip.openReadStreamPromise(entry);
    const isIndex = entry.fileName === 'xl/workbook.xml';
    const chunks: Buffer[] = [];
    let sum = 0;
    for await (const chunk of part as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      if (isIndex) chunks.push(chunk);
    }
    if (sum !== entry.crc32) throw new Error(`the workbook read back is damaged in ${entry.fileName}`);
    if (isIndex) workbook = Buffer.concat(chunks).toString('utf8');
    if (entry.fileName.startsWith('xl/worksheets/sheet')) worksheets += 1;
  }
  if (!book) return;
  const { sheets } = book;
  const names = sheets.flatMap((sheet) =>
    sheet.layout === 'free' ? sheet.rows.flatMap(({ cells }) => cells.flatMap(({ name }) => name ?? [])) : [],
  );
  const missing = names.filter((name) => !workbook.includes(`name="${name}"`));
  if (worksheets !== sheets.length || missing.length > 0) {
    throw new Error(
      `the workbook read back lacks ${sheets.length - worksheets} sheets and ${missing.join(', ')}`,
    );
  }
}
