/**
 * Which numbers of a table of survey figures are not shown, because they would tell what a few people said.
 *
 * Two rules of statistical disclosure control (Hundepool et al., "Handbook on Statistical Disclosure Control"; Willenborg
 * and de Waal, "Elements of Statistical Disclosure Control"; docs/figures.md):
 * - **Threshold.** A group of 1 to minimum-1 respondents is withheld. A group of nobody is shown as 0.
 * - **Complementary suppression.** A withheld number must not follow from those that are shown: as long as the totals
 *   determine one, the smallest number that it follows from is withheld as well. And what is withheld under a shown total
 *   comes to the minimum together, for what is left of the total is known to everyone.
 */

/** `few`: under the minimum. `subtraction`: with it, one that is under the minimum could be computed. */
export type WithheldReason = 'few' | 'subtraction';

/** Groups are withheld under this many respondents where their programme does not say otherwise. */
export const MINIMUM_RESPONDENTS = 5;

/** A number that a table could show. */
export interface Group {
  /** Respondents. */
  readonly n: number;
  readonly minimum: number;
}

/** What everyone can add up: a group is the sum of its parts. */
export interface Line {
  readonly total: string;
  readonly parts: readonly string[];
}

export interface GroupTable {
  readonly groups: ReadonlyMap<string, Group>;
  readonly lines: readonly Line[];
}

/** Which groups are withheld, and why; the others can be shown, and all lines with them. */
export function withheldIn({ groups, lines }: GroupTable): Map<string, WithheldReason> {
  const hidden = new Map<string, WithheldReason>();
  for (const [key, { n, minimum }] of groups) if (n > 0 && n < minimum) hidden.set(key, 'few');
  if (hidden.size === 0) return hidden;
  const smallest = (keys: readonly string[]): string | undefined =>
    keys
      .filter((key) => !hidden.has(key) && sizeOf(groups, key) > 0)
      .sort((a, b) => sizeOf(groups, a) - sizeOf(groups, b) || (a < b ? -1 : 1))[0];
  const hide = (key: string | undefined): boolean => {
    if (key !== undefined) hidden.set(key, 'subtraction');
    return key !== undefined;
  };
  // Each turn hides at least one more group, so that it ends, at worst with everything hidden.
  for (let changed = true; changed;) {
    changed = false;
    for (const line of lines) {
      if (leavesFew(line, groups, hidden)) changed = hide(smallest(line.parts) ?? line.total) || changed;
    }
    if (changed) continue;
    for (const known of determined(lines, new Set(hidden.keys()))) {
      // What was hidden a moment ago for another one may have mended this one, too.
      if (!known.some((key) => hidden.has(key))) changed = hide(smallest(known)) || changed;
    }
  }
  return hidden;
}

function sizeOf(groups: GroupTable['groups'], key: string): number {
  return groups.get(key)?.n ?? 0;
}

/** Whether the withheld parts under a shown total are, together, fewer than the minimum of one that is too small. */
function leavesFew(
  { total, parts }: Line,
  groups: GroupTable['groups'],
  hidden: ReadonlyMap<string, WithheldReason>,
): boolean {
  if (hidden.has(total)) return false;
  let together = 0;
  let least = 0;
  for (const key of parts) {
    const reason = hidden.get(key);
    if (reason === undefined) continue;
    together += sizeOf(groups, key);
    if (reason === 'few') least = Math.max(least, groups.get(key)?.minimum ?? 0);
  }
  return together < least;
}

/** Below the root of 2^53, so that a product is exact. */
const PRIME = 67_108_859;

/**
 * The hidden numbers that the lines determine from the others: for each, the shown numbers that it follows from. Elimination
 * modulo a prime: the lines are made of 1 and -1, so that no coefficient comes near it.
 */
function determined(lines: readonly Line[], hidden: ReadonlySet<string>): string[][] {
  const rows = lines.map(({ total, parts }) => {
    const row = new Map<string, number>(parts.map((key) => [key, PRIME - 1]));
    return row.set(total, 1);
  });
  const done: Map<string, number>[] = [];
  for (const column of hidden) {
    const at = rows.findIndex((row) => row.has(column));
    if (at < 0) continue;
    const [pivot] = rows.splice(at, 1) as [Map<string, number>];
    const inverse = power(pivot.get(column)!, PRIME - 2);
    for (const [key, value] of pivot) pivot.set(key, (value * inverse) % PRIME);
    for (const row of [...rows, ...done]) subtract(row, pivot, row.get(column) ?? 0);
    done.push(pivot);
  }
  return done.flatMap((row) => {
    const keys = [...row.keys()];
    const shown = keys.filter((key) => !hidden.has(key));
    return shown.length === keys.length - 1 ? [shown] : [];
  });
}

function subtract(row: Map<string, number>, pivot: ReadonlyMap<string, number>, times: number): void {
  if (times === 0) return;
  for (const [key, value] of pivot) {
    const rest = ((row.get(key) ?? 0) + (PRIME - times) * value) % PRIME;
    if (rest === 0) row.delete(key);
    else row.set(key, rest);
  }
}

function power(base: number, exponent: number): number {
  let result = 1;
  for (let rest = exponent, square = base; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * square) % PRIME;
    square = (square * square) % PRIME;
  }
  return result;
}

/** Stands for "all of them" in a group's key. */
export const ALL = '*';

/** The key of a group in `crossOf`: its value in each dimension, or ALL. */
export function groupKey(...values: readonly (string | null)[]): string {
  return JSON.stringify(values);
}

/**
 * The groups of a cross of dimensions with all its totals, and the lines that hold them together. One dimension gives its
 * groups and their total; a dimension within another (a site in its programme) is a cross like any other.
 */
export function crossOf<R>(
  respondents: readonly R[],
  dimensions: readonly ((respondent: R) => string | null)[],
  minimumOf: (respondent: R) => number,
): GroupTable {
  const groups = new Map<string, { n: number; minimum: number }>();
  const parts = new Map<string, Set<string>>();
  const totals = new Map<string, string>();
  for (const respondent of respondents) {
    const values = dimensions.map((valueOf) => valueOf(respondent));
    const minimum = minimumOf(respondent);
    for (let mask = 0; mask < 1 << dimensions.length; mask += 1) {
      const mine = values.map((value, at) => (mask & (1 << at) ? value : ALL));
      const key = groupKey(...mine);
      const group = groups.get(key);
      groups.set(key, { n: (group?.n ?? 0) + 1, minimum: Math.max(group?.minimum ?? 0, minimum) });
      if (group) continue;
      mine.forEach((value, at) => {
        if (!(mask & (1 << at))) return;
        const total = groupKey(...mine.with(at, ALL));
        const line = `${at} ${total}`;
        totals.set(line, total);
        parts.set(line, (parts.get(line) ?? new Set()).add(key));
      });
    }
  }
  return {
    groups,
    lines: [...parts].map(([line, keys]) => ({ total: totals.get(line)!, parts: [...keys] })),
  };
}
