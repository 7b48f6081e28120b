import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { SurveyForm } from '#shared/contract/surveys.ts';
import { surveyQuestions } from '#shared/model/templates.ts';
import { mustBeLive, writeRecord, type Deps } from './deps.ts';

export function surveyHandlers(deps: Deps): Pick<Handlers, 'surveys.form' | 'surveys.answer'> {
  return {
    'surveys.form': ({ session }) => form(deps, session),
    'surveys.answer': (input) => answer(deps, input),
  };
}

/** The survey of the session's programme. Individual answers are not part of it. */
function form({ store }: Deps, session: string): SurveyForm {
  const row = store.db
    .prepare(
      `SELECT s.id, coalesce(s.title, '') AS title, t.id AS template, coalesce(t.name, '') AS name, t.version, t.questions,
         (SELECT count(*) FROM live_surveyResponse r WHERE r.session = s.id AND r.submittedAt IS NOT NULL) AS responses
       FROM live_session s LEFT JOIN live_program p ON p.id = s.program
       LEFT JOIN live_surveyTemplate t ON t.id = p.surveyTemplate WHERE s.id = ?`,
    )
    .get(session) as
    | {
        id: string;
        title: string;
        template: string | null;
        name: string;
        version: number | null;
        questions: string | null;
        responses: number;
      }
    | undefined;
  if (!row) throw new Refusal('NOT_FOUND', { entity: 'session', id: session });
  const questions = row.questions === null ? [] : surveyQuestions(JSON.parse(row.questions));
  return {
    session: { id: row.id, title: row.title },
    template:
      row.template === null
        ? null
        : { id: row.template, name: row.name, version: row.version ?? 1, questions },
    responses: row.responses,
  };
}

function answer(deps: Deps, input: CheckedOf<'surveys.answer'>): null {
  const { response, session, store, template, mode, answers, submitted } = input;
  mustBeLive(deps, 'session', session);
  const before = deps.store.projector.table('surveyResponse').get(response)?.fields;
  if (before?.['submittedAt'] !== undefined) {
    throw new Refusal('INVALID_INPUT', { at: 'response', reason: 'submitted' });
  }
  writeRecord(deps, 'surveyResponse', response, {
    session,
    // Answers given so far mean what the questions meant: a response that was begun stays with its template.
    template: (before?.['template'] as string | undefined) ?? template,
    mode,
    answers,
    ...(store === undefined ? {} : { store }),
    ...(submitted ? { submittedAt: new Date(deps.now()).toISOString() } : {}),
  });
  return null;
}
