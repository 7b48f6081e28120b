import { FIRST, INITIALS, LAST, PER_INITIAL } from '../matching/hangul.ts';

/** Behind the initials' numbers, which begin at 1. */
const OTHERS = INITIALS.length + 1;
const FIRST_JAMO = 0x3131;
const initialOf = new Uint8Array(INITIALS.at(-1)!.charCodeAt(0) - FIRST_JAMO + 1);
for (const [at, letter] of INITIALS.entries()) initialOf[letter.charCodeAt(0) - FIRST_JAMO] = at + 1;

/**
 * What a unit begins with, as one byte: the initial of a syllable, or the same letter alone; of anything else some
 * number of its own kind; 0 of 0. All that one place of a question takes has the same one, so a text's sounds tell
 * nearly always where a question cannot stand.
 */
export function soundOf(code: number): number {
  if (code >= FIRST && code <= LAST) return Math.floor((code - FIRST) / PER_INITIAL) + 1;
  if (code === 0) return 0;
  return initialOf[code - FIRST_JAMO] || OTHERS + (code % (256 - OTHERS));
}
