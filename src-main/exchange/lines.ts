import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Refusal } from '#shared/contract/errors.ts';
import { faultOf, type Change } from '#shared/merge/change.ts';
import { LIMITS } from './format.ts';

/** The text of `changes.jsonl`, kept as pieces of whole lines. */
export interface Text {
  readonly sha256: string;
  /** Held packed: there is much of it. */
  readonly isLarge: boolean;
  pieces(): IterableIterator<Buffer>;
}

const LINE_FEED = 0x0a;
/** Fast rather than small: it is unpacked again in a moment. */
const QUICKLY = { level: 1 };
/** Most pieces fit, and need not be joined. */
const ROOM = 2 * 1024 * 1024;

/**
 * Takes a text in as it is unpacked. A large one is packed again piece by piece: it then takes about the room that it
 * takes in the file, and can still be read inside a transaction, which nothing asynchronous can.
 */
export async function gather(pieces: AsyncIterable<Buffer>, bytes: number): Promise<Text> {
  const isLarge = bytes > LIMITS.heldText;
  const hash = createHash('sha256');
  const held: Buffer[] = [];
  const hold = (piece: Buffer): void => void held.push(isLarge ? deflateRawSync(piece, QUICKLY) : piece);
  let rest: Buffer = Buffer.alloc(0);
  let isEndless = false;
  for await (const piece of pieces) {
    hash.update(piece);
    // Whoever reads the lines stops at one that is too long: what follows it need not be held.
    if (isEndless) continue;
    const end = piece.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) {
      hold(joined(rest, piece.subarray(0, end)));
      rest = piece.subarray(end);
    } else {
      rest = joined(rest, piece);
    }
    isEndless = rest.length > LIMITS.line;
  }
  if (rest.length > 0) hold(rest);
  return {
    sha256: hash.digest('hex'),
    isLarge,
    *pieces() {
      for (const piece of held) yield isLarge ? inflateRawSync(piece, { chunkSize: ROOM }) : piece;
    },
  };
}

/** The changes in id order; throws a refusal at the first line that is not one. */
export function* parseLines(file: string, text: Text, expected: number): IterableIterator<Change> {
  let line = 0;
  let last = '';
  for (const piece of text.pieces()) {
    if (!isUtf8(piece)) {
      throw new Refusal('FILE_LINE_INVALID', { file, line: line + firstBrokenLine(piece), reason: 'UTF-8' });
    }
    for (let start = 0; start < piece.length;) {
      line += 1;
      if (line > expected) throw wrongCount(line);
      let end = piece.indexOf(LINE_FEED, start);
      if (end < 0) end = piece.length;
      if (end - start > LIMITS.line) throw new Refusal('FILE_LINE_TOO_LONG', { file, line });
      const change = parseLine(file, line, piece.toString('utf8', start, end));
      if (change.id <= last) throw new Refusal('FILE_ORDER_WRONG', { file, line });
      last = change.id;
      yield change;
      start = end + 1;
    }
  }
  if (line < expected) throw wrongCount(line);

  function wrongCount(found: number): Refusal {
    return new Refusal('FILE_COUNT_WRONG', { file, at: `counts.changes ${expected}, ${found}` });
  }
}

function joined(a: Buffer, b: Buffer): Buffer {
  return a.length === 0 ? b : Buffer.concat([a, b]);
}

/** The number of the first line that is no UTF-8; a line feed is never part of another character. */
function firstBrokenLine(piece: Buffer): number {
  let line = 1;
  for (let start = 0; start < piece.length; line += 1) {
    const end = piece.indexOf(LINE_FEED, start);
    if (end < 0 || !isUtf8(piece.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}

function parseLine(file: string, line: number, text: string): Change {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal('FILE_LINE_INVALID', { file, line, reason: 'JSON' }, error);
  }
  const fault = faultOf(value);
  if (fault) throw new Refusal('FILE_LINE_UNKNOWN', { file, line, rule: fault.rule, at: fault.at });
  return value as Change;
}
