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
  const spare = Math.max(0, commonHead(all) - LEAD);
  return all.map((letters) => withoutTail(withoutHead(letters, spare, columns), columns));
}

/** Leaves out letters at the beginning, at most `spare` and no more than there is no room for. */
function withoutHead(letters: readonly string[], spare: number, columns: number): string {
  const whole = letters.join('');
  if (columnsOf(whole) <= columns) return whole;
  let from = 1;
  while (from < spare && columnsOf(letters.slice(from).join('')) + 1 > columns) from += 1;
  return spare === 0 ? whole : CUT + letters.slice(from).join('');
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

function widthOf(letter: string): number {
  return letter.codePointAt(0)! >= 0x1100 ? 2 : 1;
}
