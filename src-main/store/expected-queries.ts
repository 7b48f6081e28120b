import type { HeldSession } from '#shared/desk/expected.ts';
import type { Db } from './sqlite.ts';

/** A session that may be late, with what is told of it. */
export interface PastSession extends HeldSession {
  readonly id: string;
  readonly title: string;
  readonly site: string | null;
  /** Ids of people. */
  readonly trainers: readonly string[];
}

/** What a session has brought, as the rule of lateness counts it. */
const CAME = `EXISTS (SELECT 1 FROM live_attendance a WHERE a.session = e.id AND a.status IS NOT NULL)
  OR EXISTS (SELECT 1 FROM live_visit v WHERE v.session = e.id)
  OR EXISTS (SELECT 1 FROM live_surveyResponse r WHERE r.session = e.id AND r.submittedAt IS NOT NULL)`;

/**
 * Sessions up to a day that can be late, the longest ago first: those not closed, and those of which nothing came. Whether
 * they are says the rule in src-shared/desk/expected.ts; nearly all sessions of a season are none of the two.
 */
export function pastSessions(db: Db, upTo: string): PastSession[] {
  const rows = db
    .prepare(
      `SELECT e.id, coalesce(e.title, '') AS title, e."date", e.kind, e.status, e.trainers, t.name AS site,
         (SELECT count(*) FROM live_attendance a WHERE a.session = e.id AND a.status IS NOT NULL) AS marks,
         (SELECT count(*) FROM live_visit v WHERE v.session = e.id) AS visits,
         (SELECT count(*) FROM live_surveyResponse r WHERE r.session = e.id AND r.submittedAt IS NOT NULL) AS responses,
         g.surveyTemplate IS NOT NULL AS hasSurvey
       FROM live_session e LEFT JOIN live_site t ON t.id = e.site LEFT JOIN live_program g ON g.id = e.program
       WHERE e."date" <= ? AND (e.status IS NOT 'closed' OR NOT (${CAME}))
       ORDER BY e."date", e.id`,
    )
    .all(upTo) as (Omit<PastSession, 'trainers' | 'hasSurvey'> & {
    trainers: string | null;
    hasSurvey: number;
  })[];
  return rows.map((row) => ({
    ...row,
    hasSurvey: row.hasSurvey === 1,
    trainers: idsIn(row.trainers),
  }));
}

/** A list of another shape, which only a forged file can bring, names nobody. */
function idsIn(json: string | null): string[] {
  const value: unknown = json === null ? [] : JSON.parse(json);
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}
