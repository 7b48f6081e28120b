import { columnNumber, type ReadCell, type ReadWorkbook } from './read-workbook.ts';

/**
 * Calculates a workbook's counting formulas from its cells, without a look at the values that were written beside them:
 * COUNT, COUNTIFS, SUM, SUMIFS, AVERAGE, AVERAGEIFS, IFERROR and DATE, as far as reports use them.
 */
export function recalculate(book: ReadWorkbook, formula: string): number | string {
  const ifError = /^IFERROR\((.*),""\)$/s.exec(formula);
  if (ifError) {
    const value = recalculate(book, ifError[1]!);
    return Number.isNaN(value) ? '' : value;
  }
  const call = /^(COUNT|COUNTIFS|SUM|SUMIFS|AVERAGE|AVERAGEIFS)\((.*)\)$/s.exec(formula);
  if (!call) throw new Error(`no formula that this can calculate: ${formula}`);
  const [, name, inside] = call as unknown as [string, string, string];
  const parts = splitOutsideQuotes(inside);
  const takesValues = name !== 'COUNTIFS';
  const values = rangeValues(book, parts[0]!);
  const conditions = takesValues ? parts.slice(1) : parts;
  const keeps = values.map(() => true);
  for (let at = 0; at < conditions.length; at += 2) {
    const test = criterion(book, conditions[at + 1]!);
    rangeValues(book, conditions[at]!).forEach((value, index) => {
      if (!test(value)) keeps[index] = false;
    });
  }
  if (name === 'COUNTIFS') return keeps.filter(Boolean).length;
  const numbers = values.filter(
    (value, index): value is number => keeps[index] === true && typeof value === 'number',
  );
  if (name === 'COUNT') return numbers.length;
  const sum = numbers.reduce((total, number) => total + number, 0);
  return name.startsWith('SUM') ? sum : sum / numbers.length;
}

function criterion(book: ReadWorkbook, text: string): (value: ReadCell['value']) => boolean {
  const compared = /^"(>=|<=|>)"&DATE\((\d+),(\d+),(\d+)\)$/.exec(text);
  if (compared) {
    const [, sign, year, month, day] = compared;
    const serial = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000 + 25_569;
    return (value) => typeof value === 'number' && (sign === '>=' ? value >= serial : value <= serial);
  }
  if (text === '">0"') return (value) => typeof value === 'number' && value > 0;
  if (/^\d+$/.test(text)) return (value) => value === Number(text);
  const word = /^"([^"<>=*?~]+)"$/.exec(text)?.[1];
  if (word !== undefined) return (value) => value === word;
  throw new Error(`no condition that this can test: ${text} in a workbook of ${book.sheets.size} sheets`);
}

function rangeValues(book: ReadWorkbook, range: string): ReadCell['value'][] {
  const place = /^'([^']+)'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)$/.exec(range);
  const sheet = place && book.sheets.get(place[1]!);
  if (!place || !sheet || place[2] !== place[4]) throw new Error(`no range of one column: ${range}`);
  const [first, last] = [Number(place[3]), Number(place[5])];
  return Array.from(
    { length: last - first + 1 },
    (_, index) => sheet.row(first + index)[columnNumber(place[2]!) - 1] ?? null,
  );
}

function splitOutsideQuotes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = '';
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]!;
    if (quoted) {
      if (letter === quoted) quoted = '';
    } else if (letter === '"' || letter === "'") quoted = letter;
    else if (letter === '(') depth += 1;
    else if (letter === ')') depth -= 1;
    else if (letter === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
