import {
  FIRST_ROW,
  isFormula,
  lastRowOf,
  live,
  type Book,
  type Formula,
  type Sheet,
  type Table,
  type Value,
} from './sheet.ts';

/** Excel knows no row beyond this one. */
const MOST_ROWS = 1_048_576;

/** A table that goes on in further sheets; `lastRows` are those of its parts, the first one first. */
interface Parts {
  readonly name: string;
  readonly lastRow: number;
  readonly lastRows: readonly number[];
}

/**
 * A book in which no table is longer than a sheet may be: "점포" goes on in "점포 (2)", and every formula over its rows is
 * one over all parts. It knows the functions that the program's own formulas use, and throws a TypeError for a range in
 * any other. Tables of formulas name their own rows and stay whole: they are of programmes, sites, people, months. A book
 * in which nothing is that long comes back as it is.
 */
export function splitBook<B extends Book>(book: B, mostRows = MOST_ROWS): B {
  const parts: Parts[] = [];
  const split = book.sheets.flatMap((sheet): Sheet[] => {
    if (sheet.layout !== 'table' || hasFormulas(sheet)) return [sheet];
    const after = sheet.after ?? [];
    const room = mostRows - FIRST_ROW + 1 - after.length;
    if (sheet.rowCount <= room) return [sheet];
    const tables = partsOf(sheet, room);
    parts.push({ name: sheet.name, lastRow: lastRowOf(sheet), lastRows: tables.map(lastRowOf) });
    return tables;
  });
  if (parts.length === 0) return book;
  const over = (cell: Value | Formula): Value | Formula =>
    isFormula(cell) ? live(overParts(cell.formula, parts), cell.cached) : cell;
  const sheets = split.map((sheet): Sheet =>
    sheet.layout === 'table'
      ? {
          ...sheet,
          row: (index: number) => sheet.row(index).map(over),
          ...(sheet.after ? { after: sheet.after.map((cells) => cells.map(over)) } : {}),
        }
      : {
          ...sheet,
          rows: sheet.rows.map((row) => ({
            ...row,
            cells: row.cells.map((cell) => ({ ...cell, value: over(cell.value) })),
          })),
        },
  );
  return { ...book, sheets };
}

function hasFormulas(table: Table): boolean {
  return table.rowCount > 0 && table.row(0).some(isFormula);
}

function partsOf(table: Table, room: number): Table[] {
  return Array.from({ length: Math.ceil(table.rowCount / room) }, (_, part): Table => {
    const from = part * room;
    const rowCount = Math.min(room, table.rowCount - from);
    const isLast = from + rowCount === table.rowCount;
    const { after, ...rest } = table;
    return {
      ...rest,
      name: nameOf(table.name, part),
      rowCount,
      row: (index) => table.row(from + index),
      values: (key) => table.values(key).slice(from, from + rowCount),
      ...(after && isLast ? { after } : {}),
    };
  });
}

function nameOf(name: string, part: number): string {
  return part === 0 ? name : `${name} (${part + 1})`;
}

const CALLS = /\b(COUNTIFS|COUNT|SUMIFS|SUMPRODUCT|SUM|AVERAGEIFS|AVERAGE)\(/g;

/** A formula over the rows of tables that were split, as one over all their parts. */
function overParts(formula: string, tables: readonly Parts[]): string {
  const written = tables.reduce(callsOverParts, formula);
  for (const { name, lastRow } of tables) {
    if (outsideTexts(written).some((piece) => new RegExp(rangePattern(name, lastRow)).test(piece))) {
      throw new TypeError(`a formula over ${name} that knows no parts: ${formula}`);
    }
  }
  return written;
}

function callsOverParts(formula: string, table: Parts): string {
  let written = '';
  let from = 0;
  for (const match of formula.matchAll(CALLS)) {
    const at = match.index;
    if (at < from || isInText(formula, at)) continue;
    const open = at + match[0].length;
    const close = closingOf(formula, open);
    const inside = formula.slice(open, close);
    if (!new RegExp(rangePattern(table.name, table.lastRow)).test(inside)) continue;
    written += formula.slice(from, at) + callOverParts(match[1]!, inside, table);
    from = close + 1;
  }
  return written + formula.slice(from);
}

function callOverParts(name: string, inside: string, table: Parts): string {
  const each = table.lastRows.map((lastRow, part) =>
    inside.replace(
      new RegExp(rangePattern(table.name, table.lastRow), 'g'),
      (_range, column: string) =>
        `'${nameOf(table.name, part)}'!$${column}$${FIRST_ROW}:$${column}$${lastRow}`,
    ),
  );
  const sum = (call: (part: string) => string): string => `(${each.map(call).join('+')})`;
  if (name === 'COUNT' || name === 'SUM' || name === 'AVERAGE') return `${name}(${each.join(',')})`;
  if (name !== 'AVERAGEIFS') return sum((part) => `${name}(${part})`);
  // A mean over parts is no sum of means: the sum of all by the number of all, of which only numbers count.
  return `(${sum((part) => `SUMIFS(${part})`)}/${sum((part) => {
    const [values = '', ...conditions] = part.split(',');
    return `COUNTIFS(${values},">-1E+300",${conditions.join(',')})`;
  })})`;
}

/** A whole column of a table's rows; the letters of the column are its group. */
function rangePattern(name: string, lastRow: number): string {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return `'${escaped}'!\\$([A-Z]+)\\$${FIRST_ROW}:\\$\\1\\$${lastRow}(?!\\d)`;
}

function isInText(formula: string, at: number): boolean {
  return (formula.slice(0, at).match(/"/g) ?? []).length % 2 === 1;
}

function outsideTexts(formula: string): string[] {
  return formula.split('"').filter((_piece, at) => at % 2 === 0);
}

/** Where the bracket closes that was opened just before; brackets in texts and in names of sheets are none. */
function closingOf(formula: string, open: number): number {
  let depth = 1;
  let quote = '';
  for (let at = open; at < formula.length; at += 1) {
    const letter = formula[at]!;
    if (quote) {
      if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '(') depth += 1;
    else if (letter === ')' && (depth -= 1) === 0) return at;
  }
  throw new TypeError(`a bracket that nobody closed: ${formula}`);
}
