/**
 * How large a name may stand in its box on paper. The browser has no such rule, and a name that is cut off on a card is
 * worse than a small one. Widths are estimates on the safe side.
 */

/** One point in millimetres. */
const POINT = 25.4 / 72;
const STEP = 0.5;
const SMALLEST = 5;

export interface Box {
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
  /** Points. */
  readonly most: number;
  readonly lineHeight: number;
}

/** The width of a text in ems. */
export function emsOf(text: string): number {
  return [...text.normalize('NFC')].reduce((sum, letter) => sum + emOf(letter), 0);
}

function emOf(letter: string): number {
  if (letter === ' ') return 0.3;
  if (/[A-Z@%&mwMW]/.test(letter)) return 0.85;
  if (/[\u0020-\u024f]/.test(letter)) return 0.62;
  return 1;
}

/** The size in points at which a text stands on one line of a width; however long, it is never broken. */
export function oneLinePoints(text: string, width: number, most: number): number {
  const ems = emsOf(text);
  return ems === 0 ? most : Math.max(1, down(Math.min(most, width / (ems * POINT))));
}

/** The largest size in points at which a text, broken between its words, fits a box. */
export function boxPoints(text: string, box: Box): number {
  for (let points = box.most; points > SMALLEST; points -= STEP) {
    const lines = linesAt(text, box.width / (points * POINT));
    if (lines * points * POINT * box.lineHeight <= box.height) return points;
  }
  return SMALLEST;
}

/** How many lines a text takes that are so many ems wide; a word that is longer than a line is broken. */
export function linesAt(text: string, ems: number): number {
  let [lines, at] = [1, 0];
  for (const word of text.trim().split(/\s+/)) {
    const width = emsOf(word);
    const gap = at === 0 ? 0 : emOf(' ');
    if (at + gap + width <= ems) {
      at += gap + width;
      continue;
    }
    if (at > 0) lines += 1;
    // Each line of a broken word may lose up to a letter at its end.
    const room = Math.max(1, Math.floor(ems));
    const more = width <= ems ? 0 : Math.ceil(width / room) - 1;
    lines += more;
    at = width - more * room;
  }
  return lines;
}

function down(points: number): number {
  return Math.floor(points / STEP) * STEP;
}
