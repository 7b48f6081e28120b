import { z } from 'zod';
import type { SurveyEnding, UnfinishedRule } from '../model/survey-answers.ts';
import { call } from './call.ts';
import { answers, type SurveySheet } from './surveys.ts';
import { id, none } from './shapes.ts';

/** The survey in a merchant's hands. */
export interface HandoverView {
  session: { id: string; title: string };
  /** The questions to show; null when the program has none any more. */
  template: SurveySheet | null;
  rule: UnfinishedRule;
  /** Whether the way out asks for the PIN. */
  pin: boolean;
  /** The response that is under way; null before anybody began. */
  current: HandoverDraft | null;
}

export interface HandoverDraft {
  response: string;
  /** Without those given before the laptop went back to the trainer: they are kept, and not shown again. */
  answers: Record<string, number | boolean | string>;
  /** How many those are. */
  sealed: number;
  /** The question that stood on screen, or `review`; null at the beginning. */
  at: string | null;
}

const current = { response: id, answers, at: z.string().max(200).nullable().default(null) };

/**
 * While a survey is handed over, a window's core answers these calls, `app.status` and `pin.status` only. Where it
 * stands is durable: a program that was killed opens into the survey again.
 */
export const handover = {
  'handover.get': call<HandoverView | null>()(none),
  /** Hands over; `response` takes up one that was begun. Refused with PIN_NEEDED until a PIN is set or declined. */
  'handover.start': call<HandoverView>()(
    z.strictObject({ session: id, store: id.optional(), response: id.optional() }),
  ),
  /** The next merchant begins; `consented` where the form asks for it. Nothing is recorded before the first answer. */
  'handover.begin': call<HandoverView>()(z.strictObject({ consented: z.boolean().default(false) })),
  'handover.answer': call<null>()(z.strictObject(current)),
  /** Hands the response in, complete or not, and makes room for the next merchant. */
  'handover.submit': call<{ ending: SurveyEnding }>()(z.strictObject(current)),
  /** The merchant stopped or walked away: what is complete is handed in, the rest follows the program's rule. */
  'handover.stop': call<{ ending: SurveyEnding }>()(z.strictObject({ response: id })),
  /** Gives the laptop back to the trainer. What was begun stays as a draft. */
  'handover.end': call<null>()(z.strictObject({ pin: z.string().max(20).optional() })),
};
