import type { Dashboard } from '#shared/contract/report.ts';

/** Where the rows behind a bar are: the shops of a site, the visits that it counts, all shops. */
export type Lead =
  | { readonly to: 'site'; readonly id: string; readonly name: string }
  | { readonly to: 'visits'; readonly by: Readonly<Record<string, string>> }
  | { readonly to: 'stores' };

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
}

export interface Row {
  readonly key: string;
  readonly label: string;
  /** In smaller letters, in the table alone. */
  readonly about: string;
  readonly values: readonly (number | null)[];
  readonly lead: Lead | null;
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

/** The charts for a dashboard; those without rows are left out. `asked` is passed on to the rows behind. */
export function chartsOf(data: Dashboard, asked: Readonly<Record<string, string>>): Chart[] {
  const month = (
    name: ChartName,
    kind: Chart['kind'],
    keys: Keys<Dashboard['months']>,
    lead: LeadOf,
  ): Chart => {
    const rows = data.months.map((one): Row => ({
      key: one.month,
      label: one.month,
      about: '',
      values: keys.map((key) => one[key] as number),
      lead: lead(one.month),
    }));
    const columns = keys.map((key, at) => count(key, keys.length > 1 && at === 0 ? LIGHT : GREEN));
    return { name, kind, columns, rows, drawn: rows.slice(-MOST_MONTHS) };
  };
  const all = [
    month('friends', 'line', ['friends'], () => null),
    month('work', 'columns', ['channelsOpened', 'mapRegistered'], () => ({ to: 'stores' })),
    month('visits', 'columns', ['visits'], (name) => ({ to: 'visits', by: { ...asked, month: name } })),
    trainers(data, asked),
    sites(data),
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
type LeadOf = (key: string) => Lead | null;

function count(key: string, paint?: Paint): Column {
  return { key, format: 'number', ...(paint ? { paint } : {}) };
}

function sites({ sites: list }: Dashboard): Chart {
  const keys = ['channelsOpened', 'mapRegistered', 'stores', 'visits', 'friends'] as const;
  const rows = list
    .map((site): Row => ({
      key: site.id,
      label: site.name,
      about: [site.district, site.program].filter(Boolean).join(' · '),
      values: keys.map((key) => site[key]),
      lead: { to: 'site', id: site.id, name: site.name },
    }))
    .sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0));
  const paints = [LIGHT, GREEN];
  return {
    name: 'sites',
    kind: 'bars',
    columns: keys.map((key, at) => count(key, paints[at])),
    rows,
    drawn: rows.slice(0, MOST_SITES),
  };
}

function trainers({ trainers: list }: Dashboard, asked: Readonly<Record<string, string>>): Chart {
  const rows = list
    .map((one): Row => ({
      key: one.id,
      label: `${one.name} (${one.number})`,
      about: '',
      values: [one.visits, one.outcomes['done'] ?? 0],
      lead: { to: 'visits', by: { ...asked, trainer: one.id } },
    }))
    .sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0));
  return {
    name: 'trainers',
    kind: 'bars',
    columns: [count('visits', GREEN), count('done')],
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
