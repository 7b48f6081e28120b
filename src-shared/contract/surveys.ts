import { z } from 'zod';
import { model, type CodeOf } from '../model/model.ts';
import type { SurveyQuestion } from '../model/templates.ts';
import type { UnfinishedRule } from '../model/survey-answers.ts';
import { call } from './call.ts';
import { codesOf } from './sessions.ts';
import { date, id } from './shapes.ts';

/** A survey form in one version; answers belong to the version that they were given to. */
export interface SurveySheet {
  id: string;
  name: string;
  version: number;
  questions: SurveyQuestion[];
  /** What to agree to before the first question; null asks nothing. */
  consentText: string | null;
}

export interface SurveyForm {
  session: {
    id: string;
    title: string;
    date: string | null;
    site: { id: string; name: string } | null;
  };
  template: SurveySheet | null;
  rule: UnfinishedRule;
  /** How many have answered in this session. */
  responses: number;
}

/** That somebody answered, never what. */
export interface ResponseRow {
  id: string;
  /** Null for a draft. */
  submittedAt: string | null;
  mode: CodeOf<'surveyResponse', 'mode'> | null;
  store: { id: string; name: string } | null;
}

/** A response that is being entered by the trainer. */
export interface SurveyDraft {
  response: string;
  template: SurveySheet | null;
  mode: 'interview' | 'paper';
  store: { id: string; name: string } | null;
  answers: Record<string, number | boolean | string>;
  consented: boolean;
}

export const answers = z.record(z.string(), z.union([z.int(), z.boolean(), z.string().max(10_000)]));

export const surveys = {
  /** The questions to ask in a session: those of its programme. */
  'surveys.form': call<SurveyForm>()(z.strictObject({ session: id })),
  /** Who has answered in a session and what was begun, newest first, without a single answer. */
  'surveys.list': call<ResponseRow[]>()(z.strictObject({ session: id })),
  /** A draft of an interview or a paper sheet. Refused once it is handed in, and for one that a merchant typed. */
  'surveys.draft': call<SurveyDraft>()(z.strictObject({ response: id })),
  /** Throws a draft away; what is handed in stays. */
  'surveys.discard': call<null>()(z.strictObject({ response: id })),
  /**
   * Keeps the answers given so far under a response id chosen by the caller, so that nothing is lost when the laptop
   * closes; `submitted` ends it. An unanswered question is left out. A response keeps the template it was begun under.
   * `givenOn` is the day of a paper sheet, today at the latest.
   */
  'surveys.answer': call<null>()(
    z.strictObject({
      response: id,
      session: id,
      store: id.nullish(),
      template: id,
      mode: z.enum(codesOf(model.surveyResponse.fields.mode)),
      answers,
      consented: z.boolean().optional(),
      submitted: z.boolean().default(false),
      givenOn: date.optional(),
    }),
  ),
};
