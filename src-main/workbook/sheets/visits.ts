import type { Facts } from '#shared/figures/facts.ts';
import type { ReportRows } from '#shared/figures/report-rows.ts';
import { model } from '#shared/model/model.ts';
import { codesFor, programColumns, siteColumns, wordFor, type Lookups } from '../lookups.ts';
import { tableOf, type Table } from '../sheet.ts';

type Row = Facts<ReportRows>['visits'][number];

export function visitsSheet(
  facts: Facts<ReportRows>,
  lookups: Lookups,
  siteOf: (row: Row) => string | null,
): Table {
  const program = programColumns<Row>(lookups);
  const site = siteColumns<Row>(lookups, siteOf);
  const { outcome } = model.visit.fields;
  const shown = lookups.shown('visits');
  return tableOf<Row>({
    name: '방문',
    about: '방문마다 한 줄이에요. 메모는 개인정보가 있을 수 있어 싣지 않아요.',
    rows: facts.visits,
    columns: [
      {
        key: 'number',
        header: '번호',
        width: 7,
        kind: 'whole',
        meaning: '줄 번호예요.',
        value: (_row, index) => index + 1,
      },
      {
        key: 'date',
        header: '날짜',
        width: 12,
        kind: 'day',
        meaning: '방문한 날이에요.',
        value: ({ row }) => row.date,
      },
      program.name,
      site.name,
      {
        key: 'storeName',
        header: '상호',
        width: 22,
        kind: 'text',
        meaning: '찾아간 점포예요.',
        value: ({ row }) => lookups.store(row.store)?.name ?? null,
      },
      {
        key: 'trainerName',
        header: '트레이너',
        width: 10,
        kind: 'text',
        meaning: shown.meaning('방문한 트레이너예요. ', '성만 보여요.'),
        value: ({ row }) => shown.name(lookups.person(row.trainer)?.name ?? null),
      },
      {
        key: 'outcome',
        header: '결과',
        width: 10,
        kind: 'text',
        meaning: '방문의 결과예요. 비어 있으면 아직 끝내지 않았어요.',
        codes: codesFor(outcome),
        value: ({ row }) => wordFor(outcome, row.outcome),
      },
      {
        key: 'startedAt',
        header: '시작',
        width: 17,
        kind: 'moment',
        meaning: '방문을 시작한 때예요(한국 시각).',
        value: ({ row }) => row.startedAt,
      },
      {
        key: 'endedAt',
        header: '끝',
        width: 17,
        kind: 'moment',
        meaning: '방문을 마친 때예요(한국 시각).',
        value: ({ row }) => row.endedAt,
      },
      program.number,
      site.number,
      {
        key: 'shopNumber',
        header: '점포 번호',
        width: 9,
        kind: 'whole',
        meaning: '점포 시트의 번호예요.',
        screenOnly: true,
        value: ({ row }) => lookups.shopNumber(row.store === null ? null : lookups.groupOf(row.store)),
      },
      {
        key: 'trainerNumber',
        header: '트레이너 번호',
        width: 12,
        kind: 'whole',
        meaning: '이 보고서 안의 사람 번호예요. 이름을 가려도 같은 사람을 알아볼 수 있어요.',
        screenOnly: true,
        value: ({ row }) => lookups.personNumber(row.trainer),
      },
    ],
  });
}
