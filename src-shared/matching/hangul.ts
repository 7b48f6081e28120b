/**
 * Hangul as it is typed. A syllable is a block of up to five keystrokes, so a single slip of the finger changes one
 * fifth of a syllable: names are compared by keystroke (자모), not by syllable.
 */

export const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
/** Compound vowels and finals are two keys on the usual (두벌식) keyboard. */
const VOWELS = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ');
export const FINALS =
  ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  );

/** The same finals as single letters, without "none". */
export const FINAL_LETTERS = [...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'];

/** 가, the first of 11,172 syllables that Unicode lists by initial (19), vowel (21) and final (28). */
export const FIRST = 0xac00;
export const LAST = 0xd7a3;
export const PER_VOWEL = 28;
export const PER_INITIAL = 21 * PER_VOWEL;

/** The keystrokes of a text in NFC: 값 is ㄱㅏㅂㅅ; what is no Hangul syllable stays as it is. */
export function keystrokes(text: string): string {
  let keys = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < FIRST || code > LAST) {
      keys += text[at];
      continue;
    }
    const place = code - FIRST;
    keys += INITIALS[Math.floor(place / PER_INITIAL)]!;
    keys += VOWELS[Math.floor((place % PER_INITIAL) / PER_VOWEL)]!;
    keys += FINALS[place % PER_VOWEL]!;
  }
  return keys;
}

/** Keys that sound alike or lie on one key with and without shift: mixing them up is half a mistake. */
const CONFUSED = ['ㅐㅔ', 'ㅒㅖ', 'ㄱㄲㅋ', 'ㄷㄸㅌ', 'ㅂㅃㅍ', 'ㅅㅆ', 'ㅈㅉㅊ'];
/** By the key's place after ㄱ in Unicode: the group that it is confused within, 0 for none. */
const FIRST_KEY = 0x3131;
const groupOfKey = new Uint8Array(51);
for (const [group, keys] of CONFUSED.entries()) {
  for (const key of keys) groupOfKey[key.charCodeAt(0) - FIRST_KEY] = group + 1;
}

/**
 * How many slips lie between two texts of keystrokes: one for a key too many, too few or wrong, or for two neighbours
 * swapped; half a one for a key that is easily confused with the right one (optimal string alignment distance).
 * Infinity when there are more than `most`, for most pairs that are compared have nothing in common.
 */
export function slips(a: string, b: string, most = Infinity): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return Infinity;
  const width = b.length + 1;
  let twoBack = new Float64Array(width);
  let back = Float64Array.from({ length: width }, (_, at) => at);
  let row = new Float64Array(width);
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const [keyA, keyB] = [a.charCodeAt(i - 1), b.charCodeAt(j - 1)];
      let best = back[j - 1]! + mistake(keyA, keyB);
      if (back[j]! + 1 < best) best = back[j]! + 1;
      if (row[j - 1]! + 1 < best) best = row[j - 1]! + 1;
      if (i > 1 && j > 1 && keyA === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === keyB) {
        if (twoBack[j - 2]! + 1 < best) best = twoBack[j - 2]! + 1;
      }
      row[j] = best;
      if (best < least) least = best;
    }
    // A swap reaches back two rows at the price of one, so the least of this row is at most one too many.
    if (least > most + 1) return Infinity;
    [twoBack, back, row] = [back, row, twoBack];
  }
  const found = back[b.length]!;
  return found > most ? Infinity : found;
}

function mistake(a: number, b: number): number {
  if (a === b) return 0;
  const group = groupOfKey[a - FIRST_KEY];
  return group !== undefined && group > 0 && group === groupOfKey[b - FIRST_KEY] ? 0.5 : 1;
}
