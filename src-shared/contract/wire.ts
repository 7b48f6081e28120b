/**
 * The loopback shell's wire: JSON in which a Uint8Array may stand anywhere, so that files travel through the same
 * calls as everything else. Layout: 4 bytes length of the JSON (big-endian), the JSON, then the bytes one after another.
 * In the JSON a Uint8Array is `{"$bytes":[start,length]}`, counted from the end of the JSON.
 */

const MARK = '$bytes';
const HEADER = 4;

export function encode(value: unknown): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  const json = JSON.stringify(value, (_key, item: unknown) => {
    if (item instanceof Uint8Array) {
      parts.push(item);
      size += item.byteLength;
      return { [MARK]: [size - item.byteLength, item.byteLength] };
    }
    return item;
  });
  const text = new TextEncoder().encode(json ?? 'null');
  const all = new Uint8Array(HEADER + text.byteLength + size);
  new DataView(all.buffer).setUint32(0, text.byteLength);
  all.set(text, HEADER);
  let at = HEADER + text.byteLength;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}

/** Throws a SyntaxError when the bytes are not what `encode` makes. */
export function decode(all: Uint8Array): unknown {
  if (all.byteLength < HEADER) throw new SyntaxError('the message is cut short');
  const length = new DataView(all.buffer, all.byteOffset).getUint32(0);
  const start = HEADER + length;
  if (start > all.byteLength) throw new SyntaxError('the message is cut short');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(all.subarray(HEADER, start));
  return JSON.parse(text, (_key, item: unknown) => (isMark(item) ? cut(all, start, item[MARK]) : item));
}

function isMark(item: unknown): item is { [MARK]: unknown } {
  return typeof item === 'object' && item !== null && Object.hasOwn(item, MARK);
}

function cut(all: Uint8Array, start: number, place: unknown): Uint8Array {
  if (!Array.isArray(place) || place.length !== 2 || !place.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new SyntaxError('a place of bytes is wrong');
  }
  const [offset, length] = place as [number, number];
  if (start + offset + length > all.byteLength) throw new SyntaxError('the message is cut short');
  return all.slice(start + offset, start + offset + length);
}
