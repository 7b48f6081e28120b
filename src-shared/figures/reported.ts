import type { Figures, Kpis, Withheld } from '../contract/report.ts';
import type { Facts } from './facts.ts';
import { kpisOf } from './measure.ts';
import type { FigureRows } from './rows.ts';
import type { Question } from './scope.ts';
import { surveyFigures, type Disclosure, type SurveyFigure } from './survey-disclosure.ts';
import type { WithheldReason } from './withhold.ts';

/** The figures as they are told: survey figures of too few are null, with the reason beside them. */
export function reportedKpis(
  rows: FigureRows,
  facts: Facts,
  question: Question,
  disclosure: Disclosure,
): Kpis {
  const { total, programs } = kpisOf(facts, rows.programs, question);
  const asked = question.program;
  return {
    total: told(
      total,
      asked === undefined ? disclosure.minimum : disclosure.minimumOf(asked),
      asked === undefined ? disclosure.total : (figure) => disclosure.program(figure, asked),
    ),
    programs: programs.map((program) =>
      told(program, disclosure.minimumOf(program.id), (figure) => disclosure.program(figure, program.id)),
    ),
  };
}

function told<T extends Figures>(
  figures: T,
  minimum: number,
  reasonOf: (figure: SurveyFigure) => WithheldReason | undefined,
): T {
  const withheld: Withheld = { minimum };
  const result = { ...figures };
  for (const figure of Object.keys(surveyFigures) as SurveyFigure[]) {
    const reason = reasonOf(figure);
    if (reason === undefined) continue;
    withheld[figure] = reason;
    result[figure] = null;
  }
  return Object.keys(withheld).length > 1 ? { ...result, withheld } : result;
}
