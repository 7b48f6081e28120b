import type { SurveyResponseRow } from './rows.ts';
import type { Question } from './scope.ts';
import type { ResponseFact } from './session-facts.ts';
import { surveyFigures, type Disclosure, type SurveyFigure } from './survey-disclosure.ts';
import { answerTo, type AskedQuestion, type ToldAnswer } from './survey-questions.ts';
import type { WithheldReason } from './withhold.ts';

/** A response as far as it is told to anyone. */
export interface ToldResponse<R extends SurveyResponseRow = SurveyResponseRow> {
  readonly row: R;
  readonly program: string | null;
  /** YYYY-MM. */
  readonly month: string | null;
  readonly mean: number | null;
  readonly helpful: number | null;
  /** In the order of the questions. */
  readonly answers: readonly ToldAnswer[];
  /** For each question, why the answer that was given to it is not told. */
  readonly silent: readonly (WithheldReason | null)[];
  /** Why the month is not told, and any of the answers. */
  readonly withheld: { readonly month?: WithheldReason; readonly answers?: WithheldReason };
}

/**
 * The responses of a question with what may be told of each, in an order by just that: programme, month, answers. Where a
 * figure of a programme is withheld but not the total, its responses carry the mean of all that are withheld, so that the
 * total is still the mean of its rows and a row says nothing by itself.
 */
export function toldResponses<R extends SurveyResponseRow>(
  facts: readonly ResponseFact<R>[],
  asked: readonly AskedQuestion[],
  disclosure: Disclosure,
  question: Question,
  rankOf: (program: string | null) => number,
): ToldResponse<R>[] {
  const silentMeans = meansOfSilent(facts, disclosure);
  const told = facts.map((fact) => {
    const given = asked.map((one) => answerTo(one, fact.row));
    const silent = asked.map((one, at) =>
      given[at] === null ? null : (disclosure.answer(fact, one) ?? null),
    );
    const why = silent.includes('few') ? 'few' : silent.find((reason) => reason !== null);
    const month = disclosure.month(fact);
    const own = (figure: SurveyFigure): number | null =>
      disclosure.program(figure, fact.program) === undefined ? fact[surveyFigures[figure]] : null;
    return {
      row: fact.row,
      program: fact.program,
      month: month === undefined ? (fact.day?.slice(0, 7) ?? null) : null,
      mean: disclosure.isSilent(fact)
        ? own('surveyMean') && silentMeans.get(fact.program)!
        : own('surveyMean'),
      helpful: own('surveyHelpfulShare'),
      answers: given.map((answer, at) => (silent[at] === null ? answer : null)),
      silent,
      withheld: { ...(month ? { month } : {}), ...(why ? { answers: why } : {}) },
    };
  });
  const ordered = told
    .map((one) => ({
      one,
      program: rankOf(one.program),
      rest: JSON.stringify([one.month, one.mean, one.helpful, one.answers]),
    }))
    .sort((a, b) => a.program - b.program || (a.rest < b.rest ? -1 : a.rest > b.rest ? 1 : 0))
    .map(({ one }) => one);
  if (question.program !== undefined) return ordered;
  pool(ordered, facts, disclosure, 'surveyMean');
  pool(ordered, facts, disclosure, 'surveyHelpfulShare');
  return ordered;
}

/** By programme: the mean of an answer alone would be that answer. */
function meansOfSilent(facts: readonly ResponseFact[], disclosure: Disclosure): Map<string | null, number> {
  const sums = new Map<string | null, { sum: number; n: number }>();
  for (const fact of facts) {
    if (fact.mean === null || !disclosure.isSilent(fact)) continue;
    const { sum, n } = sums.get(fact.program) ?? { sum: 0, n: 0 };
    sums.set(fact.program, { sum: sum + fact.mean, n: n + 1 });
  }
  return new Map([...sums].map(([program, { sum, n }]) => [program, sum / n]));
}

/** As many of the withheld rows as have a value get the mean of all these: the first ones, whichever they are. */
function pool(
  told: { program: string | null; mean: number | null; helpful: number | null }[],
  facts: readonly ResponseFact[],
  disclosure: Disclosure,
  figure: SurveyFigure,
): void {
  if (disclosure.total(figure) !== undefined) return;
  const column = surveyFigures[figure];
  const isWithheld = ({ program }: { program: string | null }): boolean =>
    disclosure.program(figure, program) !== undefined;
  const values = facts
    .filter(isWithheld)
    .map((fact) => fact[column])
    .filter((value) => value !== null);
  const mean = values.reduce((sum: number, value) => sum + value, 0) / values.length;
  for (const row of told.filter(isWithheld).slice(0, values.length)) row[column] = mean;
}
