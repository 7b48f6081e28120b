import { dataLines, elsewhereLines, type DataGroup } from '#shared/desk/data-lines.ts';
import type { ReportState } from '#shared/figures/report-state.ts';
import { tableOf, type CellKind, type Table, type Value } from '../sheet.ts';

interface Row {
  readonly group: string;
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  readonly kind: CellKind;
  readonly of: string;
  readonly why: string;
}

const GROUPS: Readonly<Record<DataGroup, string>> = {
  visits: '방문',
  sessions: '회차·출석',
  surveys: '만족도',
  stores: '점포',
  desk: '기록 합치기',
};
const ALL = '모든 사업';

/** What the data lacks and what was merged, one row a line: values, for nothing in this workbook has the rows behind them. */
export function dataStateSheet({ lines, elsewhere, merged }: ReportState, oneProgram: boolean): Table {
  const counts = new Map<string, number | null>([...lines, ...elsewhere].map(({ id, count }) => [id, count]));
  const rows: Row[] = [
    {
      group: GROUPS.desk,
      id: 'mergedFiles',
      label: '합친 파일',
      value: merged.files,
      kind: 'whole',
      of: ALL,
      why: '다른 노트북에서 받아 합친 파일의 수예요. 되돌린 파일은 빼요.',
    },
    {
      group: GROUPS.desk,
      id: 'lastMerged',
      label: '마지막으로 합친 때',
      value: merged.lastAt,
      kind: 'moment',
      of: ALL,
      why: '이때까지 받은 기록으로 센 보고서예요(한국 시각). 비어 있으면 합친 파일이 없어요.',
    },
    ...elsewhereLines.map(({ id, group, label, why }): Row => ({
      group: GROUPS[group],
      id,
      label: label.ko,
      value: counts.get(id) ?? null,
      kind: 'whole',
      of: ALL,
      why: why.ko,
    })),
    ...dataLines.map(({ id, group, label, why }): Row => ({
      group: GROUPS[group],
      id,
      label: label.ko,
      value: counts.get(id) ?? null,
      kind: 'whole',
      of: oneProgram ? '이 사업' : ALL,
      why: why.ko,
    })),
  ];
  return tableOf<Row>({
    name: '데이터 상태',
    about:
      '이 보고서가 나온 기록에서 아직 정하지 않았거나 빠졌거나 맞지 않는 것이에요. 만든 때의 값이고 수식이 아니에요. 해당하는 기록은 프로그램의 "데이터 상태" 화면에서 하나씩 볼 수 있어요.',
    rows,
    columns: [
      {
        key: 'group',
        header: '구분',
        width: 14,
        kind: 'text',
        meaning: '무엇에 대한 것인지예요.',
        value: ({ group }) => group,
      },
      {
        key: 'label',
        header: '살펴볼 것',
        width: 42,
        kind: 'text',
        meaning: '무엇을 세었는지예요.',
        value: ({ label }) => label,
      },
      {
        key: 'count',
        header: '수',
        width: 17,
        kind: 'whole',
        kindAt: (index) => rows[index]?.kind ?? 'whole',
        meaning:
          '만든 때에 센 수예요. 뒤에 셀 시트가 없어서 수식이 아니라 값이에요. 비어 있으면 세지 않았어요. 0이면 살펴볼 것이 없어요.',
        value: ({ value }) => value,
      },
      {
        key: 'of',
        header: '범위',
        width: 11,
        kind: 'text',
        meaning: '이 보고서의 사업만 센 것인지, 모든 사업을 센 것인지예요. 기간으로는 나누지 않아요.',
        value: ({ of }) => of,
      },
      {
        key: 'why',
        header: '왜 중요한가요',
        width: 78,
        kind: 'text',
        wrap: true,
        meaning: '숫자나 일에 무슨 영향이 있는지, 어떻게 하면 되는지예요.',
        value: ({ why }) => why,
      },
      {
        key: 'id',
        header: '코드',
        width: 16,
        kind: 'text',
        meaning: '프로그램 안에서 이 줄을 부르는 코드예요.',
        screenOnly: true,
        value: ({ id }) => id,
      },
    ],
  });
}
