/** Excel's limit for the text of a cell, in UTF-16 units. */
const MAX_TEXT = 32_767;
const CUT = '…(잘림)';

/** What XML 1.0 cannot hold: control characters, the two non-characters; and DEL, which exceljs would drop unasked. */
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g;
/** Excel reads `_x0041_` in a text as the letter A; this makes it stay what was typed. */
const ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;

/**
 * A text as it may stand in a cell: exactly what was recorded, and never more than a text. What begins with = + - @ is
 * written as a string cell and stays inert. Control characters go, line ends become line feeds, a lone surrogate becomes
 * U+FFFD, and what is longer than Excel can hold is cut with a mark.
 */
export function inertText(text: string): string {
  const clean = text.toWellFormed().replace(/\r\n?/g, '\n').replace(NOT_XML, '');
  return cutToFit(clean).replace(ESCAPE, '_x005F_');
}

function cutToFit(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const cut = text.slice(0, MAX_TEXT - CUT.length);
  // The knife may have gone through a surrogate pair.
  return (cut.isWellFormed() ? cut : cut.slice(0, -1)) + CUT;
}
