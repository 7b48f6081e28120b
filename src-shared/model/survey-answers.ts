import { SCALE_MAX, SCALE_MIN, type SurveyQuestion } from './templates.ts';

/** What became of a response: handed in, thrown away, or never begun. */
export type SurveyEnding = 'submitted' | 'discarded' | 'nothing';

/** The program's rule for a survey that its merchant walked away from. */
export type UnfinishedRule = 'keep' | 'discard';

/** An unset rule, or one that this version does not know, discards: nobody's half answers are counted by accident. */
export function unfinishedRule(value: unknown): UnfinishedRule {
  return value === 'keep' ? 'keep' : 'discard';
}

/** Whether a value answers the question: one of its choices, or words. */
function isAnswer(question: SurveyQuestion, value: unknown): boolean {
  switch (question.kind) {
    case 'scale':
      return Number.isInteger(value) && isInScale(Number(value));
    case 'yesNo':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && (question.choices ?? []).includes(value);
    case 'text':
      return typeof value === 'string' && value.trim() !== '';
  }
}

/** Every question but those for free words has an answer. */
export function isComplete(
  questions: readonly SurveyQuestion[],
  answers: Readonly<Record<string, unknown>>,
): boolean {
  return questions.every((question) => question.kind === 'text' || isAnswer(question, answers[question.key]));
}

/**
 * What may be kept of answers for the figures when their words go, for it names nobody: scores, yes and no, and the
 * choices that the form has. Where the form is not here no text is known for a choice of it.
 */
export function withoutWords(
  questions: readonly SurveyQuestion[],
  answers: unknown,
): Record<string, number | boolean | string> {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return {};
  const choices = new Map(questions.filter(({ kind }) => kind === 'choice').map((one) => [one.key, one]));
  const kept = Object.entries(answers).filter(([key, value]) => {
    const question = choices.get(key);
    return isWordless(value) || (question !== undefined && isAnswer(question, value));
  });
  return Object.fromEntries(kept) as Record<string, number | boolean | string>;
}

/** Whether answers hold anything that `withoutWords` would not keep. */
export function hasWords(questions: readonly SurveyQuestion[], answers: unknown): boolean {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers))
    return (answers ?? null) !== null;
  const kept = withoutWords(questions, answers);
  return Object.entries(answers).some(([key, value]) => value !== null && !Object.hasOwn(kept, key));
}

/** The same without the form: true also where all are choices of it. */
export function mayHaveWords(answers: unknown): boolean {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers))
    return (answers ?? null) !== null;
  return Object.values(answers).some((value) => value !== null && !isWordless(value));
}

function isWordless(value: unknown): boolean {
  return typeof value === 'boolean' || (Number.isInteger(value) && isInScale(Number(value)));
}

function isInScale(value: number): boolean {
  return value >= SCALE_MIN && value <= SCALE_MAX;
}

/** What becomes of a response whose merchant stopped or walked away. */
export function endingOf(
  questions: readonly SurveyQuestion[],
  answers: Readonly<Record<string, unknown>>,
  rule: UnfinishedRule,
): SurveyEnding {
  if (Object.keys(answers).length === 0) return 'nothing';
  return rule === 'keep' || isComplete(questions, answers) ? 'submitted' : 'discarded';
}
