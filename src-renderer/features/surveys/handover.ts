import type { SurveyQuestion } from '#shared/model/templates.ts';

/** The answers given so far; an unanswered question is not in it. */
export type Answers = Record<string, number | boolean | string>;

export type Step =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'question'; readonly index: number }
  | { readonly kind: 'review' }
  | { readonly kind: 'thanks' };

/** The answers with one more; an empty text takes the answer back. */
export function withAnswer(answers: Answers, key: string, value: number | boolean | string): Answers {
  const { [key]: _before, ...rest } = answers;
  return typeof value === 'string' && value.trim() === '' ? rest : { ...rest, [key]: value };
}

export function answeredCount(questions: readonly SurveyQuestion[], answers: Answers): number {
  return questions.filter((question) => answers[question.key] !== undefined).length;
}

/** What comes after a question; after the last one, the review. */
export function stepAfter(questions: readonly SurveyQuestion[], index: number): Step {
  return index + 1 < questions.length ? { kind: 'question', index: index + 1 } : { kind: 'review' };
}

export function stepBefore(questions: readonly SurveyQuestion[], step: Step): Step {
  if (step.kind === 'review') return { kind: 'question', index: questions.length - 1 };
  if (step.kind === 'question' && step.index > 0) return { kind: 'question', index: step.index - 1 };
  return { kind: 'welcome' };
}

/** The first question without an answer, or null. */
export function firstUnanswered(questions: readonly SurveyQuestion[], answers: Answers): number | null {
  const index = questions.findIndex((question) => answers[question.key] === undefined);
  return index < 0 ? null : index;
}
