/** How many columns a text takes: a Korean letter is as wide as two Latin ones. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const letter of text) columns += widthOf(letter);
  return columns;
}

const CUT = '…';
/** Letters of the common head that stay before the part that differs, so that one sees where it is. */
const LEAD = 3;

/**
 * Texts that stand against each other, each within a number of columns, such that what differs can be seen: the head
 * that all have in common is cut first, then the tail. What fits stays whole.
 */
export function inShort(texts: readonly string[], columns: number): string[] {
  const all = texts.map((text) => [...text.replace(/\s+/g, ' ')]);
  const head = commonHead(all);
  return all.map((letters) => withoutTail(withoutHead(letters, head, columns), columns));
}

/** Leaves out as little of the common head as makes room; where that is not enough, some of it stays as a lead. */
function withoutHead(letters: readonly string[], head: number, columns: number): string {
  const room = columns - columnsOf(CUT);
  const fits = (from: number): boolean => columnsOf(letters.slice(from).join('')) <= room;
  const whole = letters.join('');
  if (head === 0 || columnsOf(whole) <= columns) return whole;
  let from = fits(head) ? 1 : Math.max(0, head - LEAD);
  while (from < head && fits(head) && !fits(from)) from += 1;
  return from === 0 ? whole : CUT + letters.slice(from).join('');
}

function withoutTail(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = '';
  let used = 1;
  for (const letter of text) {
    used += widthOf(letter);
    if (used > columns) break;
    kept += letter;
  }
  return kept + CUT;
}

function commonHead(all: readonly (readonly string[])[]): number {
  const [first = [], ...others] = all;
  let head = 0;
  while (head < first.length && others.every((other) => other[head] === first[head])) head += 1;
  return head;
}

/** Hangul, other letters of the East and pictures are wide. */
function widthOf(letter: string): number {
  const code = letter.codePointAt(0)!;
  const isWide = (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xffe6) || code >= 0x1f000;
  return isWide ? 2 : 1;
}
