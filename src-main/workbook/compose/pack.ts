import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import yazl from 'yazl';
import type { Parts } from './parts.ts';

/** As exceljs packs; higher levels cost more time than they save. */
const LEVEL = 3;

export interface Packing {
  /** The time that every part gets, in milliseconds since 1970. */
  readonly now: number;
  readonly stop?: AbortSignal | undefined;
}

/**
 * Writes a package as a zip into a stream and ends it. In place of the parts in `made`, what these give, piece by piece
 * and made as it is written. Throws what the stream or a maker throws, and the signal's reason.
 */
export async function writePackage(
  parts: Parts,
  made: ReadonlyMap<string, () => Iterable<string>>,
  stream: Writable,
  { now, stop }: Packing,
): Promise<void> {
  const zip = new yazl.ZipFile();
  const options = { mtime: new Date(now), compressionLevel: LEVEL };
  for (const [name, bytes] of parts) {
    const pieces = made.get(name);
    if (pieces) zip.addReadStreamLazy(name, options, (done) => done(null, readable(pieces())));
    else zip.addBuffer(bytes, name, options);
  }
  zip.end();
  const out = zip.outputStream as unknown as Readable;
  // A row that cannot be made ends the whole.
  zip.on('error', (error: Error) => out.destroy(error));
  await pipeline(out, stream, stop ? { signal: stop } : {});
}

/** Other calls are answered between two pieces. */
function readable(pieces: Iterable<string>): Readable {
  async function* each(): AsyncGenerator<Buffer> {
    for (const piece of pieces) {
      yield Buffer.from(piece);
      await breathe();
    }
  }
  return Readable.from(each(), { objectMode: false, highWaterMark: 1 << 18 });
}
