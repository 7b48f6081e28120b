import { isWithin, realDay, type Period } from './days.ts';
import type { FactOf, Facts, FactTable } from './facts.ts';

export const monthFigures = [
  'sessions',
  'merchantsTrained',
  'visits',
  'channelsOpened',
  'mapRegistered',
  'friendsGained',
  'friends',
  'grantsPaid',
] as const;

export type MonthFigure = (typeof monthFigures)[number];

/** How rows of a table are counted month by month; the workbook's formulas follow the names of the columns. */
export type MonthMeasure = { [T in FactTable]: MonthMeasureOver<T> }[FactTable];

interface MonthMeasureOver<T extends FactTable> {
  readonly table: T;
  /** The column of the day, and the day itself. */
  readonly day: string;
  readonly dayOf: (fact: FactOf<T>) => string | null;
  /** Only rows with a 1 in this column. */
  readonly mark?: Extract<keyof FactOf<T>, string>;
  /** The column that is added; without it, rows are counted. */
  readonly sum?: Extract<keyof FactOf<T>, string>;
  /** Everything up to the end of the month, not what happened in it. */
  readonly upTo?: true;
}

const friendsBy = {
  table: 'friendReadings',
  day: 'date',
  dayOf: ({ row }: FactOf<'friendReadings'>) => row.date,
  sum: 'gained',
} as const;

export const monthMeasures: Readonly<Record<MonthFigure, MonthMeasure>> = {
  sessions: {
    table: 'attendance',
    day: 'date',
    dayOf: ({ session }) => session.date,
    mark: 'sessionOnce',
  },
  merchantsTrained: {
    table: 'attendance',
    day: 'date',
    dayOf: ({ session }) => session.date,
    mark: 'merchantInTotal',
  },
  visits: { table: 'visits', day: 'date', dayOf: ({ row }) => row.date },
  channelsOpened: {
    table: 'stores',
    day: 'channelOpenedOn',
    dayOf: ({ channelOpenedOn }) => channelOpenedOn,
    mark: 'inTotal',
  },
  mapRegistered: {
    table: 'stores',
    day: 'mapRegisteredOn',
    dayOf: ({ mapRegisteredOn }) => mapRegisteredOn,
    mark: 'inTotal',
  },
  friendsGained: friendsBy,
  friends: { ...friendsBy, upTo: true },
  grantsPaid: { table: 'grants', day: 'grantedOn', dayOf: ({ row }) => row.grantedOn, sum: 'amount' },
};

export interface Month {
  /** YYYY-MM. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly figures: Readonly<Record<MonthFigure, number>>;
}

/** Years of wrong clocks and typing errors do not make thousands of rows. */
const MOST = 120;

/** Month by month, from the first to the last of the period in which anything was recorded. */
export function figuresByMonth(facts: Facts, { from, to }: Period): Month[] {
  const tallies = monthFigures.map((name) => [name, tallied(monthMeasures[name], facts)] as const);
  const asked: Period = { from: from?.slice(0, 7), to: to?.slice(0, 7) };
  const names = tallies.flatMap(([, tally]) => [...tally.keys()]).filter((name) => isWithin(name, asked));
  return monthsFrom(names).map((month) => ({
    ...month,
    figures: Object.fromEntries(
      tallies.map(([name, tally]) => [name, valueFor(monthMeasures[name], tally, month.name)]),
    ) as Record<MonthFigure, number>,
  }));
}

function valueFor({ upTo }: MonthMeasure, tally: ReadonlyMap<string, number>, name: string): number {
  if (!upTo) return tally.get(name) ?? 0;
  let sum = 0;
  for (const [month, value] of tally) if (month <= name) sum += value;
  return sum;
}

function tallied(measure: MonthMeasure, facts: Facts): Map<string, number> {
  const dayOf = measure.dayOf as (fact: unknown) => string | null;
  const tally = new Map<string, number>();
  for (const fact of facts[measure.table] as readonly unknown[] as readonly Record<string, unknown>[]) {
    if (measure.mark !== undefined && fact[measure.mark] !== 1) continue;
    const day = realDay(dayOf(fact));
    const more = measure.sum === undefined ? 1 : fact[measure.sum];
    if (day === null || typeof more !== 'number') continue;
    const month = day.slice(0, 7);
    tally.set(month, (tally.get(month) ?? 0) + more);
  }
  return tally;
}

function monthsFrom(names: readonly string[]): Omit<Month, 'figures'>[] {
  const sorted = [...new Set(names)].sort();
  const last = sorted.at(-1);
  if (last === undefined) return [];
  const months: Omit<Month, 'figures'>[] = [];
  for (let name = last; name >= sorted[0]! && months.length < MOST; name = before(name)) {
    const [year, month] = name.split('-').map(Number) as [number, number];
    const end = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
    months.unshift({ name, from: `${name}-01`, to: end });
  }
  return months;
}

function before(name: string): string {
  const [year, month] = name.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
}
