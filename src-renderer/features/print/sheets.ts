/** Rows for those who are on no list: a handful, or a whole page where there is no list at all. */
export function emptyRows(people: number): number {
  return people === 0 ? 15 : 5;
}

const CARDS_A_PAGE = 8;

/** Cards in the order in which they are cut: page by page. */
export function pagesOf<T>(cards: readonly T[]): T[][] {
  const pages: T[][] = [];
  for (let at = 0; at < cards.length; at += CARDS_A_PAGE) pages.push(cards.slice(at, at + CARDS_A_PAGE));
  return pages;
}

export interface Cut {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Two columns of four cards on A4, in millimetres. */
export const GRID = { left: 10, top: 16.5, width: 95, height: 66, columns: 2, rows: 4 } as const;

const MARK = 5;
const AWAY = 1.5;

/** Short lines outside the cards, at which a knife is laid, and a small cross where four of them meet. */
export function cutMarks(): Cut[] {
  const xs = Array.from({ length: GRID.columns + 1 }, (_, i) => GRID.left + i * GRID.width);
  const ys = Array.from({ length: GRID.rows + 1 }, (_, i) => GRID.top + i * GRID.height);
  const [left, right, top, bottom] = [xs[0]!, xs.at(-1)!, ys[0]!, ys.at(-1)!];
  const upright = (x: number, y: number, length: number): Cut => ({ x1: x, y1: y, x2: x, y2: y + length });
  const level = (x: number, y: number, length: number): Cut => ({ x1: x, y1: y, x2: x + length, y2: y });
  return [
    ...xs.flatMap((x) => [upright(x, top - AWAY - MARK, MARK), upright(x, bottom + AWAY, MARK)]),
    ...ys.flatMap((y) => [level(left - AWAY - MARK, y, MARK), level(right + AWAY, y, MARK)]),
    ...xs
      .slice(1, -1)
      .flatMap((x) => ys.slice(1, -1).flatMap((y) => [upright(x, y - 2, 4), level(x - 2, y, 4)])),
  ];
}
