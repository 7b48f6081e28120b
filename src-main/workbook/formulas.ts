import { definitions } from '#shared/figures/definitions.ts';
import type { FigureName } from '#shared/contract/report.ts';
import type { Period } from '#shared/figures/days.ts';
import type { Level } from '#shared/figures/measure.ts';
import { rangeOf, type Table } from './sheet.ts';

/** One more condition on a column: equal to what stands in a cell, such as `$A5`. */
export interface Match {
  readonly key: string;
  readonly cell: string;
}

/**
 * The formula that computes a figure over the sheet of its fact table, whose columns carry the facts' names, from the same measure as the computation. Plain ranges and
 * COUNTIFS, SUMIFS, AVERAGEIFS alone: any spreadsheet knows them, and they stay quick over tens of thousands of rows.
 */
export function figureFormula(
  figure: FigureName,
  sheet: Table,
  level: Level,
  period: Period,
  matches: readonly Match[] = [],
): string {
  const { measure } = definitions[figure];
  const range = (key: string): string => rangeOf(sheet, key);
  const conditions: string[] = [];
  if (measure.once) conditions.push(`${range(measure.once[level])},1`);
  if (measure.where) {
    const cells = range(measure.where.column);
    const tests = measure.where.is === 'yes' ? ['1'] : dayTests(period);
    for (const test of tests) conditions.push(`${cells},${test}`);
  }
  for (const { key, cell } of matches) conditions.push(`${range(key)},${cell}`);

  if (measure.take === 'count') {
    // Where every row counts, the days are no safe thing to count: one may be missing. The row number never is.
    return conditions.length > 0 ? `COUNTIFS(${conditions.join(',')})` : `COUNT(${range('number')})`;
  }
  if ('sum' in measure.take) {
    const cells = range(measure.take.sum);
    return conditions.length > 0 ? `SUMIFS(${cells},${conditions.join(',')})` : `SUM(${cells})`;
  }
  const cells = range(measure.take.mean);
  const mean = conditions.length > 0 ? `AVERAGEIFS(${cells},${conditions.join(',')})` : `AVERAGE(${cells})`;
  return `IFERROR(${mean},"")`;
}

/** How many values a mean is of. */
export function countFormula(figure: FigureName, sheet: Table): string {
  const { measure } = definitions[figure];
  if (measure.take === 'count' || !('mean' in measure.take)) throw new TypeError(`${figure} is no mean`);
  return `COUNT(${rangeOf(sheet, measure.take.mean)})`;
}

/** Days are numbers in Excel, so that anything greater than 0 is a day. */
function dayTests({ from, to }: Period): string[] {
  if (from === undefined && to === undefined) return ['">0"'];
  return [...(from ? [`">="&${dateCall(from)}`] : []), ...(to ? [`"<="&${dateCall(to)}`] : [])];
}

function dateCall(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `DATE(${year},${month},${date})`;
}
