/**
 * The loopback shell's wire: JSON in which a Uint8Array may stand anywhere, so that files travel through the same
 * calls as everything else. Layout: 4 bytes length of the JSON (big-endian), the JSON, then the bytes one after another.
 * In the JSON a Uint8Array is `{"$bytes":[start,length]}`, counted from the end of the JSON; a member that is really
 * called `$bytes` gets one more `$`, since what a record holds is anyone's.
 */

const MARK = '$bytes';
const TAKEN = /^\$+bytes$/;
const ESCAPED = /^\$\$+bytes$/;
const HEADER = 4;

export function encode(value: unknown): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  const json = JSON.stringify(value, function (this: Record<string, unknown>, key, item: unknown) {
    // Not `item`: a Buffer has by then become what its toJSON makes of it.
    const bytes = this[key];
    if (!(bytes instanceof Uint8Array)) return renamed(item, TAKEN, (name) => `$${name}`);
    parts.push(bytes);
    size += bytes.byteLength;
    return { [MARK]: [size - bytes.byteLength, bytes.byteLength] };
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
  return JSON.parse(text, (_key, item: unknown) =>
    isMark(item) ? cut(all, start, item[MARK]) : renamed(item, ESCAPED, (name) => name.slice(1)),
  );
}

/** The object with those of its members renamed that match; anything else as it is. */
function renamed(item: unknown, match: RegExp, rename: (name: string) => string): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  if (!Object.keys(item).some((name) => match.test(name))) return item;
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [match.test(name) ? rename(name) : name, value as unknown]),
  );
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
