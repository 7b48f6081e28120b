import type { Dashboard, FigureName } from '#shared/contract/report.ts';

/** Where a name leads: to the shops of a site, or to the rows that a figure counts. */
export type Lead =
  | { readonly to: 'site'; readonly id: string; readonly name: string }
  | { readonly to: 'rows'; readonly figure: FigureName; readonly by: Readonly<Record<string, string>> };

export type ChartName = 'friends' | 'work' | 'visits' | 'sites' | 'trainers' | 'scale' | 'answers';

/** Colours by their name in tokens.css; `edge` draws a border around a light one. */
export interface Paint {
  readonly fill: string;
  readonly edge?: string;
}

/** A column of the table; those with a paint are drawn, too. */
export interface Column {
  readonly key: string;
  readonly format: 'number' | 'share' | 'mean';
  readonly paint?: Paint;
  /** The figure that it is: its numbers lead to the rows that they count. */
  readonly figure?: FigureName;
}

export interface Row {
  readonly key: string;
  readonly label: string;
  /** In smaller letters, in the table alone. */
  readonly about: string;
  readonly values: readonly (number | null)[];
  /** Where its name leads. */
  readonly lead: Lead | null;
  /** What the rows behind its numbers are limited to. */
  readonly by?: Readonly<Record<string, string>>;
  /** Why there is less here than there is. */
  readonly withheld?: { readonly reason: 'few' | 'subtraction'; readonly minimum: number } | null;
}

/** What a chart and the table under it show: the same rows, of which the first `drawn` are drawn (of months the last). */
export interface Chart {
  readonly name: ChartName;
  readonly kind: 'line' | 'columns' | 'bars' | 'stacked' | 'none';
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly drawn: readonly Row[];
}

const GREEN: Paint = { fill: 'accent' };
const LIGHT: Paint = { fill: 'warm-soft', edge: 'warm' };
/** From 1 to 5: from persimmon to green, pale in the middle, each with its edge. */
const FIVE: readonly Paint[] = [
  { fill: 'warm', edge: 'warm' },
  { fill: 'warm-soft', edge: 'warm' },
  { fill: 'well', edge: 'edge' },
  { fill: 'accent-soft', edge: 'accent' },
  { fill: 'accent', edge: 'accent' },
];
/** More says nothing any more; the table has them all. */
const MOST_SITES = 20;
const MOST_TRAINERS = 10;
const MOST_MONTHS = 36;

/** Where the number in a column of a row leads, or its bar; null where nothing is counted. */
export function leadOf(row: Row, column: Column | undefined, value: number | null | undefined): Lead | null {
  return column?.figure && row.by && value ? { to: 'rows', figure: column.figure, by: row.by } : null;
}

/** The charts for a dashboard; those without rows are left out. `asked` is passed on to the rows behind. */
export function chartsOf(data: Dashboard, asked: Readonly<Record<string, string>>): Chart[] {
  const month = (
    name: ChartName,
    kind: Chart['kind'],
    keys: readonly (FigureName & Keys<Dashboard['months']>[number])[],
  ): Chart => {
    const rows = data.months.map((one): Row => {
      const by = { ...asked, month: one.month };
      return {
        key: one.month,
        label: one.month,
        about: '',
        values: keys.map((key) => one[key]),
        lead: { to: 'rows', figure: keys[0]!, by },
        by,
      };
    });
    const columns = keys.map((key, at) => counted(key, keys.length > 1 && at === 0 ? LIGHT : GREEN));
    return { name, kind, columns, rows, drawn: rows.slice(-MOST_MONTHS) };
  };
  const all = [
    month('friends', 'line', ['friends']),
    month('work', 'columns', ['channelsOpened', 'mapRegistered']),
    month('visits', 'columns', ['visits']),
    trainers(data, asked),
    sites(data, asked),
    scale(data),
    answers(data),
  ];
  return all.filter(({ rows }) =>
    rows.some(({ values, withheld }) => withheld || values.some((value) => value)),
  );
}

type Keys<T extends readonly object[]> = readonly Exclude<
  keyof T[number] & string,
  'month' | 'id' | 'name'
>[];

function count(key: string, paint?: Paint): Column {
  return { key, format: 'number', ...(paint ? { paint } : {}) };
}

/** A column that is a figure. */
function counted(figure: FigureName, paint?: Paint): Column {
  return { ...count(figure, paint), figure };
}

function sites({ sites: list }: Dashboard, asked: Readonly<Record<string, string>>): Chart {
  const keys = ['channelsOpened', 'mapRegistered', 'stores', 'visits', 'friends'] as const;
  const rows = list
    .map((site): Row => ({
      key: site.id,
      label: site.name,
      about: [site.district, site.program].filter(Boolean).join(' · '),
      values: keys.map((key) => site[key]),
      lead: { to: 'site', id: site.id, name: site.name },
      by: { ...asked, site: site.id },
    }))
    .sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0));
  const paints = [LIGHT, GREEN];
  return {
    name: 'sites',
    kind: 'bars',
    columns: keys.map((key, at) => counted(key, paints[at])),
    rows,
    drawn: rows.slice(0, MOST_SITES),
  };
}

function trainers({ trainers: list }: Dashboard, asked: Readonly<Record<string, string>>): Chart {
  const rows = list
    .map((one): Row => {
      const by = { ...asked, trainer: one.id };
      return {
        key: one.id,
        label: `${one.name} (${one.number})`,
        about: '',
        values: [one.visits, one.outcomes['done'] ?? 0],
        lead: { to: 'rows', figure: 'visits', by },
        by,
      };
    })
    .sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0));
  return {
    name: 'trainers',
    kind: 'bars',
    columns: [counted('visits', GREEN), count('done')],
    rows,
    drawn: rows.slice(0, MOST_TRAINERS),
  };
}

function scale({ questions }: Dashboard): Chart {
  const rows = questions
    .filter(({ scores }) => scores !== null)
    .map((one, at): Row => ({
      key: String(at),
      label: one.question,
      about: '',
      values: [...one.scores!, one.answered, one.mean],
      lead: null,
      withheld: one.withheld,
    }));
  return {
    name: 'scale',
    kind: 'stacked',
    columns: [
      ...FIVE.map((paint, at) => count(`score${at + 1}`, paint)),
      count('answered'),
      { key: 'mean', format: 'mean' },
    ],
    rows,
    drawn: rows.filter(({ values }) => (values[5] ?? 0) > 0),
  };
}

/** Yes and no, and choices: a table is enough. */
function answers({ questions }: Dashboard): Chart {
  const rows = questions
    .filter(({ scores }) => scores === null)
    .map((one, at): Row => ({
      key: String(at),
      label: one.question,
      about: one.choice ?? '',
      values: [one.chosen ?? one.yes, one.answered, one.share],
      lead: null,
      withheld: one.withheld,
    }));
  return {
    name: 'answers',
    kind: 'none',
    columns: [count('chosen'), count('answered'), { key: 'share', format: 'share' }],
    rows,
    drawn: [],
  };
}
