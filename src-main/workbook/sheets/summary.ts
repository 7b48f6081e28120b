import { figureNames, type FigureName, type Kpis } from '#shared/contract/report.ts';
import { definitions } from '#shared/figures/definitions.ts';
import type { Facts, FactTable } from '#shared/figures/facts.ts';
import { tallies } from '#shared/figures/measure.ts';
import type { ReportProgram, ReportRows } from '#shared/figures/report-rows.ts';
import type { MergedFiles } from '#shared/figures/report-state.ts';
import type { Question } from '#shared/figures/scope.ts';
import type { InFull } from '../in-full.ts';
import { countFormula, figureFormula } from '../formulas.ts';
import {
  FIRST_ROW,
  letterOf,
  live,
  type CellKind,
  type Formula,
  type FreeCell,
  type FreeSheet,
  type Table,
  type Value,
} from '../sheet.ts';
import { WITHHELD, withheldWords } from '../withheld.ts';
import { headRows } from './summary-head.ts';

export interface SummaryInput {
  readonly facts: Facts<ReportRows>;
  readonly kpis: Kpis;
  readonly programs: readonly ReportProgram[];
  readonly question: Question;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly sheets: Readonly<Record<FactTable, Table>>;
  readonly programsTable: Table;
  readonly merged: MergedFiles;
  readonly inFull: InFull | null;
}

type Row = FreeSheet['rows'][number];

const SHEET = '요약';
/** The columns of the page; with goals there is no table of programmes under the figures, which needs them even. */
const WIDTHS = [27, 23, 10, 10, 13, 11, 15, 18, 12, 12, 12];
const WIDTHS_WITH_GOALS = [27, 23, 7, 10, 13, 10, 11, 10, 34, 34, 12];
const LAST = WIDTHS.length;
/** The programme table's columns after the name: those that a manager asks for first. */
const GLANCE: readonly FigureName[] = [
  'stores',
  'channelsOpened',
  'mapRegistered',
  'merchantsTrained',
  'surveyMean',
  'friends',
  'grantsPaid',
  'visits',
  'sites',
  'awards',
];

/** The front page: what this report covers, every figure with its base and goal, each programme at a glance. */
export function summarySheet(input: SummaryInput): FreeSheet {
  const goals = goalsOf(input);
  const head = headRows(input, LAST);
  const top = head.length + 1;
  const figures = figureNames.map((name, index) => figureRow(name, top + 1 + index, goals, input));
  const cells = (
    style: FreeCell['style'],
    ...values: [column: number, value: string, until?: number][]
  ): FreeCell[] =>
    values.map(([column, value, until]) => ({ column, value, style, ...(until ? { until } : {}) }));
  return {
    layout: 'free',
    name: SHEET,
    widths: goals.size > 0 ? WIDTHS_WITH_GOALS : WIDTHS,
    frozenRows: 0,
    onePage: input.programs.length <= 8,
    rows: [
      ...head,
      {
        height: 22,
        cells: cells(
          'header',
          [1, '지표'],
          [2, '값'],
          [3, '단위'],
          [4, '비율'],
          [5, '기준', 6],
          ...(goals.size > 0
            ? ([
                [7, '목표'],
                [8, '달성률'],
                [9, '뜻', LAST - 1],
              ] as [number, string, number?][])
            : ([[7, '뜻', LAST - 1]] as [number, string, number?][])),
          [LAST, '근거 시트'],
        ),
      },
      ...figures,
      { height: 14, cells: [] },
      ...glanceRows(input),
    ],
  };
}

function figureRow(
  name: FigureName,
  row: number,
  goals: ReadonlyMap<FigureName, number>,
  input: SummaryInput,
): Row {
  const { label, unit, format, meaning, measure } = definitions[name];
  const { kpis, sheets, question } = input;
  const sheet = sheets[measure.table];
  const share = shareOf(name, input);
  const base = baseOf(name, input);
  const goal = goals.get(name);
  const value = kpis.total[name];
  const wide = goals.size > 0;
  const cells: FreeCell[] = [
    { column: 1, value: label.ko, style: 'label' },
    {
      column: 2,
      value: live(figureFormula(name, sheet, 'total', question), value),
      style: `${format}Strong`,
      name: `KPI_${name}`,
    },
    { column: 3, value: unit.ko, style: 'body' },
    { column: 4, value: share, style: 'share' },
    { column: 5, until: 6, value: base, style: 'base' },
  ];
  if (wide) {
    cells.push(
      { column: 7, value: goal ?? null, style: 'whole' },
      {
        column: 8,
        value: goal === undefined || value === null ? null : live(`B${row}/G${row}`, value / goal),
        style: 'share',
      },
    );
  }
  cells.push(
    { column: wide ? 9 : 7, until: LAST - 1, value: meaning.ko, style: 'body' },
    { column: LAST, value: linkTo(sheet.name), style: 'link' },
  );
  const meaningWidths = wide ? WIDTHS_WITH_GOALS.slice(8, LAST - 1) : WIDTHS.slice(6, LAST - 1);
  const room = meaningWidths.reduce((sum, width) => sum + width, 0);
  return { height: heightFor(meaning.ko, room), cells };
}

/** Excel does not grow a row for merged cells: 14 points a line, and a letter, spaces and digits among them, takes about one and a half characters. */
function heightFor(text: string, room: number): number {
  return Math.max(26, Math.ceil((text.length * 1.5) / room) * 14 + 6);
}

function shareOf(name: FigureName, { kpis }: SummaryInput): Formula | null {
  const { partOf } = definitions[name];
  if (!partOf) return null;
  const [part, whole] = [kpis.total[name], kpis.total[partOf]];
  return live(`IF(KPI_${partOf}=0,"",KPI_${name}/KPI_${partOf})`, whole ? (part ?? 0) / whole : '');
}

/** A share never stands without its base, nor a mean without its number. */
function baseOf(name: FigureName, { facts, kpis, sheets, question }: SummaryInput): Formula | Value {
  const { partOf, measure } = definitions[name];
  if (partOf) {
    const { label, unit } = definitions[partOf];
    return textWithNumber(`${label.ko} `, `KPI_${partOf}`, kpis.total[partOf] ?? 0, `${unit.ko} 가운데`);
  }
  if (measure.take !== 'count' && 'mean' in measure.take) {
    const words = withheldWords(kpis.total.withheld, name);
    if (words !== null) return words;
    const n = tallies(measure, facts, 'total', question, () => 'total').get('total')?.n ?? 0;
    return textWithNumber('응답 ', countFormula(name, sheets[measure.table]), n, '건');
  }
  return null;
}

function textWithNumber(before: string, formula: string, value: number, after: string): Formula {
  return live(
    `"${before}"&TEXT(${formula},"#,##0")&"${after}"`,
    `${before}${value.toLocaleString('en-US')}${after}`,
  );
}

function linkTo(sheet: string): Formula {
  return live(`HYPERLINK("#'${sheet}'!A1","${sheet}")`, sheet);
}

/** Goals are a programme's own; over several programmes there is none to hold the sum against. */
function goalsOf({ programs }: SummaryInput): Map<FigureName, number> {
  const goals = new Map<FigureName, number>();
  const [program, ...others] = programs;
  if (!program || others.length > 0) return goals;
  if (program.goalStores) goals.set('stores', program.goalStores);
  if (program.goalFriends) goals.set('friends', program.goalFriends);
  return goals;
}

/** Each programme's first figures, taken over from the sheet that has them all. */
function glanceRows({ programs, kpis, programsTable, question }: SummaryInput): Row[] {
  if (question.program !== undefined || programs.length === 0) return [];
  const byId = new Map(kpis.programs.map((figures) => [figures.id, figures]));
  const from = (key: string, index: number, cached: Value): Formula =>
    live(`'${programsTable.name}'!${letterOf(programsTable, key)}${FIRST_ROW + index}`, cached);
  const header: FreeCell[] = GLANCE.map((name, index) => {
    const { label, unit } = definitions[name];
    return { column: index + 2, value: unit.ko ? `${label.ko}(${unit.ko})` : label.ko, style: 'header' };
  });
  return [
    { height: 24, cells: [{ column: 1, until: LAST, value: '사업별로 보면', style: 'heading' }] },
    { height: 36, cells: [{ column: 1, value: '사업', style: 'header' }, ...header] },
    ...programs.map((program, index): Row => ({
      height: 24,
      cells: [
        { column: 1, value: program.name, style: 'label' },
        ...GLANCE.map((name, at): FreeCell => ({
          column: at + 2,
          value: from(name, index, glanceValue(byId.get(program.id), name)),
          style: definitions[name].format satisfies CellKind,
        })),
      ],
    })),
  ];
}

function glanceValue(figures: Kpis['programs'][number] | undefined, name: FigureName): Value {
  if (withheldWords(figures?.withheld, name) !== null) return WITHHELD;
  return figures?.[name] ?? (definitions[name].format === 'mean' ? '' : 0);
}
