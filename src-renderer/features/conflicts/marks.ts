import { differenceOf, type Piece } from '../../use/text-difference.ts';

/** A piece of a value: `differs` when the other value does not have it there, `changed` when it was not so before. */
export interface MarkedPiece extends Piece {
  readonly changed: boolean;
}

/**
 * The pieces of texts that stand against each other. Two are compared with each other, and each with what was there
 * before; of more than two only the latter, for each differs from several others in its own way.
 */
export function marksOf(texts: readonly string[], before: string | null): MarkedPiece[][] {
  const [left, right] = texts;
  const between = texts.length === 2 ? differenceOf(left!, right!) : texts.map(whole);
  return texts.map((text, at) => {
    const since = before === null ? whole(text) : differenceOf(before, text)[1];
    return overlaid(between[at]!, since);
  });
}

function whole(text: string): Piece[] {
  return text === '' ? [] : [{ text, differs: false }];
}

/** Two ways to cut one text into pieces, as one. */
function overlaid(between: readonly Piece[], since: readonly Piece[]): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  const waiting = since.map(({ text, differs }) => ({ text, differs }));
  for (const { text, differs } of between) {
    let rest = text;
    while (rest !== '') {
      const next = waiting[0];
      const length = next ? Math.min(next.text.length, rest.length) : rest.length;
      pieces.push({ text: rest.slice(0, length), differs, changed: next?.differs ?? false });
      rest = rest.slice(length);
      if (next) next.text = next.text.slice(length);
      if (next?.text === '') waiting.shift();
    }
  }
  return pieces;
}
