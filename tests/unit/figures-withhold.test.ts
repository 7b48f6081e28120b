import { describe, expect, it } from 'vitest';
import { ALL, crossOf, groupKey, withheldIn, type WithheldReason } from '#shared/figures/withhold.ts';

/** Respondents by the cells of a table: `'망원 5월': 3`. */
function withheld(
  cells: Readonly<Record<string, number>>,
  minimums: Readonly<Record<string, number>> = {},
): Record<string, WithheldReason> {
  const respondents = Object.entries(cells).flatMap(([cell, n]) =>
    Array.from({ length: n }, () => cell.split(' ')),
  );
  const width = Object.keys(cells)[0]!.split(' ').length;
  const dimensions = Array.from({ length: width }, (_, at) => (cell: string[]) => cell[at]!);
  const table = crossOf(respondents, dimensions, ([first]) => minimums[first!] ?? 5);
  return Object.fromEntries(
    [...withheldIn(table)].map(([key, reason]) => [(JSON.parse(key) as string[]).join(' '), reason]),
  );
}

describe('in one dimension', () => {
  it.each([
    ['nothing is withheld where every group has its minimum', { a: 5, b: 9 }, {}],
    ['nobody is shown as nobody', { a: 0, b: 9 }, {}],
    [
      'one small group takes the next smallest with it',
      { a: 3, b: 20, c: 6 },
      { a: 'few', c: 'subtraction' },
    ],
    [
      'two small groups that come to the minimum hide each other',
      { a: 3, b: 2, c: 6 },
      { a: 'few', b: 'few' },
    ],
    [
      'two that do not come to it take a third',
      { a: 1, b: 2, c: 6, d: 8 },
      { a: 'few', b: 'few', c: 'subtraction' },
    ],
    ['with one other group, the total says nothing either', { a: 4, b: 5 }, { a: 'few', b: 'subtraction' }],
    ['a group alone is its total', { a: 4 }, { a: 'few', '*': 'few' }],
    ['a total under the minimum is withheld', { a: 2, b: 2 }, { a: 'few', b: 'few', '*': 'few' }],
  ] as const)('%s', (_says, cells, expected) => expect(withheld(cells)).toEqual(expected));

  it('each programme has its own minimum, and a total that of the strictest in it', () => {
    expect(withheld({ a: 3, b: 8, c: 20 }, { a: 3, b: 10 })).toEqual({ b: 'few', a: 'subtraction' });
    expect(withheld({ a: 3, b: 3 }, { a: 3, b: 3 })).toEqual({});
  });
});

describe('in a cross', () => {
  it('a small cell takes one of its row, one of its column and the one where these meet', () => {
    const found = withheld({
      'a x': 2,
      'a y': 7,
      'a z': 30,
      'b x': 8,
      'b y': 9,
      'b z': 30,
      'c x': 40,
      'c y': 40,
    });
    expect(found).toEqual({
      'a x': 'few',
      'a y': 'subtraction',
      'b x': 'subtraction',
      'b y': 'subtraction',
    });
  });

  it('two rectangles joined by one cell: two in each row and column are not enough', () => {
    // b z is in neither rectangle: it followed from the totals, though every row and column has two withheld cells.
    const found = withheld({
      ...{ 'a x': 3, 'a y': 3, 'b x': 3, 'b y': 3, 'b z': 3 },
      ...{ 'c z': 3, 'c w': 3, 'd z': 3, 'd w': 3 },
      ...{ 'a z': 50, 'a w': 60, 'b w': 70, 'c x': 80, 'c y': 90, 'd x': 95, 'd y': 99 },
    });
    expect(Object.values(found).filter((reason) => reason === 'few')).toHaveLength(9);
    expect(Object.values(found).filter((reason) => reason === 'subtraction').length).toBeGreaterThan(0);
  });

  it('a site in its programme is withheld wherever it stands', () => {
    const found = withheld({ 'P s1': 3, 'P s2': 9, 'Q s3': 20 });
    expect(found).toEqual({
      'P s1': 'few',
      '* s1': 'few',
      'P s2': 'subtraction',
      '* s2': 'subtraction',
    });
  });
});

it('a group’s key says which values it has', () => {
  expect(groupKey('a', ALL)).not.toBe(groupKey('a', null));
});
