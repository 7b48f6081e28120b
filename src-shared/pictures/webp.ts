import { textAt, viewOf } from './bytes.ts';
import type { Picture } from './picture.ts';

const EXIF = 'Exif\0\0';
const HARMLESS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Null when the chunks cannot be followed from the first byte to the end that the file announces. */
export function readWebp(bytes: Uint8Array): Picture | null {
  const view = viewOf(bytes);
  if (bytes.length < 20 || textAt(bytes, 0, 4) !== 'RIFF') return null;
  const last = 8 + view.getUint32(4, true);
  if (last > bytes.length) return null;
  const exif: Uint8Array[] = [];
  let size: Size | null = null;
  let hidden = last < bytes.length;
  let pixels = false;
  for (let at = 12; at < last;) {
    if (at + 8 > last) return null;
    const kind = textAt(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length;
    if (end > last) return null;
    const body = bytes.subarray(at + 8, end);
    size ??= sizeOf(kind, body);
    if (kind === 'EXIF') exif.push(textAt(body, 0, EXIF.length) === EXIF ? body.subarray(EXIF.length) : body);
    else if (!HARMLESS.has(kind)) hidden = true;
    if (['VP8 ', 'VP8L', 'ANMF'].includes(kind)) pixels = true;
    // Chunks of an odd length are followed by a byte that is none of theirs.
    at = end + (length % 2);
  }
  return pixels && size && size.width > 0 && size.height > 0
    ? { format: 'webp', ...size, exif, hidden, words: false }
    : null;
}

function sizeOf(kind: string, body: Uint8Array): Size | null {
  if (body.length < 10) return null;
  const view = viewOf(body);
  if (kind === 'VP8X') {
    const part = (at: number): number => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
    return { width: part(4), height: part(7) };
  }
  if (kind === 'VP8L' && body[0] === 0x2f) {
    const bits = view.getUint32(1, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (kind === 'VP8 ' && textAt(body, 3, 3) === '\x9d\x01\x2a') {
    return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
  }
  return null;
}
