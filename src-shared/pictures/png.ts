import { textAt, viewOf } from './bytes.ts';
import type { Picture } from './picture.ts';

/** Chunks of the pixels and of how to show them (colours, size, animation). */
const HARMLESS =
  /^(?:[A-Z].*|cHRM|cICP|gAMA|iCCP|sBIT|sRGB|bKGD|hIST|tRNS|pHYs|sPLT|mDCV|cLLI|acTL|fcTL|fdAT)$/;
/** Where programs without eXIf put EXIF and XMP. */
const PROFILE = /^(?:Raw profile type|XML:com\.adobe\.xmp)/;

/** Null when the chunks cannot be followed from the first byte to IEND. */
export function readPng(bytes: Uint8Array): Picture | null {
  const view = viewOf(bytes);
  const exif: Uint8Array[] = [];
  let [width, height] = [0, 0];
  let [hidden, words, pixels] = [false, false, false];
  let at = 8;
  for (;;) {
    if (at + 12 > bytes.length) return null;
    const length = view.getUint32(at);
    const kind = textAt(bytes, at + 4, 4);
    const end = at + 12 + length;
    if (end > bytes.length) return null;
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (at === 8) {
      if (kind !== 'IHDR' || length !== 13) return null;
      width = view.getUint32(16);
      height = view.getUint32(20);
    } else if (kind === 'IDAT') {
      pixels = true;
    } else if (kind === 'eXIf') {
      exif.push(body);
    } else if (/^[tiz]/.test(kind) && PROFILE.test(textAt(body, 0, 80))) {
      hidden = true;
    } else if (['tEXt', 'zTXt', 'iTXt', 'tIME'].includes(kind)) {
      words = true;
    } else if (!HARMLESS.test(kind)) {
      hidden = true;
    }
    at = end;
    if (kind === 'IEND') break;
  }
  if (at < bytes.length) hidden = true;
  return pixels && width > 0 && height > 0 ? { format: 'png', width, height, exif, hidden, words } : null;
}
