import type { Writable } from 'node:stream';
import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { CountedVisits, Dashboard, FilledTemplate, Kpis } from '#shared/contract/report.ts';
import { dashboardOf } from '#shared/figures/dashboard.ts';
import { factsOf } from '#shared/figures/facts.ts';
import { reportedKpis } from '#shared/figures/reported.ts';
import type { FigureRows } from '#shared/figures/rows.ts';
import type { Question } from '#shared/figures/scope.ts';
import { disclosureOf } from '#shared/figures/survey-disclosure.ts';
import { countedVisits } from '../store/counted-visits.ts';
import { gatherDrawnRows, gatherFigureRows, gatherReportRows } from '../store/report-rows.ts';
import type { Store } from '../store/store.ts';
import { maskName } from '#shared/model/mask.ts';
import { reportBook } from '../workbook/report-book.ts';
import { bytesOf, streamWorkbook } from '../workbook/compose/compose.ts';
import { fillTemplate } from '../workbook/compose/template.ts';
import { saveWorkbook } from '../workbook/save.ts';
import type { Book } from '../workbook/sheet.ts';
import { dayOf } from './deps.ts';

type Methods = 'report.kpis' | 'report.dashboard' | 'report.visits' | 'report.workbook';

/** What the report needs of a feature's dependencies. */
export interface ReportDeps {
  readonly store: Pick<Store, 'db'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function reportHandlers(deps: ReportDeps): Pick<Handlers, Methods> {
  return {
    'report.kpis': (input) => kpis(deps, input),
    'report.dashboard': (input) => dashboard(deps, input),
    'report.visits': (input) => visits(deps, input),
    'report.workbook': (input) => workbook(deps, input),
  };
}

/** The figures; refuses with NOT_FOUND or INVALID_INPUT. */
export function kpis(deps: ReportDeps, input: CheckedOf<'report.kpis'>): Kpis {
  const rows = gatherFigureRows(deps.store.db);
  checkQuestion(input, rows);
  return reportedKpis(rows, factsOf(rows, input), input, disclosureOf(rows, input));
}

/** The series of the charts; refuses like `kpis`. */
export function dashboard({ store }: ReportDeps, input: CheckedOf<'report.dashboard'>): Dashboard {
  const rows = gatherDrawnRows(store.db);
  checkQuestion(input, rows);
  return dashboardOf(rows, input, maskName);
}

/** A page of the visits behind a number; the trainer's name is masked as on the dashboard. */
export function visits({ store }: ReportDeps, input: CheckedOf<'report.visits'>): CountedVisits {
  const { after, limit, ...by } = input;
  const offset = Number(after ?? 0);
  const { total, rows } = countedVisits(store.db, by, offset, limit);
  const end = offset + rows.length;
  return {
    total,
    rows: rows.map((row) => ({ ...row, trainer: maskName(row.trainer) })),
    next: end < total && rows.length > 0 ? String(end) : null,
  };
}

/** The Excel workbook as a file, named by today in Asia/Seoul; refuses like `kpis`. */
export async function workbook(
  deps: ReportDeps,
  input: CheckedOf<'report.workbook'>,
): Promise<OutputOf<'report.workbook'>> {
  const now = deps.now();
  const book = bookFor(deps, input, now);
  const name = `단골수첩 보고서 ${dayOf(now)}.xlsx`;
  let filled: FilledTemplate = { filled: [], bounded: [] };
  const bytes = await bytesOf(async (stream) => {
    filled = await write(book, input, stream);
  });
  return { name, bytes, ...filled };
}

/** Writes the workbook to a file, whole or not at all; refuses like `kpis`, `openTemplate` and `saveWorkbook`. */
export async function saveReport(
  deps: ReportDeps,
  input: CheckedOf<'report.workbook'>,
  file: string,
): Promise<FilledTemplate> {
  const book = bookFor(deps, input, deps.now());
  return saveWorkbook(file, input.template ? null : book, (stream) => write(book, input, stream));
}

async function write(
  book: Book,
  { template }: CheckedOf<'report.workbook'>,
  stream: Writable,
): Promise<FilledTemplate> {
  if (!template) {
    await streamWorkbook(book, stream);
    return { filled: [], bounded: [] };
  }
  const { sheets, bounded } = await fillTemplate(book, template.file, template.bytes, stream);
  return { filled: sheets, bounded };
}

/** What is in the workbook. */
export function bookFor({ store }: ReportDeps, input: Question, now: number): Book {
  const rows = gatherReportRows(store.db);
  checkQuestion(input, rows);
  return reportBook(rows, { program: input.program, from: input.from, to: input.to }, now);
}

function checkQuestion({ program, from, to }: Question, rows: FigureRows): void {
  if (program !== undefined && !rows.programs.some(({ id }) => id === program)) {
    throw new Refusal('NOT_FOUND', { entity: 'program', id: program });
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw new Refusal('INVALID_INPUT', { at: 'to', reason: `${to} < ${from}` });
  }
}
