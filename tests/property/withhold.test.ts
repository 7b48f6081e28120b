import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossOf, groupKey, withheldIn, ALL } from '#shared/figures/withhold.ts';
import { isDetermined } from '#tests/support/solve.ts';

/** Who answered: where (site, and the street or market that it belongs to), whose session it was, and when. */
interface Respondent {
  readonly site: string;
  readonly street: string;
  readonly trainer: string;
  readonly month: string;
}

const MINIMUMS: Readonly<Record<string, number>> = { east: 5, west: 3, north: 8 };
const dimensions = {
  site: (one: Respondent) => one.site,
  street: (one: Respondent) => one.street,
  trainer: (one: Respondent) => one.trainer,
  month: (one: Respondent) => one.month,
};
type Dimension = keyof typeof dimensions;
const minimumOf = (one: Respondent): number => MINIMUMS[one.street]!;

/** Few sites, trainers and months, and often the same ones, so that cells are small and large. */
const respondents = fc
  .array(
    fc.record({
      site: fc.constantFrom('east 1', 'east 2', 'west 1', 'west 2', 'north 1'),
      trainer: fc.constantFrom('kim', 'lee', 'park'),
      month: fc.constantFrom('05', '06', '07'),
      times: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((cells) =>
    cells.flatMap(({ times, site, ...rest }) =>
      Array.from({ length: times }, (): Respondent => ({ ...rest, site, street: site.split(' ')[0]! })),
    ),
  );

/**
 * Somebody with every number that is shown, and who knows which cells can exist, tries to compute each that is not:
 * a group of respondents is a sum over the finest cells, whatever is counted or added in it.
 */
function attack(list: readonly Respondent[], chosen: readonly Dimension[]): string[] {
  const accessors = chosen.map((name) => dimensions[name]);
  const table = crossOf(list, accessors, minimumOf);
  const hidden = withheldIn(table);
  const finest = [...new Set(list.map((one) => groupKey(...accessors.map((valueOf) => valueOf(one)))))].map(
    (key) => JSON.parse(key) as string[],
  );
  const sumOver = (key: string): number[] => {
    const values = JSON.parse(key) as string[];
    return finest.map((cell) => Number(values.every((value, at) => value === ALL || value === cell[at])));
  };
  const keys = [...table.groups.keys()];
  const shown = keys.filter((key) => !hidden.has(key));
  for (const key of shown) {
    const { n, minimum } = table.groups.get(key)!;
    expect(n, `${key} is shown`).toBeGreaterThanOrEqual(minimum);
  }
  const known = shown.map(sumOver);
  return [...hidden.keys()].filter((key) => isDetermined(known, sumOver(key)));
}

describe('no withheld number follows from those that are shown', () => {
  const one = (Object.keys(dimensions) as Dimension[]).map((name): Dimension[] => [name]);
  const crosses: Dimension[][] = [
    ['street', 'month'],
    ['street', 'site'],
    ['site', 'trainer'],
    ['site', 'month'],
    ['trainer', 'month'],
    ['street', 'trainer', 'month'],
  ];
  it.each([...one, ...crosses].map((chosen) => [chosen.join(' × '), chosen] as const))(
    '%s',
    (_name, chosen) => {
      fc.assert(
        fc.property(respondents, (list) => attack(list, chosen).length === 0),
        { seed: 20241217, numRuns: chosen.length < 3 ? 150 : 40 },
      );
    },
  );

  it('site × street × trainer × month', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(respondents, (list) => attack(list, ['site', 'street', 'trainer', 'month']).length === 0),
      { seed: 20241217, numRuns: 12 },
    );
  });
});

it('what is left of a shown total is no small group', () => {
  fc.assert(
    fc.property(respondents, (list) => {
      const table = crossOf(list, [dimensions.site, dimensions.month], minimumOf);
      const hidden = withheldIn(table);
      for (const { total, parts } of table.lines) {
        const few = parts.filter((key) => hidden.get(key) === 'few');
        if (hidden.has(total) || few.length === 0) continue;
        const left = parts
          .filter((key) => hidden.has(key))
          .reduce((sum, key) => sum + table.groups.get(key)!.n, 0);
        expect(left).toBeGreaterThanOrEqual(Math.max(...few.map((key) => table.groups.get(key)!.minimum)));
      }
    }),
    { seed: 20241217, numRuns: 200 },
  );
});

it('the attack itself works: with the threshold alone, it finds the withheld number', () => {
  const total = [1, 1, 1];
  expect(isDetermined([total, [1, 0, 0], [0, 1, 0]], [0, 0, 1])).toBe(true);
  expect(isDetermined([total, [1, 0, 0]], [0, 0, 1])).toBe(false);
  // A cell between two rectangles, the case that counting two in each row and column misses.
  const cells = ['ax', 'ay', 'bx', 'by', 'bz', 'cz', 'cw', 'dz', 'dw'];
  const lines = [...'abcdxyzw'].map((line) => cells.map((cell) => Number(cell.includes(line))));
  const wanted = (name: string): number[] => cells.map((cell) => Number(cell === name));
  expect(isDetermined(lines, wanted('bz'))).toBe(true);
  expect(isDetermined(lines, wanted('ax'))).toBe(false);
});
