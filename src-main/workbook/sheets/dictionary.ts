import { figureNames } from '#shared/contract/report.ts';
import { definitions } from '#shared/figures/definitions.ts';
import type { FactTable } from '#shared/figures/facts.ts';
import { tableOf, type CellKind, type Table } from '../sheet.ts';

interface Entry {
  readonly sheet: string;
  readonly name: string;
  readonly meaning: string;
  readonly type: string;
  readonly codes: string | null;
}

const types: Record<CellKind, string> = {
  text: '글자',
  day: '날짜',
  moment: '날짜와 시각(한국)',
  whole: '정수',
  won: '정수(원)',
  number: '숫자',
  mean: '소수',
  share: '비율',
  score: '1부터 5까지의 정수',
  mark: '1 또는 0',
};

/** What every figure and every column means, and which codes stand behind its words. */
export function dictionarySheet(
  tables: readonly Table[],
  factSheets: Readonly<Record<FactTable, Table>>,
): Table {
  const figures = figureNames.map((name): Entry => {
    const { label, meaning, format, measure } = definitions[name];
    return {
      sheet: '요약',
      name: label.ko,
      meaning: `${meaning.ko} "${factSheets[measure.table].name}" 시트에서 세요. 셀 이름은 KPI_${name}이에요.`,
      type: types[format],
      codes: null,
    };
  });
  const columns = tables.flatMap((table) => [
    { sheet: table.name, name: '(시트)', meaning: table.about, type: '', codes: null },
    ...table.columns.map(({ header, meaning, kind, codes }): Entry => ({
      sheet: table.name,
      name: header,
      meaning,
      type: types[kind],
      codes: codes?.map(({ code, label }) => `${code || '(빈칸)'} = ${label}`).join(', ') ?? null,
    })),
  ]);
  return tableOf<Entry>({
    name: '자료 사전',
    about: '지표와 열마다 뜻을 적었어요.',
    rows: [...figures, ...columns],
    columns: [
      {
        key: 'sheet',
        header: '시트',
        width: 14,
        kind: 'text',
        meaning: '시트의 이름이에요.',
        value: (entry) => entry.sheet,
      },
      {
        key: 'name',
        header: '지표·열',
        width: 24,
        kind: 'text',
        meaning: '지표나 열의 이름이에요.',
        value: (entry) => entry.name,
      },
      {
        key: 'meaning',
        header: '뜻',
        width: 84,
        kind: 'text',
        wrap: true,
        meaning: '무엇을 적었는지예요.',
        value: (entry) => entry.meaning,
      },
      {
        key: 'type',
        header: '값의 꼴',
        width: 16,
        kind: 'text',
        meaning: '날짜, 숫자, 글자 가운데 무엇인지예요.',
        value: (entry) => entry.type,
      },
      {
        key: 'codes',
        header: '코드',
        width: 48,
        kind: 'text',
        wrap: true,
        meaning: '기록에 쓰는 코드와 그 뜻이에요.',
        value: (entry) => entry.codes,
      },
    ],
  });
}
