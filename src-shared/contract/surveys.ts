import { z } from 'zod';
import { model } from '../model/model.ts';
import type { SurveyQuestion } from '../model/templates.ts';
import { call } from './call.ts';
import { codesOf } from './sessions.ts';
import { id } from './shapes.ts';

export interface SurveyForm {
  session: { id: string; title: string };
  template: { id: string; name: string; version: number; questions: SurveyQuestion[] } | null;
  /** How many have answered in this session. */
  responses: number;
}

export const surveys = {
  /** The questions to ask in a session: those of its programme. */
  'surveys.form': call<SurveyForm>()(z.strictObject({ session: id })),
  /**
   * Keeps the answers given so far under a response id chosen by the caller, so that nothing is lost when the laptop
   * closes; `submitted` ends it. An unanswered question is left out.
   */
  'surveys.answer': call<null>()(
    z.strictObject({
      response: id,
      session: id,
      store: id.optional(),
      template: id,
      mode: z.enum(codesOf(model.surveyResponse.fields.mode)),
      answers: z.record(z.string(), z.union([z.int(), z.boolean(), z.string().max(10_000)])),
      submitted: z.boolean().default(false),
    }),
  ),
};
