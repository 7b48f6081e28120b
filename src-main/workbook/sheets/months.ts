import {
  monthFigures,
  monthMeasures,
  type Month,
  type MonthFigure,
  type MonthMeasure,
} from '#shared/figures/by-month.ts';
import type { FactTable } from '#shared/figures/facts.ts';
import { FIRST_ROW, live, rangeOf, tableOf, type Column, type Table } from '../sheet.ts';

/** How a figure of a month is called, and what it means. */
interface Words {
  readonly header: string;
  readonly meaning: string;
  readonly kind?: 'whole' | 'won';
}

const WORDS: Readonly<Record<MonthFigure, Words>> = {
  sessions: { header: '교육 회차', meaning: '그 달의 회차 수예요.' },
  merchantsTrained: {
    header: '처음 교육받은 상인',
    meaning: '그 달에 처음으로 교육을 들은 상인의 수예요. 모든 달을 더하면 교육받은 상인의 수예요.',
  },
  visits: { header: '점포 방문', meaning: '그 달의 방문 수예요.' },
  channelsOpened: { header: '연 톡채널', meaning: '그 달에 톡채널을 연 점포의 수예요.' },
  mapRegistered: { header: '카카오맵 등록', meaning: '그 달에 카카오맵에 등록한 점포의 수예요.' },
  friendsGained: { header: '늘어난 친구', meaning: '그 달의 기록에서 늘어난 친구 수예요.' },
  friends: { header: '월말 친구 수', meaning: '그 달 끝까지의 가장 나중 친구 수를 더한 값이에요.' },
  grantsPaid: {
    header: '지급한 지원금(원)',
    meaning: '그 달에 지급한 메시지 지원금이에요.',
    kind: 'won',
  },
};

/** Month by month; every number is a formula over another sheet, with its value. */
export function monthsSheet(sheets: Readonly<Record<FactTable, Table>>, months: readonly Month[]): Table {
  const columns = monthFigures.map((name): Column<Month> => {
    const { header, meaning, kind = 'whole' } = WORDS[name];
    const measure = monthMeasures[name];
    const sheet = sheets[measure.table];
    return {
      key: name,
      header,
      width: kind === 'won' ? 17 : 11,
      kind,
      meaning: `${meaning} "${sheet.name}" 시트에서 세요.`,
      value: ({ figures }, index) => live(formulaFor(measure, sheet, index), figures[name]),
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

function formulaFor({ day, mark, sum, upTo }: MonthMeasure, table: Table, index: number): string {
  const row = FIRST_ROW + index;
  const days = rangeOf(table, day);
  const tests = [
    ...(mark ? [`${rangeOf(table, mark)},1`] : []),
    ...(upTo ? [] : [`${days},">="&$B${row}`]),
    `${days},"<="&$C${row}`,
  ].join(',');
  return sum ? `SUMIFS(${rangeOf(table, sum)},${tests})` : `COUNTIFS(${tests})`;
}
