import { FINAL_LETTERS, INITIALS } from '../matching/hangul.ts';

/**
 * A text as it is searched: letters, digits and signs without case, spaces and punctuation, in one spelling whatever the
 * file or keyboard that it came from wrote (NFC, NFD, full-width, conjoining or compatibility jamo).
 */
export interface Folded {
  /** UTF-16 units. */
  readonly codes: number[];
  /** Where each unit stands in the text as it was: its first unit, and the one behind its last. */
  readonly from: number[];
  readonly to: number[];
  /** 1 where a word begins. */
  readonly begins: number[];
}

/** What is seen as one letter: a syllable of conjoining jamo, or a sign with the marks on it. */
const CLUSTER = /[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[가-힣][\u11a8-\u11c2]|[^]\p{M}*/uy;
const NOT_SEARCHED = /[\p{P}\p{Z}\p{C}]/u;

export function fold(text: string): Folded {
  const folded: Folded = { codes: [], from: [], to: [], begins: [] };
  let fresh = 1;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
    let end = at + 1;
    let kept = false;
    if (isPlain(code) && !isMark(next)) {
      kept = push(folded, code >= 0x41 && code <= 0x5a ? code + 0x20 : code, at, end, fresh);
    } else if (code !== 0x20) {
      CLUSTER.lastIndex = at;
      const cluster = CLUSTER.exec(text)![0];
      end = at + cluster.length;
      for (const sign of cluster.normalize('NFKC').toLowerCase()) {
        if (NOT_SEARCHED.test(sign)) continue;
        for (let unit = 0; unit < sign.length; unit += 1) {
          kept = push(folded, asTyped(sign.charCodeAt(unit)), at, end, kept ? 0 : fresh);
        }
      }
    }
    fresh = kept ? 0 : 1;
    at = end;
  }
  return folded;
}

function push(
  { codes, from, to, begins }: Folded,
  code: number,
  at: number,
  end: number,
  word: number,
): true {
  codes.push(code);
  from.push(at);
  to.push(end);
  begins.push(word);
  return true;
}

/** By far the most: a syllable, a digit, a Latin letter or a jamo as keyboards make it. */
function isPlain(code: number): boolean {
  return (
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x3131 && code <= 0x3163)
  );
}

/** What joins the letter before it. */
function isMark(code: number): boolean {
  return (code >= 0x300 && code <= 0x36f) || (code >= 0x11a8 && code <= 0x11c2) || code === 0x20e3;
}

/** A conjoining jamo that found no syllable to join, as the jamo that a keyboard makes. */
function asTyped(code: number): number {
  if (code >= 0x1100 && code <= 0x1112) return INITIALS[code - 0x1100]!.charCodeAt(0);
  if (code >= 0x1161 && code <= 0x1175) return code - 0x1161 + 0x314f;
  if (code >= 0x11a8 && code <= 0x11c2) return FINAL_LETTERS[code - 0x11a8]!.charCodeAt(0);
  return code;
}
