/**
 * Hangul as it is typed. A syllable is a block of up to five keystrokes, so a single slip of the finger changes one
 * fifth of a syllable: names are compared by keystroke (자모), not by syllable.
 */

const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
/** Compound vowels and finals are two keys on the usual (두벌식) keyboard. */
const VOWELS = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ');
const FINALS =
  ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  );

/** 가, the first of 11,172 syllables that Unicode lists by initial (19), vowel (21) and final (28). */
const FIRST = 0xac00;
const LAST = 0xd7a3;
const PER_VOWEL = 28;
const PER_INITIAL = 21 * PER_VOWEL;

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
const groupOfKey = new Map(
  CONFUSED.flatMap((keys, group) => [...keys].map((key): [string, number] => [key, group])),
);

/**
 * How many slips lie between two texts of keystrokes: one for a key too many, too few or wrong, or for two neighbours
 * swapped; half a one for a key that is easily confused with the right one (optimal string alignment distance).
 */
export function slips(a: string, b: string): number {
  if (a === b) return 0;
  let twoBack: number[] = [];
  let back: number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      let best = Math.min(back[j]! + 1, row[j - 1]! + 1, back[j - 1]! + mistake(a[i - 1]!, b[j - 1]!));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, twoBack[j - 2]! + 1);
      }
      row.push(best);
    }
    twoBack = back;
    back = row;
  }
  return back[b.length]!;
}

/** From 0, nothing in common, to 1, equal. */
export function likeness(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 1 : 1 - slips(a, b) / longer;
}

function mistake(a: string, b: string): number {
  if (a === b) return 0;
  const group = groupOfKey.get(a);
  return group !== undefined && group === groupOfKey.get(b) ? 0.5 : 1;
}
