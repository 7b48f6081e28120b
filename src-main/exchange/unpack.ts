import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { Refusal } from '#shared/contract/errors.ts';

/** Content as it lies in a zip. */
export interface Packed {
  readonly file: string;
  readonly name: string;
  readonly content: Buffer;
  readonly isDeflated: boolean;
  /** Unpacked, as the zip says. */
  readonly bytes: number;
}

/** Bytes; what unpacks to no more is unpacked at once. */
const PIECE = 1024 * 1024;

/** All of it, in memory of just its size; refuses when it is larger or smaller than the zip says. */
export function unpackWhole(packed: Packed): Buffer {
  const { content, isDeflated, bytes } = packed;
  const unpacked = isDeflated ? inflate(packed) : content;
  if (unpacked.length !== bytes) throw wrongSize(packed);
  return unpacked;
}

/** The same in pieces, so that a large entry is never in memory as a whole. */
export async function* unpackPieces(packed: Packed): AsyncGenerator<Buffer, void, undefined> {
  const { content, isDeflated, bytes } = packed;
  if (bytes <= PIECE) {
    yield unpackWhole(packed);
    return;
  }
  let size = 0;
  for await (const piece of isDeflated ? inflated(packed) : slices(content)) {
    size += piece.length;
    if (size > bytes) throw wrongSize(packed);
    yield piece;
  }
  if (size !== bytes) throw wrongSize(packed);
}

function inflate(packed: Packed): Buffer {
  const { content, bytes } = packed;
  try {
    // One buffer of the right size: the default ones would be joined at the end, and so be there twice.
    return inflateRawSync(content, {
      maxOutputLength: Math.max(1, bytes),
      chunkSize: Math.max(64, bytes + 1),
    });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? wrongSize(packed)
      : notDeflated(packed, error);
  }
}

async function* inflated(packed: Packed): AsyncGenerator<Buffer, void, undefined> {
  const stream = createInflateRaw({ chunkSize: PIECE });
  stream.end(packed.content);
  try {
    for await (const piece of stream) yield piece as Buffer;
  } catch (error) {
    throw notDeflated(packed, error);
  }
}

function* slices(content: Buffer): Generator<Buffer, void, undefined> {
  for (let at = 0; at < content.length; at += PIECE) yield content.subarray(at, at + PIECE);
}

function wrongSize({ file, name }: Packed): Refusal {
  return new Refusal('FILE_SIZE_WRONG', { file, entry: name });
}

function notDeflated({ file }: Packed, error: unknown): Refusal {
  const reason = (error as NodeJS.ErrnoException).code ?? 'inflate';
  return new Refusal('FILE_NOT_ZIP', { file, reason }, error);
}
