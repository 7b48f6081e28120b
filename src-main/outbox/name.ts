/** File systems end at 255 bytes; encrypted home folders at 143, and some clouds count a whole path. */
export const LONGEST_NAME = 140;
const HASH_DIGITS = 12;

/**
 * The name of a file at its destination: what it is, in words, then a part of its SHA-256. The same content has the same
 * name for ever, another one has another. Letters, digits and hyphens alone are safe on Windows, SharePoint, WebDAV and
 * S3; dots are not, for Windows reserves `CON.anything`. NFC, since macOS would have it otherwise.
 */
export function nameFor(what: string, sha256: string, extension: 'xlsx' | 'dangol'): string {
  const end = `-${sha256.slice(0, HASH_DIGITS)}.${extension}`;
  const words = what
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${cut(words, LONGEST_NAME - end.length) || '단골수첩'}${end}`;
}

/** As many whole characters as fit into so many bytes of UTF-8. */
function cut(text: string, limit: number): string {
  let kept = '';
  let bytes = 0;
  for (const char of text) {
    bytes += Buffer.byteLength(char);
    if (bytes > limit) break;
    kept += char;
  }
  return kept.replace(/-+$/, '');
}
