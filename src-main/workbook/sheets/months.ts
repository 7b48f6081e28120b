import { isWithin, realDay, type Period } from '#shared/figures/days.ts';
import type { FactTable } from '#shared/figures/facts.ts';
import { FIRST_ROW, live, rangeOf, tableOf, type Column, type Formula, type Table } from '../sheet.ts';

interface Month {
  /** YYYY-MM. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What is counted month by month: rows of a sheet by the day in a column. */
interface Monthly {
  readonly key: string;
  readonly header: string;
  readonly meaning: string;
  readonly kind?: 'whole' | 'won';
  readonly table: FactTable;
  readonly day: string;
  /** Only rows with a 1 in this column. */
  readonly mark?: string;
  /** The column that is added; without it, rows are counted. */
  readonly sum?: string;
  /** Everything up to the end of the month, not what happened in it. */
  readonly upTo?: true;
}

const COUNTED: readonly Monthly[] = [
  {
    key: 'sessions',
    header: '교육 회차',
    meaning: '그 달의 회차 수예요.',
    table: 'attendance',
    day: 'date',
    mark: 'sessionOnce',
  },
  {
    key: 'merchantsTrained',
    header: '처음 교육받은 상인',
    meaning: '그 달에 처음으로 교육을 들은 상인의 수예요. 모든 달을 더하면 교육받은 상인의 수예요.',
    table: 'attendance',
    day: 'date',
    mark: 'merchantInTotal',
  },
  { key: 'visits', header: '점포 방문', meaning: '그 달의 방문 수예요.', table: 'visits', day: 'date' },
  {
    key: 'channelsOpened',
    header: '연 톡채널',
    meaning: '그 달에 톡채널을 연 점포의 수예요.',
    table: 'stores',
    day: 'channelOpenedOn',
    mark: 'inTotal',
  },
  {
    key: 'mapRegistered',
    header: '카카오맵 등록',
    meaning: '그 달에 카카오맵에 등록한 점포의 수예요.',
    table: 'stores',
    day: 'mapRegisteredOn',
    mark: 'inTotal',
  },
  {
    key: 'friendsGained',
    header: '늘어난 친구',
    meaning: '그 달의 기록에서 늘어난 친구 수예요.',
    table: 'friendReadings',
    day: 'date',
    sum: 'gained',
  },
  {
    key: 'friends',
    header: '월말 친구 수',
    meaning: '그 달 끝까지의 가장 나중 친구 수를 더한 값이에요.',
    table: 'friendReadings',
    day: 'date',
    sum: 'gained',
    upTo: true,
  },
  {
    key: 'grantsPaid',
    header: '지급한 지원금(원)',
    meaning: '그 달에 지급한 메시지 지원금이에요.',
    kind: 'won',
    table: 'grants',
    day: 'grantedOn',
    sum: 'amount',
  },
];

/** Years of wrong clocks and typing errors do not make thousands of rows. */
const MOST = 120;

/** Month by month, from the first to the last of the period in which anything was recorded; every number is a formula. */
export function monthsSheet(sheets: Readonly<Record<FactTable, Table>>, { from, to }: Period): Table {
  const found = COUNTED.map((what) => tallied(what, sheets[what.table]));
  const asked: Period = { from: from?.slice(0, 7), to: to?.slice(0, 7) };
  const names = found.flatMap((tally) => [...tally.keys()]).filter((name) => isWithin(name, asked));
  const months = monthsFrom(names);
  const columns = COUNTED.map((what, at): Column<Month> => {
    const tally = found[at]!;
    return {
      key: what.key,
      header: what.header,
      width: what.kind === 'won' ? 17 : 11,
      kind: what.kind ?? 'whole',
      meaning: `${what.meaning} "${sheets[what.table].name}" 시트에서 세요.`,
      value: (month, index) =>
        live(formulaFor(what, sheets[what.table], index), valueFor(what, tally, month)),
    };
  });
  return tableOf<Month>({
    name: '월별',
    about: '달마다 한 줄이에요. 숫자는 모두 다른 시트의 줄을 세는 수식이에요.',
    rows: months,
    columns: [
      {
        key: 'month',
        header: '달',
        width: 11,
        kind: 'text',
        meaning: '연도와 달이에요.',
        value: ({ name }) => name,
      },
      {
        key: 'from',
        header: '첫날',
        width: 12,
        kind: 'day',
        meaning: '그 달의 첫날이에요. 수식이 이 날부터 세요.',
        value: ({ from }) => from,
      },
      {
        key: 'to',
        header: '끝날',
        width: 12,
        kind: 'day',
        meaning: '그 달의 마지막 날이에요. 수식이 이 날까지 세요.',
        value: ({ to }) => to,
      },
      ...columns,
    ],
  });
}

function formulaFor({ day, mark, sum, upTo }: Monthly, table: Table, index: number): string {
  const row = FIRST_ROW + index;
  const days = rangeOf(table, day);
  const tests = [
    ...(mark ? [`${rangeOf(table, mark)},1`] : []),
    ...(upTo ? [] : [`${days},">="&$B${row}`]),
    `${days},"<="&$C${row}`,
  ].join(',');
  return sum ? `SUMIFS(${rangeOf(table, sum)},${tests})` : `COUNTIFS(${tests})`;
}

function valueFor({ upTo }: Monthly, tally: ReadonlyMap<string, number>, { name }: Month): number {
  if (!upTo) return tally.get(name) ?? 0;
  let sum = 0;
  for (const [month, value] of tally) if (month <= name) sum += value;
  return sum;
}

/** What the formulas of a column will find, by month. */
function tallied({ day, mark, sum }: Monthly, table: Table): Map<string, number> {
  const days = table.values(day);
  const marks = mark ? table.values(mark) : null;
  const sums = sum ? table.values(sum) : null;
  const tally = new Map<string, number>();
  days.forEach((value, at) => {
    if (typeof value !== 'string' || realDay(value) === null || (marks && marks[at] !== 1)) return;
    const more: number | Formula | string | null = sums ? (sums[at] ?? 0) : 1;
    if (typeof more !== 'number') return;
    const month = value.slice(0, 7);
    tally.set(month, (tally.get(month) ?? 0) + more);
  });
  return tally;
}

function monthsFrom(names: readonly string[]): Month[] {
  const sorted = [...new Set(names)].sort();
  const last = sorted.at(-1);
  if (last === undefined) return [];
  const months: Month[] = [];
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
