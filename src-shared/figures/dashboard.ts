import type { Dashboard } from '../contract/report.ts';
import { figuresByMonth } from './by-month.ts';
import { figuresBySite } from './by-site.ts';
import { figuresByTrainer } from './by-trainer.ts';
import { factsOf } from './facts.ts';
import type { ReportSite, ReportVisit } from './report-rows.ts';
import type { FigureRows, PersonRow, SiteRow, VisitRow } from './rows.ts';
import type { Question } from './scope.ts';
import { disclosureOf } from './survey-disclosure.ts';
import { questionsAsked } from './survey-questions.ts';
import { questionTallies } from './survey-tally.ts';
import { toldResponses } from './survey-told.ts';

/** The rows of the figures with what the charts show beside them. */
export interface DrawnRows extends FigureRows {
  readonly sites: readonly (SiteRow & Pick<ReportSite, 'name' | 'province' | 'district'>)[];
  readonly visits: readonly (VisitRow & Pick<ReportVisit, 'trainer' | 'outcome'>)[];
  readonly people: readonly (PersonRow & { readonly name: string | null })[];
}

/** Everything that the charts draw; `mask` hides the name of a person. */
export function dashboardOf(
  rows: DrawnRows,
  question: Question,
  mask: (name: string | null) => string | null,
): Dashboard {
  const facts = factsOf(rows, question);
  const bySite = figuresBySite(facts, rows, question);
  const programs = new Map(rows.programs.map(({ id, name }) => [id, name]));
  const names = new Map(rows.people.map(({ id, name }) => [id, name]));
  return {
    sites: facts.sites.map(({ row, program }) => ({
      id: row.id,
      name: row.name ?? '',
      district: [row.province, row.district].filter((part) => part !== null).join(' '),
      program: (program === null ? null : programs.get(program)) ?? '',
      ...bySite.get(row.id)!,
    })),
    months: figuresByMonth(facts, question).map(({ name, figures }) => ({ month: name, ...figures })),
    trainers: figuresByTrainer(facts.visits).map(({ trainer, visits, outcomes }, index) => ({
      id: trainer,
      number: index + 1,
      name: mask(names.get(trainer) ?? null) ?? '',
      visits,
      outcomes: Object.fromEntries(outcomes),
    })),
    questions: questionsOf(rows, facts.surveyResponses, question),
  };
}

function questionsOf(
  rows: DrawnRows,
  responses: ReturnType<typeof factsOf>['surveyResponses'],
  question: Question,
): Dashboard['questions'] {
  const disclosure = disclosureOf(rows, question);
  const asked = questionsAsked(
    rows.surveyTemplates,
    responses.map(({ row }) => row),
  );
  const told = toldResponses(responses, asked, disclosure, question, () => 0);
  const minimum =
    question.program === undefined ? disclosure.minimum : disclosure.minimumOf(question.program);
  return questionTallies(asked, told).map(({ asked: one, scores, withheld, ...tally }) => ({
    question: one.question.label,
    kind: one.question.kind,
    ...tally,
    scores: scores && [...scores],
    withheld: withheld && { reason: withheld, minimum },
  }));
}
