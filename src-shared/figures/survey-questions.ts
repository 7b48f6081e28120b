import { surveyQuestions, type SurveyQuestion } from '../model/templates.ts';
import type { SurveyResponseRow, SurveyTemplateRow } from './rows.ts';
import { answersOf, isScore } from './survey-score.ts';

/** A question that was asked, in whichever versions of a form. */
export interface AskedQuestion {
  /** question1, question2, …: unique among those asked together. */
  readonly key: string;
  /** The same for the same question, whatever it is asked together with. */
  readonly name: string;
  readonly question: SurveyQuestion;
  /** Ids of the forms that have it. */
  readonly templates: ReadonlySet<string>;
}

/** An answer as it is told: a score, yes or no, one of the choices; null where there is none that counts. */
export type ToldAnswer = number | boolean | string | null;

/**
 * The questions of the forms that were used, the 5-point ones first; free words are no one's to count. The same question
 * in several versions of a form is one.
 */
export function questionsAsked(
  templates: readonly SurveyTemplateRow[],
  responses: readonly Pick<SurveyResponseRow, 'template'>[],
): AskedQuestion[] {
  const used = new Set(responses.map(({ template }) => template));
  const questions = new Map<string, { name: string; question: SurveyQuestion; templates: Set<string> }>();
  for (const template of templates) {
    if (!used.has(template.id)) continue;
    for (const question of surveyQuestions(template.questions)) {
      if (question.kind === 'text') continue;
      const name = [question.kind, question.key, question.label].join('\n');
      const known = questions.get(name);
      if (known) known.templates.add(template.id);
      else questions.set(name, { name, question, templates: new Set([template.id]) });
    }
  }
  return [...questions.values()]
    .sort((a, b) => Number(b.question.kind === 'scale') - Number(a.question.kind === 'scale'))
    .map((one, index) => ({ ...one, key: `question${index + 1}` }));
}

export function answerTo(
  { question, templates }: AskedQuestion,
  { template, answers }: Pick<SurveyResponseRow, 'template' | 'answers'>,
): ToldAnswer {
  if (template === null || !templates.has(template)) return null;
  const answer = answersOf(answers)[question.key];
  if (question.kind === 'scale') return isScore(answer) ? answer : null;
  if (question.kind === 'yesNo') return typeof answer === 'boolean' ? answer : null;
  // A choice that the form does not offer was typed by someone and may say anything.
  return typeof answer === 'string' && (question.choices ?? []).includes(answer) ? answer : null;
}
