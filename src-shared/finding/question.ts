import { FINAL_LETTERS, FINALS, FIRST, INITIALS, LAST, PER_INITIAL, PER_VOWEL } from '../matching/hangul.ts';
import { fold } from './fold.ts';
import { soundOf } from './sound.ts';

/**
 * What a typed text asks for. Each place of a pattern takes any code from `low` to `high`, or `also`: the syllables of
 * one initial lie side by side in Unicode, and so do those of one initial and vowel, so that ㅁ is 마 to 밓 and 우 is
 * 우 to 윟.
 */
export interface Pattern {
  readonly low: Uint16Array;
  readonly high: Uint16Array;
  readonly also: Uint16Array;
  /** What all that a place takes begins with. */
  readonly sounds: Uint8Array;
  /** Whether every place is an initial: then the sounds say it all. */
  readonly initials: boolean;
}

/** A run of what was typed. */
export interface Wanted {
  readonly whole: Pattern;
  /** 간 on the way to 가나, 값 on the way to 갑사: its last consonant may yet begin the next syllable. */
  readonly halfTyped: Pattern | null;
  /** Stands wherever one of these does; as long as the first. */
  readonly loose: Pattern;
}

export interface Question {
  /** All that was typed, spaces left out. */
  readonly all: Wanted;
  /** Its words, when there are several: each may stand somewhere else. */
  readonly words: readonly Wanted[];
}

/** How many vowels, from this one on, are typed by going on: ㅗ becomes ㅘ, ㅙ or ㅚ. By the vowel's number. */
const VOWELS_ON: Readonly<Record<number, number>> = { 8: 4, 13: 4, 18: 2 };
/** The same for finals: ㄱ becomes ㄲ or ㄳ. */
const FINALS_ON: Readonly<Record<number, number>> = { 1: 3, 4: 3, 8: 8, 17: 2, 19: 2 };

/** Null when nothing is left of the text to look for: everything is wanted then. */
export function questionOf(text: string): Question | null {
  const all = wantedOf(text);
  if (!all) return null;
  const words = text.split(/\s+/u).flatMap((word) => wantedOf(word) ?? []);
  return { all, words: words.length > 1 ? words : [] };
}

function wantedOf(text: string): Wanted | null {
  const codes = fold(text).codes.flatMap(oneByOne);
  const last = codes.pop();
  if (last === undefined) return null;
  const before = codes.map(placeOf);
  const ends = isSyllable(last) ? goingOn(last) : placeOf(last);
  const half = isSyllable(last) ? halfTyped(last) : null;
  return {
    whole: patternOf([...before, ends]),
    halfTyped: half && patternOf([...before, ...half]),
    loose: patternOf([...before, { ...ends, low: half?.[0].low ?? ends.low }]),
  };
}

/** Some keyboards make one sign of two initials that follow each other: ㄱㅅ comes as ㄳ. */
function oneByOne(code: number): number[] {
  const final = FINAL_LETTERS.indexOf(String.fromCharCode(code));
  const keys = final < 0 ? '' : FINALS[final + 1]!;
  return keys.length === 2 ? [keys.charCodeAt(0), keys.charCodeAt(1)] : [code];
}

interface Place {
  readonly low: number;
  readonly high: number;
  readonly also: number;
}

function patternOf(places: readonly Place[]): Pattern {
  return {
    low: Uint16Array.from(places, ({ low }) => low),
    high: Uint16Array.from(places, ({ high }) => high),
    also: Uint16Array.from(places, ({ also }) => also),
    sounds: Uint8Array.from(places, ({ also }) => soundOf(also)),
    initials: places.every(({ low, high }) => high - low === PER_INITIAL - 1),
  };
}

/** The code itself, or for an initial every syllable that it begins. */
function placeOf(code: number): Place {
  const initial = INITIALS.indexOf(String.fromCharCode(code));
  if (initial < 0) return { low: code, high: code, also: code };
  const low = FIRST + initial * PER_INITIAL;
  return { low, high: low + PER_INITIAL - 1, also: code };
}

function isSyllable(code: number): boolean {
  return code >= FIRST && code <= LAST;
}

/** Every syllable that this one becomes by typing on: 우 becomes 원, 갑 becomes 값. */
function goingOn(code: number): Place {
  const final = (code - FIRST) % PER_VOWEL;
  const vowel = Math.floor(((code - FIRST) % PER_INITIAL) / PER_VOWEL);
  const more = final > 0 ? (FINALS_ON[final] ?? 1) : (VOWELS_ON[vowel] ?? 1) * PER_VOWEL;
  return { low: code, high: code + more - 1, also: code };
}

/** The syllable without its last consonant, which begins the next one; null without such a one. */
function halfTyped(code: number): [Place, Place] | null {
  const final = (code - FIRST) % PER_VOWEL;
  if (final === 0) return null;
  const keys = FINALS[final]!;
  const syllable = code - final + FINALS.indexOf(keys.slice(0, -1));
  return [{ low: syllable, high: syllable, also: syllable }, placeOf(keys.charCodeAt(keys.length - 1))];
}
