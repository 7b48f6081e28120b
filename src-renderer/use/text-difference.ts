/** A piece of a text; `differs` when the other text does not have it there. */
export interface Piece {
  readonly text: string;
  readonly differs: boolean;
}

/** Above this many words the two texts are compared by their ends alone: the table below would grow too large. */
const MOST_WORDS = 400;
/** Shorter texts, such as a phone number, are easier to read when one stretch of them is marked. */
const SENTENCE = 30;

/** Where two texts differ, as pieces of each: of sentences by words, of short texts the one stretch that differs. */
export function differenceOf(left: string, right: string): [Piece[], Piece[]] {
  const isLong = left.length > SENTENCE && right.length > SENTENCE;
  const [a, b] = isLong ? [wordsOf(left), wordsOf(right)] : [[...left], [...right]];
  if (isLong && a.length <= MOST_WORDS && b.length <= MOST_WORDS) return byCommonWords(a, b);
  return byEnds(a, b);
}

/** Words with the space that follows them. */
function wordsOf(text: string): string[] {
  return text.match(/\s+|\S+\s*/g) ?? [];
}

function byEnds(a: readonly string[], b: readonly string[]): [Piece[], Piece[]] {
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const piecesOf = (all: readonly string[]): Piece[] =>
    joined([
      { text: all.slice(0, head).join(''), differs: false },
      { text: all.slice(head, all.length - tail).join(''), differs: true },
      { text: all.slice(all.length - tail).join(''), differs: false },
    ]);
  return [piecesOf(a), piecesOf(b)];
}

/** The longest common run of words, in order; what is not in it differs. */
function byCommonWords(a: readonly string[], b: readonly string[]): [Piece[], Piece[]] {
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j]!;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const left: Piece[] = [];
  const right: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      left.push({ text: a[i]!, differs: false });
      right.push({ text: b[j]!, differs: false });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      left.push({ text: a[i]!, differs: true });
      i += 1;
    } else {
      right.push({ text: b[j]!, differs: true });
      j += 1;
    }
  }
  return [joined(left), joined(right)];
}

/** Neighbours of one kind as one piece, empty ones left out. */
function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (piece.text === '') continue;
    if (last && last.differs === piece.differs)
      all[all.length - 1] = { ...last, text: last.text + piece.text };
    else all.push(piece);
  }
  return all;
}
