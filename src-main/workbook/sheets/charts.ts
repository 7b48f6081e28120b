import { chartRange, type Chart, type ChartRange, type FreeSheet, type Table } from '../sheet.ts';

interface ChartTables {
  readonly sites: Table;
  readonly months: Table;
  readonly questions: Table;
  readonly trainers: Table;
}

const GREEN = '2F6B4F';
const AMBER = 'D9A441';
const FIVE = ['B5482A', 'E0A083', 'D8D2C2', '8FB79F', '2F6B4F'];
/** More bars than that say nothing any more; the sheet behind has them all. */
const MOST_SITES = 40;
const MOST_TRAINERS = 30;
const MOST_MONTHS = 36;

/** Columns of the page, and rows of a chart beside its bars. */
const HALF = 8;
const ROWS = 18;
/**
 * What fits an A4 page at this width: the first one has the title, whose rows are higher. Fitted to a width, a sheet keeps
 * no page breaks of its own, so what would cross one begins on the next page.
 */
const FIRST_PAGE = 41;
const ROWS_A_PAGE = 42;

/** The page of charts: each over ranges of the sheets behind it, to be edited like any chart. */
export function chartsSheet(tables: ChartTables): FreeSheet {
  const charts: Chart[] = [];
  let top = 3;
  const pair = (...made: (Omit<Chart, 'place'> | null)[]): void => {
    const shown = made.filter((chart) => chart !== null);
    if (shown.length === 0) return;
    const wanted = Math.max(ROWS, ...shown.map(({ kind, categories }) => rowsFor(kind, categories)));
    const rows = Math.min(wanted, ROWS_A_PAGE - 1);
    if (top + rows > endOfPage(top)) top = endOfPage(top);
    shown.forEach((chart, at) => {
      const wide = shown.length === 1;
      const column = wide ? 0 : at * HALF;
      const toColumn = wide ? 2 * HALF : column + HALF;
      charts.push({ ...chart, place: { column, row: top, toColumn, toRow: top + rows } });
    });
    top += rows + 1;
  };
  pair(friends(tables.months), work(tables.months));
  pair(scale(tables.questions), byTrainer(tables.trainers));
  // The longest last: it may take a page of its own.
  top = Math.max(top, FIRST_PAGE);
  pair(bySite(tables.sites));
  return {
    layout: 'free',
    name: '그래프',
    widths: Array.from({ length: 2 * HALF }, () => 10),
    frozenRows: 0,
    charts,
    rows: [
      { height: 34, cells: [{ column: 1, until: 2 * HALF, value: '그래프', style: 'title' }] },
      {
        height: 18,
        cells: [
          {
            column: 1,
            until: 2 * HALF,
            value: '모두 뒤 시트의 칸에서 그려요. 칸을 고치면 그래프도 바뀌어요.',
            style: 'quiet',
          },
        ],
      },
    ],
  };
}

/** The row with which the page after that of a row begins. */
function endOfPage(row: number): number {
  return row < FIRST_PAGE
    ? FIRST_PAGE
    : FIRST_PAGE + (Math.floor((row - FIRST_PAGE) / ROWS_A_PAGE) + 1) * ROWS_A_PAGE;
}

/** Lying bars need room for each name. */
function rowsFor(kind: Chart['kind'], { values }: ChartRange): number {
  return kind === 'bars' || kind === 'stacked' ? Math.ceil(values.length * 1.25) + 6 : ROWS;
}

function friends(months: Table): Omit<Chart, 'place'> | null {
  if (months.rowCount === 0) return null;
  const last = lastRows(months, MOST_MONTHS);
  return {
    kind: 'line',
    title: '달마다의 톡채널 친구 수',
    unit: '명',
    categories: last('month'),
    series: [{ name: '월말 친구 수', values: last('friends'), color: GREEN }],
  };
}

function work(months: Table): Omit<Chart, 'place'> | null {
  if (months.rowCount === 0) return null;
  const last = lastRows(months, MOST_MONTHS);
  return {
    kind: 'columns',
    title: '달마다 연 톡채널과 카카오맵 등록',
    unit: '곳',
    categories: last('month'),
    series: [
      { name: '연 톡채널', values: last('channelsOpened'), color: AMBER },
      { name: '카카오맵 등록', values: last('mapRegistered'), color: GREEN },
    ],
  };
}

function bySite(sites: Table): Omit<Chart, 'place'> | null {
  if (sites.rowCount === 0) return null;
  const more = sites.rowCount > MOST_SITES ? ` (${sites.rowCount}곳 가운데 처음 ${MOST_SITES}곳)` : '';
  return {
    kind: 'bars',
    title: `시장·상권별 톡채널 개설과 카카오맵 등록${more}`,
    unit: '곳',
    categories: chartRange(sites, 'name', MOST_SITES),
    series: [
      { name: '톡채널을 연 점포', values: chartRange(sites, 'channelsOpened', MOST_SITES), color: AMBER },
      {
        name: '카카오맵에 등록한 점포',
        values: chartRange(sites, 'mapRegistered', MOST_SITES),
        color: GREEN,
      },
    ],
  };
}

/** The 5-point questions: they come first in a survey as a rule, and only these have all five columns. */
function scale(questions: Table): Omit<Chart, 'place'> | null {
  const kinds = questions.values('score1');
  const count = kinds.findIndex((value) => value === null);
  const first = count < 0 ? kinds.length : count;
  if (first === 0) return null;
  return {
    kind: 'stacked',
    title: '5점 문항의 답',
    unit: '응답의 비율',
    categories: chartRange(questions, 'question', first),
    series: FIVE.map((color, at) => ({
      name: `${at + 1}점`,
      values: chartRange(questions, `score${at + 1}`, first),
      color,
    })),
  };
}

function byTrainer(trainers: Table): Omit<Chart, 'place'> | null {
  if (trainers.rowCount === 0) return null;
  return {
    kind: 'bars',
    title: '트레이너별 방문',
    unit: '건',
    categories: chartRange(trainers, 'label', MOST_TRAINERS),
    series: [{ name: '점포 방문', values: chartRange(trainers, 'visits', MOST_TRAINERS), color: GREEN }],
  };
}

function lastRows(table: Table, most: number): (key: string) => ChartRange {
  const from = Math.max(0, table.rowCount - most);
  return (key) => chartRange(table, key, most, from);
}
