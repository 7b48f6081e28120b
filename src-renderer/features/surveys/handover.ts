import type { SurveyQuestion } from '#shared/model/templates.ts';

/** The answers given so far; an unanswered question is not in it. */
export type Answers = Record<string, number | boolean | string>;

export type Step =
  | { readonly kind: 'consent' }
  | { readonly kind: 'welcome' }
  | { readonly kind: 'question'; readonly index: number }
  | { readonly kind: 'review' }
  | { readonly kind: 'closing'; readonly how: 'thanks' | 'stopped' | 'declined' };

/** What is remembered for the place after the last question. */
const REVIEW = 'review';

/** The answers with one more; an empty text takes the answer back. */
export function withAnswer(answers: Answers, key: string, value: number | boolean | string): Answers {
  const { [key]: _before, ...rest } = answers;
  return typeof value === 'string' && value.trim() === '' ? rest : { ...rest, [key]: value };
}

export function answeredCount(questions: readonly SurveyQuestion[], answers: Answers): number {
  return questions.filter((question) => answers[question.key] !== undefined).length;
}

/** The page that waits for the next merchant. */
export function firstStep(consentText: string | null): Step {
  return { kind: consentText === null ? 'welcome' : 'consent' };
}

/** Where a response goes on: at the question that stood on screen, else at the first without an answer. */
export function stepAt(questions: readonly SurveyQuestion[], answers: Answers, at: string | null): Step {
  const index = questions.findIndex(({ key }) => key === at);
  if (index >= 0) return { kind: 'question', index };
  const open = at === REVIEW ? null : firstUnanswered(questions, answers);
  return open === null ? { kind: 'review' } : { kind: 'question', index: open };
}

/** The place of a step, to be remembered; null for the pages before and after the questions. */
export function placeOf(questions: readonly SurveyQuestion[], step: Step): string | null {
  if (step.kind === 'review') return REVIEW;
  return step.kind === 'question' ? (questions[step.index]?.key ?? null) : null;
}

/** What comes after a question; after the last one, the review. */
export function stepAfter(questions: readonly SurveyQuestion[], index: number): Step {
  return index + 1 < questions.length ? { kind: 'question', index: index + 1 } : { kind: 'review' };
}

/** The page before; the first question has none. */
export function stepBefore(questions: readonly SurveyQuestion[], step: Step): Step {
  if (step.kind === 'review' && questions.length > 0)
    return { kind: 'question', index: questions.length - 1 };
  if (step.kind === 'question' && step.index > 0) return { kind: 'question', index: step.index - 1 };
  return step;
}

/** The first question without an answer, or null. */
export function firstUnanswered(questions: readonly SurveyQuestion[], answers: Answers): number | null {
  const index = questions.findIndex((question) => answers[question.key] === undefined);
  return index < 0 ? null : index;
}

/** The answer that a key from 1 on stands for: a step of the scale, yes and no, one of the choices. */
export function answerOfKey(question: SurveyQuestion, key: string): number | boolean | string | undefined {
  if (!/^[1-9]$/.test(key)) return undefined;
  const place = Number(key);
  switch (question.kind) {
    case 'scale':
      return place <= 5 ? place : undefined;
    case 'yesNo':
      return place <= 2 ? place === 1 : undefined;
    case 'choice':
      return question.choices?.[place - 1];
    case 'text':
      return undefined;
  }
}
