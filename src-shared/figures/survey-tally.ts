import { SCALE_MAX, SCALE_MIN } from '../model/templates.ts';
import type { AskedQuestion, ToldAnswer } from './survey-questions.ts';
import type { ToldResponse } from './survey-told.ts';
import type { WithheldReason } from './withhold.ts';

export const SCORES: readonly number[] = Array.from(
  { length: SCALE_MAX - SCALE_MIN + 1 },
  (_, at) => SCALE_MIN + at,
);
/** From this score on, an answer is a good one. */
export const GOOD_SCORE = SCALE_MAX - 1;

/** How a question was answered; a question to choose from has one for each choice. */
export interface QuestionTally {
  readonly asked: AskedQuestion;
  /** Of a choice, the one that is counted here. */
  readonly choice: string | null;
  /** Answers that are told. */
  readonly answered: number;
  /** By score from 1 to 5; null where it is no 5-point question. */
  readonly scores: readonly number[] | null;
  readonly yes: number | null;
  readonly no: number | null;
  readonly chosen: number | null;
  /** Of a 5-point question; null without answers. */
  readonly mean: number | null;
  /** Good scores, yes, or this choice, among those who answered; null without answers. */
  readonly share: number | null;
  /** Why answers that were given are not among these. */
  readonly withheld: WithheldReason | null;
}

/** Counts what the responses tell (`toldResponses`); the answers stand in the order of the questions. */
export function questionTallies(
  asked: readonly AskedQuestion[],
  told: readonly Pick<ToldResponse, 'answers' | 'silent'>[],
): QuestionTally[] {
  return asked.flatMap((one, at) => {
    const given = told.map(({ answers }) => answers[at] ?? null).filter((answer) => answer !== null);
    const reasons = new Set(told.map(({ silent }) => silent[at] ?? null));
    const withheld = reasons.has('few') ? 'few' : reasons.has('subtraction') ? 'subtraction' : null;
    const { kind, choices = [] } = one.question;
    return (kind === 'choice' ? choices : [null]).map((choice) => ({
      ...tallyOf(one, choice, given),
      withheld,
    }));
  });
}

function tallyOf(
  asked: AskedQuestion,
  choice: string | null,
  given: readonly NonNullable<ToldAnswer>[],
): Omit<QuestionTally, 'withheld'> {
  const { kind } = asked.question;
  const count = (is: (answer: unknown) => boolean): number => given.filter((answer) => is(answer)).length;
  const when = <T>(is: boolean, value: () => T): T | null => (is ? value() : null);
  const good = count((answer) =>
    kind === 'scale' ? Number(answer) >= GOOD_SCORE : kind === 'yesNo' ? answer === true : answer === choice,
  );
  const n = given.length;
  return {
    asked,
    choice,
    answered: n,
    scores: when(kind === 'scale', () => SCORES.map((score) => count((answer) => answer === score))),
    yes: when(kind === 'yesNo', () => good),
    no: when(kind === 'yesNo', () => n - good),
    chosen: when(kind === 'choice', () => good),
    mean:
      kind === 'scale' && n > 0 ? given.reduce<number>((sum, answer) => sum + Number(answer), 0) / n : null,
    share: n > 0 ? good / n : null,
  };
}
