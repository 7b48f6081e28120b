import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { SurveyDraft, SurveyForm } from '#shared/contract/surveys.ts';
import { answersOf } from '#shared/figures/survey-score.ts';
import type { RecordOf } from '#shared/model/model.ts';
import { unfinishedRule } from '#shared/model/survey-answers.ts';
import { responsesOf, surveySession, surveySheet, type SurveySession } from '../store/survey-queries.ts';
import { dayOf, mustBeLive, writeRecord, type Deps } from './deps.ts';

type Methods = 'surveys.form' | 'surveys.list' | 'surveys.draft' | 'surveys.discard' | 'surveys.answer';

export function surveyHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'surveys.form': ({ session }) => form(deps, session),
    'surveys.list': ({ session }) => responsesOf(deps.store.db, mustHaveSession(deps, session).id),
    'surveys.draft': ({ response }) => draft(deps, response),
    'surveys.discard': ({ response }) => discard(deps, response),
    'surveys.answer': (input) => answer(deps, input),
  };
}

type Answers = SurveyDraft['answers'];

/** A response as far as it was recorded. */
export type Begun = Partial<
  Pick<RecordOf<'surveyResponse'>, 'template' | 'mode' | 'store' | 'consentedAt'>
> & {
  readonly session: string | null;
  readonly answers: Answers;
  readonly submitted: boolean;
};

/** The response, or undefined when nothing was recorded under the id or it was thrown away. */
export function begunResponse({ store }: Deps, response: string): Begun | undefined {
  const fields = store.projector.table('surveyResponse').get(response)?.fields;
  if (!fields || fields['deleted'] === true) return undefined;
  const { session, template, mode, store: shop, consentedAt, answers, submittedAt } = fields;
  return {
    ...({ template, mode, store: shop, consentedAt } as Partial<Begun>),
    session: (session ?? null) as string | null,
    answers: answersOf(answers ?? null) as Answers,
    submitted: (submittedAt ?? null) !== null,
  };
}

export function mustHaveSession({ store }: Deps, id: string): SurveySession {
  const session = surveySession(store.db, id);
  if (!session) throw new Refusal('NOT_FOUND', { entity: 'session', id });
  return session;
}

/** The draft under an id; refuses with NOT_FOUND, also for what is handed in: it takes no late answers. */
export function mustBeDraft(deps: Deps, response: string): Begun {
  const begun = begunResponse(deps, response);
  if (!begun || begun.submitted) throw new Refusal('NOT_FOUND', { entity: 'surveyResponse', id: response });
  return begun;
}

/** The survey of the session's programme. Individual answers are not part of it. */
function form(deps: Deps, id: string): SurveyForm {
  const { template, unfinished, responses, ...session } = mustHaveSession(deps, id);
  const sheet = surveySheet(deps.store.db, template);
  return { session, template: sheet, rule: unfinishedRule(unfinished), responses };
}

/** What a merchant typed into the laptop is not for the trainer's eyes, finished or not. */
function draft(deps: Deps, response: string): SurveyDraft {
  const begun = mustBeDraft(deps, response);
  if (begun.mode !== 'interview' && begun.mode !== 'paper') {
    throw new Refusal('NOT_FOUND', { entity: 'surveyResponse', id: response });
  }
  const shop = begun.store ? deps.store.projector.table('store').get(begun.store)?.fields : undefined;
  return {
    response,
    template: surveySheet(deps.store.db, begun.template ?? null),
    mode: begun.mode,
    store: shop ? { id: begun.store!, name: String(shop['name'] ?? '') } : null,
    answers: begun.answers,
    consented: (begun.consentedAt ?? null) !== null,
  };
}

function discard(deps: Deps, response: string): null {
  mustBeDraft(deps, response);
  writeRecord(deps, 'surveyResponse', response, { deleted: true });
  return null;
}

function answer(deps: Deps, input: CheckedOf<'surveys.answer'>): null {
  const { response, session, store, template, mode, answers, consented, submitted, givenOn } = input;
  mustBeLive(deps, 'session', session);
  const before = begunResponse(deps, response);
  if (before?.submitted) throw new Refusal('INVALID_INPUT', { at: 'response', reason: 'submitted' });
  const now = deps.now();
  if (givenOn !== undefined && givenOn > dayOf(now)) {
    throw new Refusal('INVALID_INPUT', { at: 'givenOn', reason: 'a day that has not come yet' });
  }
  writeRecord(deps, 'surveyResponse', response, {
    session,
    template: before?.template ?? template,
    mode,
    answers,
    store,
    ...(consented === undefined ? {} : { consentedAt: consentTime(before, consented, now) }),
    ...(submitted ? { submittedAt: givenAt(givenOn, now) } : {}),
  });
  return null;
}

function consentTime(before: Begun | undefined, consented: boolean, now: number): string | null {
  return consented ? (before?.consentedAt ?? new Date(now).toISOString()) : null;
}

/** When an answer was given. Of a sheet from another day nobody knows the hour: noon in Seoul stands for it. */
function givenAt(day: string | undefined, now: number): string {
  return day === undefined || day === dayOf(now) ? new Date(now).toISOString() : `${day}T03:00:00.000Z`;
}
