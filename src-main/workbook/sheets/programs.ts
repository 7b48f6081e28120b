import { figureNames, type FigureName, type Kpis } from '#shared/contract/report.ts';
import { definitions } from '#shared/figures/definitions.ts';
import type { Period } from '#shared/figures/days.ts';
import type { FactTable } from '#shared/figures/facts.ts';
import type { ReportProgram } from '#shared/figures/report-rows.ts';
import { model } from '#shared/model/model.ts';
import { figureFormula } from '../formulas.ts';
import { codesFor, wordFor } from '../lookups.ts';
import { FIRST_ROW, letters, live, tableOf, type Column, type Formula, type Table } from '../sheet.ts';
import { WITHHELD, withheldWords } from '../withheld.ts';

interface Row {
  readonly program: ReportProgram;
  readonly figures: Kpis['programs'][number];
}

const widths: Partial<Record<FigureName, number>> = { grantsPaid: 17, friends: 11, surveyMean: 8 };

/** Each programme with its figures and goals; `sheets` are the data sheets that the formulas go over. */
export function programsSheet(
  programs: readonly ReportProgram[],
  kpis: Kpis,
  sheets: Readonly<Record<FactTable, Table>>,
  period: Period,
): Table {
  const fields = model.program.fields;
  const byId = new Map(kpis.programs.map((figures) => [figures.id, figures]));
  const rows = programs.flatMap((program): Row[] => {
    const figures = byId.get(program.id);
    return figures ? [{ program, figures }] : [];
  });
  const plain: Column<Row>[] = [
    {
      key: 'programNumber',
      header: '사업 번호',
      width: 6,
      kind: 'whole',
      meaning: '이 보고서 안의 사업 번호예요.',
      value: (_row, index) => index + 1,
    },
    {
      key: 'name',
      header: '사업',
      width: 22,
      kind: 'text',
      meaning: '사업의 이름이에요.',
      value: ({ program }) => program.name,
    },
    {
      key: 'kind',
      header: '종류',
      width: 18,
      kind: 'text',
      meaning: '사업의 종류예요.',
      codes: codesFor(fields.kind),
      value: ({ program }) => wordFor(fields.kind, program.kind),
    },
    {
      key: 'startsOn',
      header: '시작일',
      width: 11,
      kind: 'day',
      meaning: '사업을 시작하는 날이에요.',
      value: ({ program }) => program.startsOn,
    },
    {
      key: 'endsOn',
      header: '종료일',
      width: 11,
      kind: 'day',
      meaning: '사업을 마치는 날이에요.',
      value: ({ program }) => program.endsOn,
    },
  ];
  const figures = figureNames.map((name): Column<Row> => {
    const { label, meaning, format, measure } = definitions[name];
    return {
      key: name,
      header: format === 'won' ? `${label.ko}(원)` : label.ko,
      width: widths[name] ?? 9.5,
      kind: format,
      meaning: meaning.ko,
      value: (row, index) =>
        withheldWords(row.figures.withheld, name) !== null
          ? WITHHELD
          : live(
              figureFormula(name, sheets[measure.table], 'program', period, [
                { key: 'programNumber', cell: `$A${FIRST_ROW + index}` },
              ]),
              row.figures[name],
            ),
    };
  });
  const letterOfFigure = (name: FigureName): string => letters(plain.length + figureNames.indexOf(name) + 1);
  const goalsFrom = plain.length + figureNames.length + 1;
  return tableOf<Row>({
    name: '사업별',
    about: '사업마다 한 줄이에요. 값은 모두 다른 시트의 줄을 세는 수식이에요.',
    rows,
    columns: [
      ...plain,
      ...figures,
      ...goalColumns('goalStores', 'stores', letterOfFigure, letters(goalsFrom)),
      ...goalColumns('goalFriends', 'friends', letterOfFigure, letters(goalsFrom + 2)),
      ...(rows.some(({ figures: { withheld } }) => withheld) ? [reasonColumn] : []),
    ],
    after: [
      [],
      [null, '전체', null, null, null, ...figureNames.map((name) => totalCell(name, kpis))],
      [null, '두 사업에 걸친 점포와 상인은 전체에서 한 번만 세므로, 전체는 사업을 더한 값과 다를 수 있어요.'],
    ],
  });
}

const reasonColumn: Column<Row> = {
  key: 'withheld',
  header: '만족도를 비워 둔 까닭',
  width: 44,
  kind: 'text',
  meaning: `만족도의 숫자 자리에 "${WITHHELD}"만 있는 까닭이에요.`,
  value: ({ figures: { withheld } }) =>
    withheldWords(withheld, 'surveyMean') ?? withheldWords(withheld, 'surveyHelpfulShare'),
};

/** The total as it stands on the front page. */
function totalCell(name: FigureName, { total }: Kpis): Formula {
  return live(`KPI_${name}`, total[name]);
}

function goalColumns(
  goal: 'goalStores' | 'goalFriends',
  figure: 'stores' | 'friends',
  letterOfFigure: (name: FigureName) => string,
  goalLetter: string,
): Column<Row>[] {
  const { label } = model.program.fields[goal];
  return [
    {
      key: goal,
      header: label.ko,
      width: 10,
      kind: 'whole',
      meaning: `${label.ko}예요.`,
      value: ({ program }) => program[goal],
    },
    {
      key: `${goal}Reached`,
      header: figure === 'stores' ? '점포 달성률' : '친구 달성률',
      width: 9,
      kind: 'share',
      meaning: '값을 목표로 나눈 비율이에요.',
      value: ({ program, figures }, index) => {
        const aim = program[goal];
        if (aim === null || aim <= 0) return null;
        return live(
          `${letterOfFigure(figure)}${FIRST_ROW + index}/${goalLetter}${FIRST_ROW + index}`,
          figures[figure] / aim,
        );
      },
    },
  ];
}
