import { answersOf, isScore } from '../figures/survey-score.ts';
import { surveyQuestions } from '../model/templates.ts';

/** How many of the 5-point questions of its template a response left open; null where the template is not known. */
export function openScores(
  questions: unknown,
  answers: unknown,
): { readonly open: number; readonly of: number } | null {
  const scale = surveyQuestions(questions).filter(({ kind }) => kind === 'scale');
  if (scale.length === 0) return null;
  const given = answersOf(answers);
  return { open: scale.filter(({ key }) => !isScore(given[key])).length, of: scale.length };
}
