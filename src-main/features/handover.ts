import type { CheckedOf, Handlers, Method } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { HandoverDraft, HandoverView } from '#shared/contract/handover.ts';
import type { SurveySheet } from '#shared/contract/surveys.ts';
import { endingOf, unfinishedRule, type SurveyEnding } from '#shared/model/survey-answers.ts';
import { surveySheet } from '../store/survey-queries.ts';
import { transaction } from '../store/sqlite.ts';
import { freshId, mustBeLive, type Deps } from './deps.ts';
import { currentHandover, writeHandover, type Handover } from './handover-state.ts';
import { unlockWindow } from './lock.ts';
import { checkPin, hasPin, pinStatus } from './pin.ts';
import { begunResponse, mustBeDraft, mustHaveSession } from './surveys.ts';

type Methods = Extract<Method, `handover.${string}`>;
type Answers = HandoverDraft['answers'];

export function handoverHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'handover.get': () => {
      const state = currentHandover(deps.store);
      return state && viewOf(deps, state);
    },
    'handover.start': (input) => start(deps, input),
    'handover.begin': ({ consented }) => begin(deps, consented),
    'handover.answer': (input) => answer(deps, input),
    'handover.submit': (input) => submit(deps, input),
    'handover.stop': ({ response }) => stop(deps, response),
    'handover.end': ({ pin }) => end(deps, pin),
  };
}

function start(deps: Deps, { session, store, response }: CheckedOf<'handover.start'>): HandoverView {
  mustHaveSession(deps, session);
  if (store !== undefined) mustBeLive(deps, 'store', store);
  if (!hasPin(deps) && pinStatus(deps).wanted) throw new Refusal('PIN_NEEDED');
  const draft = response === undefined ? undefined : mustBeDraft(deps, response);
  if (draft && (draft.session !== session || draft.mode !== 'handover')) {
    throw new Refusal('NOT_FOUND', { entity: 'surveyResponse', id: response! });
  }
  const state: Handover = {
    session,
    ...(store === undefined ? {} : { store }),
    // Whoever has the laptop now may be the trainer: what the merchant gave before is kept, and not shown again.
    ...(draft && response ? { response, sealed: Object.keys(draft.answers) } : {}),
  };
  return become(deps, state);
}

function begin(deps: Deps, consented: boolean): HandoverView {
  const { session, store, ...state } = mustBeHandedOver(deps);
  // Begun in another window meanwhile: both go on with the same one.
  if (state.response !== undefined) return viewOf(deps, { session, ...state });
  if (!consented && sheetOf(deps, { session })?.consentText) {
    throw new Refusal('INVALID_INPUT', { at: 'consented', reason: 'the form asks for consent' });
  }
  return become(deps, {
    session,
    ...(store === undefined ? {} : { store }),
    response: freshId(deps),
    ...(consented ? { consentedAt: new Date(deps.now()).toISOString() } : {}),
  });
}

function answer(deps: Deps, { response, answers, at }: CheckedOf<'handover.answer'>): null {
  const state = mustBeCurrent(deps, response);
  transaction(deps.store.db, () => {
    record(deps, state, response, answers);
    writeHandover(deps.store, { ...state, at });
  });
  deps.tell({ kind: 'changed', entities: ['surveyResponse'] });
  return null;
}

function submit(deps: Deps, { response, answers }: CheckedOf<'handover.submit'>): { ending: SurveyEnding } {
  const state = mustBeHandedOver(deps);
  // The answer to the first try was lost on its way: it is handed in already.
  if (state.response !== response) return { ending: endedAs(deps, response) };
  return finish(deps, state, response, () => {
    const given = record(deps, state, response, answers);
    return Object.keys(given).length === 0 ? 'nothing' : 'submitted';
  });
}

function stop(deps: Deps, response: string): { ending: SurveyEnding } {
  const state = mustBeHandedOver(deps);
  if (state.response !== response) return { ending: endedAs(deps, response) };
  const { unfinished } = mustHaveSession(deps, state.session);
  const given = begunResponse(deps, response)?.answers ?? {};
  const { questions } = sheetOf(deps, state) ?? { questions: [] };
  return finish(deps, state, response, () => endingOf(questions, given, unfinishedRule(unfinished)));
}

function end(deps: Deps, pin: string | undefined): null {
  mustBeHandedOver(deps);
  checkPin(deps, pin);
  writeHandover(deps.store, null);
  // A lock that came meanwhile asks for the same PIN; without one it shows now.
  if (hasPin(deps)) unlockWindow(deps);
  deps.tell({ kind: 'changed', entities: ['surveyResponse'] });
  return null;
}

/** Ends the response and makes room for the next merchant, in one transaction. */
function finish(
  deps: Deps,
  { session, store }: Handover,
  response: string,
  settle: () => SurveyEnding,
): { ending: SurveyEnding } {
  const ending = transaction(deps.store.db, () => {
    const how = settle();
    const set = how === 'submitted' ? { submittedAt: new Date(deps.now()).toISOString() } : { deleted: true };
    if (how !== 'nothing') deps.store.log.write([{ entity: 'surveyResponse', id: response, set }]);
    // Only the first to answer comes from the shop that the laptop was handed over in.
    writeHandover(deps.store, how === 'submitted' || store === undefined ? { session } : { session, store });
    return how;
  });
  deps.tell({ kind: 'changed', entities: ['surveyResponse'] });
  return { ending };
}

/** Writes the answers on screen together with those that are sealed; nothing while there are none at all. */
function record(deps: Deps, state: Handover, response: string, answers: Answers): Answers {
  const before = begunResponse(deps, response);
  const sealed = Object.entries(before?.answers ?? {}).filter(([key]) => state.sealed?.includes(key));
  const given = { ...answers, ...Object.fromEntries(sealed) };
  if (Object.keys(given).length === 0 && !before) return given;
  const set = {
    session: state.session,
    template: before?.template ?? sheetOf(deps, state)?.id ?? null,
    mode: 'handover',
    answers: given,
    ...(state.store === undefined ? {} : { store: state.store }),
    ...(state.consentedAt === undefined ? {} : { consentedAt: state.consentedAt }),
  };
  deps.store.log.write([{ entity: 'surveyResponse', id: response, set }]);
  return given;
}

function viewOf(deps: Deps, state: Handover): HandoverView {
  const { id, title, unfinished } = mustHaveSession(deps, state.session);
  const sheet = sheetOf(deps, state);
  const isOpen = ({ key }: { key: string }): boolean => !state.sealed?.includes(key);
  const given = state.response === undefined ? {} : (begunResponse(deps, state.response)?.answers ?? {});
  return {
    session: { id, title },
    template: sheet && { ...sheet, questions: sheet.questions.filter(isOpen) },
    rule: unfinishedRule(unfinished),
    pin: hasPin(deps),
    current:
      state.response === undefined
        ? null
        : {
            response: state.response,
            answers: Object.fromEntries(Object.entries(given).filter(([key]) => isOpen({ key }))),
            sealed: state.sealed?.length ?? 0,
            at: state.at ?? null,
          },
  };
}

/** The form that the response was begun under, else the program's present one. */
function sheetOf(deps: Deps, state: Handover): SurveySheet | null {
  const begun = state.response === undefined ? undefined : begunResponse(deps, state.response);
  const { db } = deps.store;
  return surveySheet(db, begun?.template ?? mustHaveSession(deps, state.session).template);
}

function become(deps: Deps, state: Handover): HandoverView {
  writeHandover(deps.store, state);
  deps.tell({ kind: 'changed', entities: [] });
  return viewOf(deps, state);
}

function mustBeHandedOver({ store }: Deps): Handover {
  const state = currentHandover(store);
  if (!state) throw new Refusal('NOT_HANDED_OVER');
  return state;
}

/** A late word of one merchant must not end up among the answers of the next. */
function mustBeCurrent(deps: Deps, response: string): Handover {
  const state = mustBeHandedOver(deps);
  if (state.response === response) return state;
  throw new Refusal('NOT_FOUND', { entity: 'surveyResponse', id: response });
}

function endedAs(deps: Deps, response: string): SurveyEnding {
  const fields = deps.store.projector.table('surveyResponse').get(response)?.fields;
  if (!fields) return 'nothing';
  if (fields['deleted'] === true) return 'discarded';
  if ((fields['submittedAt'] ?? null) !== null) return 'submitted';
  throw new Refusal('NOT_FOUND', { entity: 'surveyResponse', id: response });
}
