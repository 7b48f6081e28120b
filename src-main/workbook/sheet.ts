/** What a workbook is, before any library writes it: sheets of columns and rows, and cells that have names. */

/** `score` is an answer from 1 to 5, `mark` a 1 or 0 for counting; the rest are as in the model. */
export type CellKind =
  'text' | 'day' | 'moment' | 'whole' | 'won' | 'number' | 'mean' | 'share' | 'score' | 'mark';

/** A value to show. Days are YYYY-MM-DD and moments ISO 8601 UTC; both are turned into Excel's own on writing. */
export type Value = string | number | null;

/**
 * Marks the formulas that the program made: an object from an imported file, whatever its members are called, can never
 * carry it and so never becomes a formula.
 */
const LIVE = Symbol('live formula');

/** A live formula with the value that it has now, for readers that do not calculate (Protected View, previews). */
export interface Formula {
  readonly [LIVE]: true;
  readonly formula: string;
  readonly cached: Value;
}

export function live(formula: string, cached: Value): Formula {
  return { [LIVE]: true, formula, cached };
}

/** What a table's column is, apart from where its values come from. */
export interface ColumnInfo {
  /** Unique in its sheet; where it is the name of a fact's column, formulas find it by that. */
  readonly key: string;
  readonly header: string;
  /** In characters of Excel's default font; a Korean syllable takes two. */
  readonly width: number;
  readonly kind: CellKind;
  /** For the dictionary. */
  readonly meaning: string;
  /** The codes behind the words that stand in a column, for the dictionary. */
  readonly codes?: readonly { readonly code: string; readonly label: string }[];
  /** Left out of the print: what is there for counting, and long addresses. Such columns come last. */
  readonly screenOnly?: boolean;
  /** Long texts, shown on several lines. */
  readonly wrap?: boolean;
  /** Where the rows of a column hold values of different kinds: that of a row, counted from 0. */
  readonly kindAt?: (index: number) => CellKind;
  /** Made to be filled in: marked, empty or not. */
  readonly input?: boolean;
  /** For the program alone. */
  readonly hidden?: boolean;
}

export interface Column<R> extends ColumnInfo {
  readonly value: (row: R, index: number) => Value | Formula;
}

/** A list of things of one kind: a header row, then one row each, with a filter. */
export interface Table {
  readonly layout: 'table';
  readonly name: string;
  /** One sentence for the dictionary: what a row is. */
  readonly about: string;
  readonly columns: readonly ColumnInfo[];
  readonly rowCount: number;
  /** The cells of a row, from 0, made when they are asked for. */
  readonly row: (index: number) => (Value | Formula)[];
  /** A whole column. */
  readonly values: (key: string) => (Value | Formula)[];
  /** Rows under the table, apart from what the filter covers, such as a total. */
  readonly after?: readonly (readonly (Value | Formula)[])[];
  /** So many columns stay in view. */
  readonly frozenColumns?: number;
  /** For the program alone. */
  readonly hidden?: boolean;
  readonly choice?: Choice;
}

/** A column with a list to choose from; another value can be typed after a question. */
export interface Choice {
  readonly key: string;
  /** Gives the range of what can be chosen, as it stands for the first row of data. */
  readonly range: string;
  readonly question: string;
}

interface TableOf<R> extends Pick<Table, 'name' | 'about' | 'after' | 'frozenColumns' | 'hidden' | 'choice'> {
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
}

/** A table of rows of any one type. */
export function tableOf<R>({ rows, columns, ...rest }: TableOf<R>): Table {
  return {
    layout: 'table',
    ...rest,
    columns,
    rowCount: rows.length,
    row: (index) => columns.map(({ value }) => value(rows[index] as R, index)),
    values: (key) => {
      const column = columns.find((candidate) => candidate.key === key);
      if (!column) throw new TypeError(`${rest.name} has no column ${key}`);
      return rows.map((row, index) => column.value(row, index));
    },
  };
}

export type TextStyle =
  'title' | 'subtitle' | 'heading' | 'label' | 'body' | 'base' | 'quiet' | 'header' | 'link';

export interface FreeCell {
  /** Column from 1. */
  readonly column: number;
  /** Merged up to this column. */
  readonly until?: number;
  readonly value: Value | Formula;
  readonly style: TextStyle | CellKind | `${CellKind}Strong`;
  /** A defined name for the cell. */
  readonly name?: string;
}

/** A page laid out by hand. */
export interface FreeSheet {
  readonly layout: 'free';
  readonly name: string;
  readonly widths: readonly number[];
  readonly rows: readonly { readonly height?: number; readonly cells: readonly FreeCell[] }[];
  /** Rows that stay in view and are repeated in print. */
  readonly frozenRows: number;
  /** Fitted to one page in print. */
  readonly onePage?: boolean;
  readonly charts?: readonly Chart[];
}

/** Cells that a chart is drawn from, with the values that they have now. */
export interface ChartRange {
  readonly range: string;
  readonly values: readonly Value[];
}

/**
 * A chart over ranges of other sheets, drawn by the spreadsheet itself. `bars` lie and are read from above, `columns`
 * stand; `stacked` ones add up to the whole of each category.
 */
export interface Chart {
  readonly kind: 'bars' | 'columns' | 'stacked' | 'line';
  readonly title: string;
  /** What the axis of values counts, such as 곳. */
  readonly unit: string;
  readonly categories: ChartRange;
  readonly series: readonly { readonly name: string; readonly values: ChartRange; readonly color: string }[];
  /** In cells from 0: its left upper one, and the one behind its right lower one. */
  readonly place: {
    readonly column: number;
    readonly row: number;
    readonly toColumn: number;
    readonly toRow: number;
  };
}

export type Sheet = FreeSheet | Table;

/** A workbook. `now` is the time of making in milliseconds since 1970. */
export interface Book {
  readonly sheets: readonly Sheet[];
  readonly title: string;
  readonly now: number;
}

export function isFormula(value: Value | Formula): value is Formula {
  return typeof value === 'object' && value !== null && LIVE in value;
}

/**
 * Whether all rows of a table look alike, column by column: such rows are written by the program itself, as they are
 * made (compose/). The others are few and go through exceljs.
 */
export function isStreamed({ rowCount, columns }: Table): boolean {
  return rowCount > 0 && columns.every(({ wrap, input, kindAt }) => !wrap && !input && !kindAt);
}

/** The letters of a column from 1: A, B, … Z, AA. */
export function letters(column: number): string {
  const rest = (column - 1) % 26;
  const ahead = column > 26 ? letters((column - 1 - rest) / 26) : '';
  return ahead + String.fromCharCode(65 + rest);
}

/** The first row of data under a table's header. */
export const FIRST_ROW = 2;

/** Rows of a table's column for a chart: so many at most, from the one that is given, counted from 0. */
export function chartRange(table: Table, key: string, most = Infinity, from = 0): ChartRange {
  const column = letterOf(table, key);
  const to = Math.max(from + 1, Math.min(from + most, table.rowCount));
  const values = table.values(key).slice(from, to);
  return {
    range: `'${table.name}'!$${column}$${FIRST_ROW + from}:$${column}$${FIRST_ROW + to - 1}`,
    values: values.map((value) => (isFormula(value) ? value.cached : value)),
  };
}

/** The cells of a table's column as an absolute range, of exact bounds; one empty cell where there are no rows. */
export function rangeOf(table: Table, key: string): string {
  const column = letterOf(table, key);
  const last = Math.max(FIRST_ROW, lastRowOf(table));
  return `'${table.name}'!$${column}$${FIRST_ROW}:$${column}$${last}`;
}

export function lastRowOf({ rowCount }: Table): number {
  return FIRST_ROW + rowCount - 1;
}

/** The letters of a table's column. */
export function letterOf(table: Table, key: string): string {
  const index = table.columns.findIndex((column) => column.key === key);
  if (index < 0) throw new TypeError(`${table.name} has no column ${key}`);
  return letters(index + 1);
}
