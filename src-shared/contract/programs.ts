import { z } from 'zod';
import { model } from '../model/model.ts';
import { call } from './call.ts';
import { codesOf } from './sessions.ts';
import { date, id, requiredLine } from './shapes.ts';

const count = z.int().min(0).max(99_999_999).nullish();

export const programs = {
  'programs.create': call<{ id: string }>()(
    z.strictObject({ name: requiredLine, kind: z.enum(codesOf(model.program.fields.kind)) }),
  ),
  /** A template must be here and without faults; what was answered under the one before stays with it. */
  'programs.update': call<null>()(
    z.strictObject({
      id,
      name: requiredLine.optional(),
      startsOn: date.nullish(),
      endsOn: date.nullish(),
      grantPerStore: count,
      goalStores: count,
      goalFriends: count,
      retentionMonths: z.int().min(0).max(600).nullish(),
      minimumRespondents: z.int().min(1).max(10_000).nullish(),
      checklistTemplate: id.nullish(),
      surveyTemplate: id.nullish(),
      unfinishedSurveys: z.enum(codesOf(model.program.fields.unfinishedSurveys)).nullish(),
    }),
  ),
};
