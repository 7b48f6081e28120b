import type { Writable } from 'node:stream';
import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import {
  personalSheets,
  type Dashboard,
  type FilledTemplate,
  type Kpis,
  type PersonalSheet,
} from '#shared/contract/report.ts';
import { dashboardOf } from '#shared/figures/dashboard.ts';
import { factsOf } from '#shared/figures/facts.ts';
import { reportedKpis } from '#shared/figures/reported.ts';
import type { Question } from '#shared/figures/scope.ts';
import { disclosureOf } from '#shared/figures/survey-disclosure.ts';
import { gatherDrawnRows, gatherFigureRows, gatherReportRows } from '../store/report-rows.ts';
import { maskName } from '#shared/model/mask.ts';
import { whoIsHere } from '../store/who.ts';
import { reportBook } from '../workbook/report-book.ts';
import type { InFull } from '../workbook/in-full.ts';
import { bytesOf, streamWorkbook, type Writing } from '../workbook/compose/compose.ts';
import { fillTemplate } from '../workbook/compose/template.ts';
import { saveWorkbook } from '../workbook/save.ts';
import type { Book } from '../workbook/sheet.ts';
import { splitBook } from '../workbook/split.ts';
import { dayOf, type Deps } from './deps.ts';
import type { ReportRun, ReportWish } from './report-apart.ts';
import { checkQuestion, type ReportDeps } from './report-question.ts';
import { rowsBehind } from './report-rows.ts';
import { reportStateOf } from './report-state.ts';

export type { ReportDeps } from './report-question.ts';

type Methods = 'report.kpis' | 'report.dashboard' | 'report.rows' | 'report.workbook' | 'report.stop';

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
        reject(new Refusal('CANCELLED', { file: nameOf(now, input) }));
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
    'report.rows': rowsBehind(deps),
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
  return { name: nameOf(now, input), bytes, ...filled };
}

/** What holds people in full says so before it is opened. */
function nameOf(now: number, { personal }: CheckedOf<'report.workbook'>): string {
  return `단골수첩 보고서 ${dayOf(now)}${personal ? ' 개인정보 포함' : ''}.xlsx`;
}

/**
 * Writes the workbook to a file, whole or not at all, and gives its figures; refuses like `kpis`, `openTemplate` and
 * `saveWorkbook`. `before` is called when it is written and has no name yet; when it throws, there is none.
 */
export async function saveReport(
  deps: ReportDeps,
  input: CheckedOf<'report.workbook'>,
  file: string,
  before: () => void,
): Promise<FilledTemplate & Pick<Kpis, 'total'>> {
  const book = bookToWrite(deps, input, deps.now());
  const filled = await saveWorkbook(file, input.template ? null : book, async (stream) => {
    const written = await write(book, input, stream);
    before();
    return written;
  });
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
export function bookFor(
  { store }: ReportDeps,
  input: Question & Pick<CheckedOf<'report.workbook'>, 'personal'>,
  now: number,
): ReturnType<typeof reportBook> {
  const { program, from, to } = input;
  const personal = personalFor(store, input);
  const read = store.db.transaction(() => {
    const rows = gatherReportRows(store.db);
    checkQuestion(input, rows);
    return { rows, state: reportStateOf({ store, now: () => now }, program) };
  });
  const { rows, state } = read.deferred();
  return reportBook(rows, state, { program, from, to }, now, personal);
}

/** Who is shown in full, for whom and why; refuses with REASON_MISSING. */
function personalFor(
  { db }: ReportDeps['store'],
  { personal }: Pick<CheckedOf<'report.workbook'>, 'personal'>,
): InFull | null {
  if (!personal) return null;
  const { sheets = Object.keys(personalSheets) as PersonalSheet[], reason } = personal;
  if (reason === '') throw new Refusal('REASON_MISSING');
  const { person, laptop } = whoIsHere(db);
  return { sheets: new Set(sheets), reason, by: person?.name || laptop.name || laptop.id };
}
