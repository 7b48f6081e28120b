import { fold } from './fold.ts';
import { questionOf, type Question, type Wanted } from './question.ts';
import { noHits, scan, scanned, type Hits } from './scan.ts';

/** How well a text answers, best first. */
const BEGINS = 0;
const WORD_BEGINS = 1;
const CONTAINS = 2;
const HALF_TYPED = 3;
const NOT_FOUND = 4;

/** How well a text answers. It is folded anew: for lists of some thousands. */
function found(text: string | null, wanted: Wanted): number {
  let best = NOT_FOUND;
  const { codes, begins } = fold(text ?? '');
  const { count, places, halves } = hitsIn(codes, wanted);
  for (let i = 0; i < count; i += 1) {
    const at = places[i]!;
    const how = halves[i] ? HALF_TYPED : begins[at] === 0 ? CONTAINS : at > 0 ? WORD_BEGINS : BEGINS;
    if (how < best) best = how;
  }
  return best;
}

function hitsIn(codes: readonly number[], wanted: Wanted): Hits {
  return scan(scanned(codes), 0, codes.length, wanted, noHits());
}

/**
 * The rows of which some text answers, the best answers first and otherwise in their order. A row whose words stand in
 * several of its texts answers last. The first text weighs more than the second, and so on.
 */
export function answering<T>(
  rows: readonly T[],
  text: string,
  textsOf: (row: T) => readonly (string | null)[],
): T[] {
  const question = questionOf(text);
  if (!question) return [...rows];
  return rows
    .map((row) => ({ row, rank: rankOf(textsOf(row), question) }))
    .filter(({ rank }) => rank !== Infinity)
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
}

/** As the index ranks shops: what is there before what may be half typed, and words here and there last. */
function rankOf(texts: readonly (string | null)[], { all, words }: Question): number {
  const hows = texts.map((text) => found(text, all));
  const at = hows.findIndex((how) => how < HALF_TYPED);
  if (at >= 0) return at * HALF_TYPED + hows[at]!;
  if (hows.includes(HALF_TYPED)) return texts.length * HALF_TYPED;
  const everyWord =
    words.length > 0 && words.every((word) => texts.some((text) => found(text, word) !== NOT_FOUND));
  return everyWord ? texts.length * HALF_TYPED + 1 : Infinity;
}

/** Whether a word of the text begins with what was typed. */
export function beginsWord(text: string, typed: string): boolean {
  const question = questionOf(typed);
  return question === null || found(text, question.all) <= WORD_BEGINS;
}

/** Whether what was typed can be a name: not digits, initials and signs alone, which only look for one. */
export function readsAsName(typed: string): boolean {
  return /[\p{L}--[\u1100-\u11ff\u3131-\u318e]]/v.test(typed);
}

/** A part of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** A text in pieces, what the typed text found in it marked; all words where it is not found as a whole. */
export function marked(text: string, typed: string): Piece[] {
  const ranges = rangesIn(text, typed);
  const pieces: Piece[] = [];
  let done = 0;
  for (const [from, to] of ranges) {
    if (from > done) pieces.push({ text: text.slice(done, from), marked: false });
    pieces.push({ text: text.slice(Math.max(done, from), to), marked: true });
    done = to;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), marked: false });
  return pieces;
}

/** Ranges of the text, in order and apart from each other. */
function rangesIn(text: string, typed: string): [from: number, to: number][] {
  const question = questionOf(typed);
  if (!question) return [];
  const whole = rangeOf(text, question.all);
  const ranges = whole
    ? [whole]
    : question.words.flatMap((word) => [rangeOf(text, word)].filter((one) => one !== null));
  const merged: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before && from <= before[1]) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Where the best answer stands: at the beginning of a word if there is such a one, else the first. */
function rangeOf(text: string, wanted: Wanted): [from: number, to: number] | null {
  const { codes, begins, from, to } = fold(text);
  const { count, places, halves } = hitsIn(codes, wanted);
  let best: { at: number; length: number; rank: number } | null = null;
  for (let i = 0; i < count; i += 1) {
    const [at, half] = [places[i]!, halves[i] === 1];
    const { length } = (half ? wanted.halfTyped! : wanted.whole).low;
    const rank = (half ? 2 : 0) + (begins[at] === 1 ? 0 : 1);
    if (!best || rank < best.rank) best = { at, length, rank };
  }
  return best && [from[best.at]!, to[best.at + best.length - 1]!];
}
