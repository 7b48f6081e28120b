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
      return Number.isInteger(value) && Number(value) >= SCALE_MIN && Number(value) <= SCALE_MAX;
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

/** What becomes of a response whose merchant stopped or walked away. */
export function endingOf(
  questions: readonly SurveyQuestion[],
  answers: Readonly<Record<string, unknown>>,
  rule: UnfinishedRule,
): SurveyEnding {
  if (Object.keys(answers).length === 0) return 'nothing';
  return rule === 'keep' || isComplete(questions, answers) ? 'submitted' : 'discarded';
}
