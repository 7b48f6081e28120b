import yauzl from 'yauzl';
import yazl from 'yazl';
import { Refusal } from '#shared/contract/errors.ts';
import { LIMITS } from './format.ts';
import { unpackPieces, unpackWhole, type Packed } from './unpack.ts';

/** An entry of a zip, not yet unpacked. */
export interface ZipEntry {
  readonly name: string;
  /** Unpacked, as the zip says. */
  readonly bytes: number;
  /** As it lies in the file. */
  readonly packedBytes: number;
  /** Unpacks it; refuses when it is larger or smaller than the zip says. */
  unpack(): Buffer;
  /** The same in pieces of bounded size. */
  pieces(): AsyncIterable<Buffer>;
}

const ZIP_START = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/**
 * Lists the entries of a zip in memory. Refuses what is no zip, is cut short, has an entry twice, or would
 * unpack to an unreasonable size; nothing is unpacked yet.
 */
export async function openZip(file: string, bytes: Buffer): Promise<ZipEntry[]> {
  if (bytes.length > LIMITS.file) {
    throw new Refusal('FILE_TOO_LARGE', { file, bytes: bytes.length, limit: LIMITS.file });
  }
  if (!bytes.subarray(0, ZIP_START.length).equals(ZIP_START)) {
    throw new Refusal('FILE_NOT_ZIP', { file, reason: bytes.length === 0 ? 'empty' : 'first bytes' });
  }
  const zip = await open(file, bytes);
  const found: yauzl.Entry[] = [];
  const seen = new Set<string>();
  let unpacked = 0;
  let packed = 0;
  for await (const entry of listed(file, zip)) {
    const name = entry.fileName;
    if (seen.has(name)) throw new Refusal('FILE_ENTRY_REPEATED', { file, entry: name });
    seen.add(name);
    if (entry.isEncrypted() || ![0, 8].includes(entry.compressionMethod)) {
      throw new Refusal('FILE_ENTRY_FOREIGN', { file, entry: name });
    }
    unpacked += entry.uncompressedSize;
    packed += entry.compressedSize;
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
    const isBomb = entry.uncompressedSize > LIMITS.ratioFrom && ratio > LIMITS.ratio;
    // Entries that overlap in the file are how small bombs are made: their packed sizes then exceed the file.
    if (isBomb || unpacked > LIMITS.unpacked || packed > bytes.length || seen.size > LIMITS.entries) {
      throw new Refusal('FILE_ENTRY_BOMB', { file, entry: name });
    }
    found.push(entry);
  }
  const entries: ZipEntry[] = [];
  for (const entry of found) {
    const content = await located(file, bytes, zip, entry);
    entries.push({
      name: entry.fileName,
      bytes: entry.uncompressedSize,
      packedBytes: entry.compressedSize,
      unpack: () => unpackWhole(content),
      pieces: () => unpackPieces(content),
    });
  }
  return entries;
}

function open(file: string, bytes: Buffer): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, strictFileNames: true, validateEntrySizes: true };
    yauzl.fromBuffer(bytes, options, (error, zip) =>
      error ? reject(zipRefusal(file, error)) : resolve(zip),
    );
  });
}

async function* listed(file: string, zip: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  for (;;) {
    const entry = await new Promise<yauzl.Entry | null>((resolve, reject) => {
      const done = (): void => {
        zip.removeAllListeners();
      };
      zip.once('entry', (next: yauzl.Entry) => (done(), resolve(next)));
      zip.once('end', () => (done(), resolve(null)));
      zip.once('error', (error: Error) => (done(), reject(zipRefusal(file, error))));
      zip.readEntry();
    });
    if (!entry) return;
    yield entry;
  }
}

/** An entry's content as it lies in the zip. */
async function located(file: string, bytes: Buffer, zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Packed> {
  const start = await new Promise<number>((resolve, reject) => {
    zip.readLocalFileHeader(entry, { minimal: true }, (error, header) =>
      error ? reject(zipRefusal(file, error)) : resolve(header.fileDataStart),
    );
  });
  const end = start + entry.compressedSize;
  if (end > bytes.length) throw new Refusal('FILE_CUT_SHORT', { file });
  return {
    file,
    name: entry.fileName,
    content: bytes.subarray(start, end),
    isDeflated: entry.compressionMethod === 8,
    bytes: entry.uncompressedSize,
  };
}

/** A name that would lead out of a folder, in the reader's words. */
const BAD_NAME = /^(?:invalid characters in fileName|absolute path|invalid relative path): (.*)$/s;

/** The reader's errors are all about the file: what is missing at its end means that it was cut short. */
function zipRefusal(file: string, error: Error): Refusal {
  const name = BAD_NAME.exec(error.message)?.[1];
  if (name !== undefined) return new Refusal('FILE_ENTRY_FOREIGN', { file, entry: name }, error);
  if (/end of central directory/i.test(error.message)) return new Refusal('FILE_CUT_SHORT', { file }, error);
  return new Refusal('FILE_NOT_ZIP', { file, reason: error.message.slice(0, 200) }, error);
}

/** A zip of the entries in the given order; the same content gives the same bytes. */
export async function makeZip(
  entries: readonly (readonly [name: string, content: Uint8Array])[],
): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  // A DOS time has no zone and is taken from the local one, which may change while we run; so it is made here, and is
  // not the first that DOS can tell, which the library would cut off by the zone that it started in.
  const mtime = new Date(2000, 0, 1);
  for (const [name, content] of entries) {
    zip.addBuffer(Buffer.from(content.buffer, content.byteOffset, content.byteLength), name, {
      mtime,
      mode: 0o100600,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
