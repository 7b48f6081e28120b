import type { ResponseRow, SurveySheet } from '#shared/contract/surveys.ts';
import { surveyQuestions } from '#shared/model/templates.ts';
import { named } from './session-queries.ts';
import type { Db } from './sqlite.ts';

type Row = Record<string, string | number | null>;

/** The answers as figures take them: where their words were destroyed, what was left of them. */
export const COUNTED_ANSWERS = 'coalesce(answers, counted) AS answers';

/** A session with what its survey needs; undefined when it is not here. */
export interface SurveySession {
  readonly id: string;
  readonly title: string;
  readonly date: string | null;
  readonly site: { id: string; name: string } | null;
  /** The program's present template, which may not be here. */
  readonly template: string | null;
  readonly unfinished: string | null;
  readonly responses: number;
}

export function surveySession(db: Db, session: string): SurveySession | undefined {
  const row = db
    .prepare(
      `SELECT s.id, s.title, s."date", t.id AS siteId, t.name AS siteName, v.id AS template, p.unfinishedSurveys,
         (SELECT count(*) FROM live_surveyResponse r WHERE r.session = s.id AND r.submittedAt IS NOT NULL) AS responses
       FROM live_session s LEFT JOIN live_program p ON p.id = s.program LEFT JOIN live_site t ON t.id = s.site
       LEFT JOIN live_surveyTemplate v ON v.id = p.surveyTemplate WHERE s.id = ?`,
    )
    .get(session) as Row | undefined;
  return (
    row && {
      id: String(row['id']),
      title: String(row['title'] ?? ''),
      date: row['date'] as string | null,
      site: named(row, 'site'),
      template: row['template'] as string | null,
      unfinished: row['unfinishedSurveys'] as string | null,
      responses: Number(row['responses']),
    }
  );
}

/** A template by its id; a deleted one still says what the answers under it mean. */
export function surveySheet(db: Db, template: string | null): SurveySheet | null {
  const row = db
    .prepare('SELECT id, name, version, questions, consentText FROM r_surveyTemplate WHERE id = ?')
    .get(template) as Row | undefined;
  if (!row) return null;
  const consentText = String(row['consentText'] ?? '').trim();
  return {
    id: String(row['id']),
    name: String(row['name'] ?? ''),
    version: Number(row['version'] ?? 1),
    questions: row['questions'] === null ? [] : surveyQuestions(JSON.parse(String(row['questions']))),
    consentText: consentText === '' ? null : consentText,
  };
}

/** Drafts first, then what was handed in, the newest first. Answers are not among the columns. */
export function responsesOf(db: Db, session: string): ResponseRow[] {
  const rows = db
    .prepare(
      `SELECT r.id, r.submittedAt, r.mode, s.id AS storeId, s.name AS storeName
       FROM live_surveyResponse r LEFT JOIN live_store s ON s.id = r.store WHERE r.session = ?
       ORDER BY r.submittedAt IS NOT NULL, r.submittedAt DESC, r.id DESC`,
    )
    .all(session) as Row[];
  return rows.map((row) => ({
    id: String(row['id']),
    submittedAt: row['submittedAt'] as string | null,
    mode: row['mode'] as ResponseRow['mode'],
    store: named(row, 'store'),
  }));
}
