import { textAt, viewOf } from './bytes.ts';
import type { Picture } from './picture.ts';

const END = 0xd9;
const SCAN = 0xda;
const EXIF = 'Exif\0\0';
/** Segments that say how the pixels are to be shown, and nothing else: JFIF, a colour profile, Adobe's colour flag. */
const HARMLESS: Readonly<Record<number, string>> = { 0xe0: 'JF', 0xe2: 'ICC_PROFILE\0', 0xee: 'Adobe' };
const COMMENT = 0xfe;

/** Null when the segments cannot be followed from the first byte to the end marker. */
export function readJpeg(bytes: Uint8Array): Picture | null {
  const view = viewOf(bytes);
  const exif: Uint8Array[] = [];
  let [width, height, scans] = [0, 0, 0];
  let [hidden, words] = [false, false];
  let at = 2;
  for (;;) {
    // A marker may be preceded by any number of 0xff.
    if (bytes[at] !== 0xff) return null;
    while (bytes[at] === 0xff) at += 1;
    const marker = bytes[at];
    at += 1;
    if (marker === undefined) return null;
    if (marker === END) break;
    if (standsAlone(marker)) continue;
    const end = at + 2 <= bytes.length ? at + view.getUint16(at) : Infinity;
    if (end > bytes.length || end < at + 2) return null;
    const body = bytes.subarray(at + 2, end);
    if (isFrame(marker) && body.length >= 5) {
      height = view.getUint16(at + 3);
      width = view.getUint16(at + 5);
    } else if (marker === 0xe1 && textAt(body, 0, EXIF.length) === EXIF) {
      exif.push(body.subarray(EXIF.length));
    } else if (marker === COMMENT) {
      words = true;
    } else if (marker >= 0xe0 && marker <= 0xef && !isHarmless(marker, body)) {
      hidden = true;
    }
    at = end;
    if (marker === SCAN) {
      scans += 1;
      at = afterScan(bytes, at);
    }
  }
  // A phone puts a second picture with its own EXIF after the end.
  if (at < bytes.length) hidden = true;
  return scans > 0 && width > 0 && height > 0 ? { format: 'jpeg', width, height, exif, hidden, words } : null;
}

/** Where the first marker after the compressed pixels stands. */
function afterScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    // 0xff 0x00 is a pixel's byte; restart markers stand among the pixels.
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** SOF0 to SOF15; the three numbers between them are other tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function isHarmless(marker: number, body: Uint8Array): boolean {
  const start = HARMLESS[marker];
  return start !== undefined && textAt(body, 0, start.length) === start;
}
