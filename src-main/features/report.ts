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
import { bytesOf, streamWorkbook, type Writing } from '../workbook/compose/compose.ts';
import { fillTemplate } from '../workbook/compose/template.ts';
import { saveWorkbook } from '../workbook/save.ts';
import type { Book } from '../workbook/sheet.ts';
import { splitBook } from '../workbook/split.ts';
import { dayOf, type Deps } from './deps.ts';
import type { ReportRun, ReportWish } from './report-apart.ts';
import { reportStateOf } from './report-state.ts';

type Methods = 'report.kpis' | 'report.dashboard' | 'report.visits' | 'report.workbook' | 'report.stop';

/** What the report needs of a feature's dependencies. */
export interface ReportDeps {
  readonly store: Pick<Store, 'db' | 'projector'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** `apart` makes the workbook, here or elsewhere. */
export function reportHandlers(
  deps: ReportDeps & Pick<Deps, 'tell'>,
  apart: (wish: ReportWish) => ReportRun,
): Pick<Handlers, Methods> {
  let stop: (() => void) | null = null;

  async function make(input: CheckedOf<'report.workbook'>): Promise<OutputOf<'report.workbook'>> {
    stop?.();
    const now = deps.now();
    const run = apart({ input, now, told: inPercent(deps.tell) });
    const stopped = new Promise<never>((_resolve, reject) => {
      stop = () => {
        run.stop();
        reject(new Refusal('CANCELLED', { file: nameOf(now) }));
      };
    });
    const mine = stop;
    try {
      return await Promise.race([run.made, stopped]);
    } finally {
      if (stop === mine) stop = null;
    }
  }

  return {
    'report.kpis': (input) => kpis(deps, input),
    'report.dashboard': (input) => dashboard(deps, input),
    'report.visits': (input) => visits(deps, input),
    'report.workbook': make,
    'report.stop': () => {
      stop?.();
      return null;
    },
  };
}

/** Tells each percent once: the rows go in some thousand pieces. */
function inPercent(tell: Deps['tell']): ReportWish['told'] {
  let last = -1;
  return (done, total) => {
    const percent = total > 0 ? Math.floor((done / total) * 100) : 100;
    if (percent <= last) return;
    last = percent;
    tell({ kind: 'progress', job: 'report', done: percent, total: 100 });
  };
}

/** Makes the workbook in this thread, with turns for other calls between its rows. */
export function runHere({ store }: ReportDeps, { input, now, told }: ReportWish): ReportRun {
  const stop = new AbortController();
  const made = workbook({ store, now: () => now }, input, { told, stop: stop.signal });
  // Nobody waits for what was stopped.
  made.catch(() => undefined);
  return { made, stop: () => stop.abort() };
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
  writing: Writing = {},
): Promise<OutputOf<'report.workbook'>> {
  const now = deps.now();
  const book = bookToWrite(deps, input, now);
  let filled: FilledTemplate = { filled: [], bounded: [] };
  const bytes = await bytesOf(async (stream) => {
    filled = await write(book, input, stream, writing);
  });
  return { name: nameOf(now), bytes, ...filled };
}

function nameOf(now: number): string {
  return `단골수첩 보고서 ${dayOf(now)}.xlsx`;
}

/** Writes the workbook to a file, whole or not at all, and gives its figures; refuses like `kpis`, `openTemplate` and `saveWorkbook`. */
export async function saveReport(
  deps: ReportDeps,
  input: CheckedOf<'report.workbook'>,
  file: string,
): Promise<FilledTemplate & Pick<Kpis, 'total'>> {
  const book = bookToWrite(deps, input, deps.now());
  const filled = await saveWorkbook(file, input.template ? null : book, (stream) =>
    write(book, input, stream),
  );
  return { ...filled, total: book.kpis.total };
}

async function write(
  book: Book,
  { template }: CheckedOf<'report.workbook'>,
  stream: Writable,
  writing: Writing = {},
): Promise<FilledTemplate> {
  if (!template) {
    await streamWorkbook(book, stream, writing);
    return { filled: [], bounded: [] };
  }
  const { sheets, bounded } = await fillTemplate(book, template.file, template.bytes, stream, writing);
  return { filled: sheets, bounded };
}

/** A template has its own sheets, and none for a second part. */
function bookToWrite(
  deps: ReportDeps,
  input: CheckedOf<'report.workbook'>,
  now: number,
): ReturnType<typeof bookFor> {
  const book = bookFor(deps, input, now);
  return input.template ? book : splitBook(book);
}

/** What is in the workbook, all of it read at one moment. */
export function bookFor({ store }: ReportDeps, input: Question, now: number): ReturnType<typeof reportBook> {
  const { program, from, to } = input;
  const read = store.db.transaction(() => {
    const rows = gatherReportRows(store.db);
    checkQuestion(input, rows);
    return { rows, state: reportStateOf({ store, now: () => now }, program) };
  });
  const { rows, state } = read.deferred();
  return reportBook(rows, state, { program, from, to }, now);
}

function checkQuestion({ program, from, to }: Question, rows: FigureRows): void {
  if (program !== undefined && !rows.programs.some(({ id }) => id === program)) {
    throw new Refusal('NOT_FOUND', { entity: 'program', id: program });
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw new Refusal('INVALID_INPUT', { at: 'to', reason: `${to} < ${from}` });
  }
}
