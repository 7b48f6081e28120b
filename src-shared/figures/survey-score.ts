import { SCALE_MAX, SCALE_MIN, surveyQuestions } from '../model/templates.ts';
import type { SurveyResponseRow, SurveyTemplateRow } from './rows.ts';
import type { Mark } from './scope.ts';

export interface SurveyScore {
  readonly mean: number | null;
  readonly helpful: Mark | null;
}

/**
 * Scores responses by the questions of their template. Where the template did not arrive, or has a shape that this
 * version does not know, every whole-number answer from 1 to 5 is taken for a 5-point answer, and none for the helpful one.
 */
export function surveyScorer(
  templates: readonly SurveyTemplateRow[],
): (response: Pick<SurveyResponseRow, 'template' | 'answers'>) => SurveyScore {
  const known = new Map(
    templates.map(({ id, questions }) => {
      const list = surveyQuestions(questions);
      const keys = {
        scale: list.filter(({ kind }) => kind === 'scale').map(({ key }) => key),
        helpful: list
          .filter(({ kind, role }) => kind === 'yesNo' && role === 'helpful')
          .map(({ key }) => key),
      };
      return [id, list.length > 0 ? keys : undefined];
    }),
  );
  return ({ template, answers }) => {
    const given = answersOf(answers);
    const keys = template === null ? undefined : known.get(template);
    const scores = keys ? keys.scale.map((key) => given[key]) : Object.values(given);
    const helpful = keys?.helpful.map((key) => given[key]).find((answer) => typeof answer === 'boolean');
    return { mean: meanOf(scores.filter(isScore)), helpful: helpful === undefined ? null : helpful ? 1 : 0 };
  };
}

/** The answers by question; none when the value is not the shape that this version knows. */
export function answersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

export function isScore(answer: unknown): answer is number {
  return Number.isInteger(answer) && (answer as number) >= SCALE_MIN && (answer as number) <= SCALE_MAX;
}

function meanOf(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
