import type { FigureName } from '#shared/contract/report.ts';
import { definitions } from '#shared/figures/definitions.ts';
import type { Facts, FactTable } from '#shared/figures/facts.ts';
import type { Period } from '#shared/figures/days.ts';
import { tallies, valueOf, type Level, type Tally } from '#shared/figures/measure.ts';
import type { ReportRows } from '#shared/figures/report-rows.ts';
import { model } from '#shared/model/model.ts';
import { figureFormula } from '../formulas.ts';
import { codesFor, programColumns, wordFor, type Lookups } from '../lookups.ts';
import { FIRST_ROW, live, tableOf, type Column, type Table } from '../sheet.ts';

type Row = Facts<ReportRows>['sites'][number];

/** The figures that are told by site, each over the sheet whose rows say where they belong. */
const BY_SITE = ['stores', 'channelsOpened', 'mapRegistered', 'sessions', 'visits', 'friends'] as const;

/** `sheets` are the other data sheets, over which this one has formulas. */
export function sitesSheet(
  facts: Facts<ReportRows>,
  lookups: Lookups,
  sheets: Readonly<Record<Exclude<FactTable, 'sites'>, Table>>,
  period: Period,
): Table {
  const program = programColumns<Row>(lookups);
  const { kind } = model.site.fields;
  const plain: Column<Row>[] = [
    {
      key: 'siteNumber',
      header: '시장 번호',
      width: 7,
      kind: 'whole',
      meaning: '이 보고서 안의 시장·상권 번호예요.',
      value: (_row, index) => index + 1,
    },
    program.name,
    {
      key: 'name',
      header: '시장·상권',
      width: 24,
      kind: 'text',
      meaning: '시장이나 거리의 이름이에요.',
      value: ({ row }) => row.name,
    },
    {
      key: 'kind',
      header: '종류',
      width: 11,
      kind: 'text',
      meaning: '전통시장, 상점가·거리, 전국 가운데 하나예요.',
      codes: codesFor(kind),
      value: ({ row }) => wordFor(kind, row.kind),
    },
    {
      key: 'province',
      header: '시·도',
      width: 15,
      kind: 'text',
      meaning: '시·도의 이름이에요.',
      value: ({ row }) => row.province,
    },
    {
      key: 'district',
      header: '시·군·구',
      width: 13,
      kind: 'text',
      meaning: '시·군·구의 이름이에요.',
      value: ({ row }) => row.district,
    },
  ];
  const figures = BY_SITE.map((figure) => {
    const { table } = definitions[figure].measure;
    return figureColumn(figure, sheets[table as keyof typeof sheets], facts, period);
  });
  const rest: Column<Row>[] = [
    {
      key: 'indoorMapLinkedOn',
      header: '실내지도 연결일',
      width: 13,
      kind: 'day',
      meaning: '카카오맵 실내지도에 연결한 날이에요.',
      value: ({ row }) => row.indoorMapLinkedOn,
    },
    {
      key: 'salesEventOn',
      header: '기획전 날짜',
      width: 12,
      kind: 'day',
      meaning: '톡스토어 기획전을 연 날이에요.',
      value: ({ row }) => row.salesEventOn,
    },
    {
      key: 'storeCount',
      header: '상권의 점포 수',
      width: 10,
      kind: 'whole',
      meaning: '시장 정보에 적힌 전체 점포 수예요. 사업에 참여하지 않는 점포도 들어 있어요.',
      value: ({ row }) => row.storeCount,
    },
    {
      key: 'address',
      header: '주소',
      width: 36,
      kind: 'text',
      meaning: '도로명주소예요. 없으면 지번주소예요.',
      screenOnly: true,
      value: ({ row }) => row.roadAddress ?? row.lotAddress,
    },
    {
      key: 'phone',
      header: '전화번호',
      width: 15,
      kind: 'text',
      meaning: '시장 사무실의 전화번호예요.',
      screenOnly: true,
      value: ({ row }) => row.phone,
    },
    {
      key: 'channelUrl',
      header: '톡채널 주소',
      width: 26,
      kind: 'text',
      meaning: '시장·상권 톡채널의 인터넷 주소예요.',
      screenOnly: true,
      value: ({ row }) => row.channelUrl,
    },
    program.number,
    {
      key: 'isPlace',
      header: '시장·상권으로 셈',
      width: 15,
      kind: 'mark',
      meaning: '시장이나 거리이면 1이고, "전국"이면 0이에요.',
      screenOnly: true,
      value: ({ isPlace }) => isPlace,
    },
  ];
  return tableOf<Row>({
    name: '시장·상권',
    about: '시장이나 거리마다 한 줄이에요. 점포 수부터 친구 수까지는 다른 시트의 줄을 세는 수식이에요.',
    rows: facts.sites,
    columns: [...plain, ...figures, ...rest],
  });
}

/** A figure of each site: a formula over the rows of its sheet with this site's number, and its value now. */
function figureColumn(
  figure: FigureName,
  sheet: Table,
  facts: Facts<ReportRows>,
  period: Period,
): Column<Row> {
  const { label, meaning, measure } = definitions[figure];
  const tally = talliesBySite(figure, sheet, facts, period);
  return {
    key: figure,
    header: label.ko,
    width: figure === 'friends' ? 11 : 9,
    kind: 'whole',
    meaning: `${meaning.ko} 이 시장·상권의 줄만 세요.`,
    value: ({ program }, at) => {
      // A site of no programme counts in the total alone, and so do its rows.
      const level = program === null ? 'total' : 'program';
      const matches = [{ key: 'siteNumber', cell: `$A${FIRST_ROW + at}` }];
      return live(
        figureFormula(figure, sheet, level, period, matches),
        valueOf(measure, tally[level].get(at + 1)),
      );
    },
  };
}

/** Apart from the column, which would otherwise hold the site of each of 66,000 shops for as long as the book lives. */
function talliesBySite(
  figure: FigureName,
  sheet: Table,
  facts: Facts<ReportRows>,
  period: Period,
): Record<'total' | 'program', Map<number, Tally>> {
  const { measure } = definitions[figure];
  // The number is read off the sheet, so that the formula and the value here cannot mean different rows.
  const numbers = sheet.values('siteNumber') as (number | null)[];
  const siteOf = new Map(
    (facts[measure.table] as readonly unknown[]).map((fact, at) => [fact, numbers[at] ?? null]),
  );
  const found = (level: Level): Map<number, Tally> =>
    tallies(measure, facts, level, period, (fact) => siteOf.get(fact) ?? null);
  return { total: found('total'), program: found('program') };
}
