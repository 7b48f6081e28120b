/** Exact fractions, so that an attack on a table fails or succeeds for no reason of rounding. */
type Fraction = readonly [bigint, bigint];

/**
 * Whether a sum of unknowns follows from others: `wanted` and `known` are coefficients of the same unknowns. Gauss on
 * fractions, and no word of how the table was protected.
 */
export function isDetermined(known: readonly (readonly number[])[], wanted: readonly number[]): boolean {
  const rows = known.map((row) => row.map(whole));
  let target = wanted.map(whole);
  let top = 0;
  for (let column = 0; column < wanted.length; column += 1) {
    const at = rows.findIndex((row, index) => index >= top && row[column]![0] !== 0n);
    if (at < 0) continue;
    [rows[top], rows[at]] = [rows[at]!, rows[top]!];
    const pivot = rows[top]!;
    for (let index = top + 1; index < rows.length; index += 1) {
      rows[index] = without(rows[index]!, pivot, column);
    }
    target = without(target, pivot, column);
    top += 1;
  }
  return target.every(([numerator]) => numerator === 0n);
}

function whole(value: number): Fraction {
  return [BigInt(value), 1n];
}

function without(row: Fraction[], pivot: readonly Fraction[], column: number): Fraction[] {
  if (row[column]![0] === 0n) return row;
  const [a, b] = row[column]!;
  const [c, d] = pivot[column]!;
  const times: Fraction = [a * d, b * c];
  return row.map(([e, f], at) => {
    const [g, h] = pivot[at]!;
    if (g === 0n) return [e, f];
    return reduced(e * times[1] * h - times[0] * g * f, f * times[1] * h);
  });
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  if (numerator === 0n) return [0n, 1n];
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  while (b > 0n) [a, b] = [b, a % b];
  return [numerator / a, denominator / a];
}
