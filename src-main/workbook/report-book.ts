import type { Kpis } from '#shared/contract/report.ts';
import { figuresByMonth } from '#shared/figures/by-month.ts';
import { figuresBySite, siteFinder } from '#shared/figures/by-site.ts';
import { figuresByTrainer } from '#shared/figures/by-trainer.ts';
import { checkFacts } from '#shared/figures/check-facts.ts';
import type { Period } from '#shared/figures/days.ts';
import { factsOf } from '#shared/figures/facts.ts';
import { groupsOf } from '#shared/figures/groups.ts';
import { reportedKpis } from '#shared/figures/reported.ts';
import type { ReportRows } from '#shared/figures/report-rows.ts';
import type { ReportState } from '#shared/figures/report-state.ts';
import type { Question } from '#shared/figures/scope.ts';
import { disclosureOf } from '#shared/figures/survey-disclosure.ts';
import { withCodes } from './code-columns.ts';
import { lookupsOf } from './lookups.ts';
import type { InFull } from './in-full.ts';
import type { Book } from './sheet.ts';
import { chartsSheet } from './sheets/charts.ts';
import { checkRecordsSheet, checksSheet } from './sheets/checks.ts';
import { dataStateSheet } from './sheets/data-state.ts';
import { dictionarySheet } from './sheets/dictionary.ts';
import { monthsSheet } from './sheets/months.ts';
import { programsSheet } from './sheets/programs.ts';
import { questionsSheet } from './sheets/questions.ts';
import { awardsSheet, friendsSheet, grantsSheet } from './sheets/results.ts';
import { sessionsSheet } from './sheets/sessions.ts';
import { sitesSheet } from './sheets/sites.ts';
import { storesSheet } from './sheets/stores.ts';
import { summarySheet } from './sheets/summary.ts';
import { surveysSheet } from './sheets/surveys.ts';
import { trainersSheet } from './sheets/trainers.ts';
import { visitsSheet } from './sheets/visits.ts';

/**
 * What stands in the report's workbook, sheet by sheet: pure, so that it can be tested without writing a file. The data
 * sheets show the facts that the figures are computed from; everything above them is a formula with its value.
 * `now` is in milliseconds since 1970; people are masked but for the sheets of `inFull`.
 */
export function reportBook(
  rows: ReportRows,
  state: ReportState,
  question: Question,
  now: number,
  inFull: InFull | null = null,
): Book & { readonly kpis: Kpis } {
  const facts = factsOf(rows, question);
  const disclosure = disclosureOf(rows, question);
  const kpis = reportedKpis(rows, facts, question, disclosure);
  const programs = rows.programs.filter(
    ({ id }) => question.program === undefined || id === question.program,
  );
  const period: Period = question;
  const lookups = lookupsOf(rows, facts, programs, groupsOf(rows.matches).of, inFull);
  const siteOf = siteFinder(rows);

  const surveys = surveysSheet(facts, lookups, rows, disclosure, question);
  const counted = {
    stores: storesSheet(facts, lookups),
    attendance: sessionsSheet(facts, lookups),
    visits: visitsSheet(facts, lookups, siteOf.visits),
    surveyResponses: surveys.table,
    friendReadings: friendsSheet(facts, lookups),
    grants: grantsSheet(facts, lookups),
    awards: awardsSheet(facts, lookups),
  };
  const sheets = {
    ...counted,
    sites: sitesSheet(facts, lookups, counted, period, figuresBySite(facts, rows, period)),
  };
  const programsTable = programsSheet(programs, kpis, sheets, period);
  const months = monthsSheet(sheets, figuresByMonth(facts, period));
  const trainers = trainersSheet(sheets.visits, figuresByTrainer(facts.visits), lookups);
  const checked = checkFacts(rows, facts.visits);
  const checkRecords = checkRecordsSheet(checked.facts, checked.items, lookups, siteOf.visits);
  const checks = checksSheet(checkRecords, checked.facts, checked.items);
  const questions = questionsSheet(surveys);
  const tables = [
    programsTable,
    sheets.sites,
    trainers,
    months,
    sheets.stores,
    sheets.attendance,
    sheets.visits,
    checks,
    checkRecords,
    questions,
    sheets.surveyResponses,
    sheets.friendReadings,
    sheets.grants,
    sheets.awards,
    dataStateSheet(state, question.program !== undefined),
  ].map(withCodes);
  return {
    title: '단골수첩 보고서',
    now,
    kpis,
    sheets: [
      summarySheet({
        facts,
        kpis,
        programs,
        question,
        now,
        sheets,
        programsTable,
        merged: state.merged,
        inFull,
      }),
      chartsSheet({ sites: sheets.sites, months, questions, trainers }),
      ...tables,
      dictionarySheet(tables, sheets),
    ],
  };
}
