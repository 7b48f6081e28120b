import { faultOfDay } from '#shared/desk/dates.ts';
import { openScores } from '#shared/desk/survey-gaps.ts';
import { realDay } from '#shared/figures/days.ts';
import type { FigureRows, SessionRow, SiteRow, SurveyResponseRow } from '#shared/figures/rows.ts';
import { scopeOf } from '#shared/figures/scope.ts';
import { responseFacts, type ResponseFact } from '#shared/figures/session-facts.ts';
import type { DataScreen } from '#shared/contract/data-state.ts';
import { COUNTED_ANSWERS } from '../survey-queries.ts';
import { listed, perQuestion, type Found, type Line } from './line.ts';

interface Response extends SurveyResponseRow {
  readonly id: string;
}

interface Program {
  readonly id: string;
  readonly name: string | null;
  readonly kind: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly minimumRespondents: number | null;
}

/** Rows as the figures have them, with no more tables than the responses need. */
interface SurveyRows extends FigureRows {
  readonly programs: readonly Program[];
  readonly surveyResponses: readonly Response[];
}

/** Deleted ones that a response names: among 66,000 shops, looking for all that are deleted takes longer. */
const DELETED = `SELECT DISTINCT o.id FROM live_surveyResponse r JOIN r_? o ON o.id = r.? WHERE o.deleted = 1`;

/** The responses that the figures count, by the figures' own rule, and the rows that they were counted from. */
const gather = perQuestion(({ db }, { program }): { rows: SurveyRows; facts: ResponseFact<Response>[] } => {
  const all = (sql: string): unknown[] => db.prepare(sql).all();
  const ids = (sql: string) => new Set(db.prepare(sql).pluck().all() as string[]);
  const parsed = (list: unknown[], column: string) =>
    (list as Record<string, unknown>[]).map((row) => ({
      ...row,
      [column]: typeof row[column] === 'string' ? (JSON.parse(row[column]) as unknown) : null,
    }));
  const rows: SurveyRows = {
    programs: all(
      'SELECT id, name, kind, startsOn, endsOn, minimumRespondents FROM live_program',
    ) as Program[],
    sites: all('SELECT id, program, kind FROM live_site ORDER BY name, id') as SiteRow[],
    sessions: all('SELECT id, program, site, kind, "date" FROM live_session') as SessionRow[],
    surveyTemplates: parsed(all('SELECT id, questions FROM r_surveyTemplate'), 'questions') as never,
    surveyResponses: parsed(
      all(
        `SELECT id, session, store, template, submittedAt, ${COUNTED_ANSWERS} FROM live_surveyResponse ORDER BY submittedAt DESC, id`,
      ),
      'answers',
    ) as unknown as Response[],
    ...{ stores: [], matches: [], people: [], attendance: [], visits: [] },
    ...{ friendReadings: [], grants: [], awards: [] },
    deleted: {
      sites: new Set(),
      stores: ids(DELETED.replaceAll('?', 'store')),
      sessions: ids(DELETED.replaceAll('?', 'session')),
      people: new Set(),
    },
  };
  const scope = scopeOf(rows, program === null ? {} : { program });
  return { rows, facts: responseFacts(rows, scope) };
});

/** Answers are nobody's to look at: the row leads to the survey of its session. */
function surveyOf(session: string | null): DataScreen | null {
  return session === null ? null : { at: 'session', id: session, part: 'survey' };
}

export const answersMissing: Line = listed((store, question) => {
  const { rows, facts } = gather(store, question);
  const questions = new Map(rows.surveyTemplates.map((template) => [template.id, template.questions]));
  return facts.flatMap(({ row }): Found[] => {
    const scores = row.template === null ? null : openScores(questions.get(row.template), row.answers);
    if (!scores || scores.open === 0) return [];
    return [
      {
        entity: 'surveyResponse',
        id: row.id,
        findings: [{ what: 'answersOpen', n: scores.open, of: scores.of }],
        screen: surveyOf(row.session),
      },
    ];
  });
});

export const responseDates: Line = listed((store, question) => {
  const { rows, facts } = gather(store, question);
  const programs = new Map(rows.programs.map((program) => [program.id, program]));
  return facts.flatMap(({ row, program, day }): Found[] => {
    const { startsOn, endsOn } = (program !== null && programs.get(program)) || {};
    // A time that is none has no day either, but it was handed in.
    const fault = day === null ? 'noSuchDay' : faultOfDay(day, { today: question.today, startsOn, endsOn });
    if (fault === null) return [];
    return [
      {
        entity: 'surveyResponse',
        id: row.id,
        findings: [{ what: 'date', fault, day: day ?? row.submittedAt!.slice(0, 10) }],
        screen: surveyOf(row.session),
      },
    ];
  });
});

/**
 * Programmes that have held a session, and sites that have held a class, with fewer responses than the programme's minimum.
 * A programme that has set none has nothing to fall short of.
 */
export const underMinimum: Line = listed((store, question) => {
  const { rows, facts } = gather(store, question);
  const sessions = new Map(rows.sessions.map((session) => [session.id, session]));
  const byProgram = countBy(facts, ({ program }) => program);
  const bySite = countBy(facts, ({ row }) => (row.session && sessions.get(row.session)?.site) || null);
  const held = rows.sessions.filter(({ date }) => realDay(date) !== null && date! < question.today);
  const heldBy = new Set(held.map(({ program }) => program));
  const classes = new Map(
    held
      .filter(({ kind }) => kind === 'class')
      .sort((a, b) => (a.date! < b.date! ? -1 : 1))
      .map(({ site, id }) => [site, id]),
  );
  const found: Found[] = [];
  for (const program of rows.programs) {
    const least = program.minimumRespondents;
    if (least === null || (question.program !== null && program.id !== question.program)) continue;
    const n = byProgram.get(program.id) ?? 0;
    if (heldBy.has(program.id) && n < least) {
      found.push({
        entity: 'program',
        id: program.id,
        findings: [{ what: 'responses', n, least }],
        screen: { at: 'program', id: program.id },
      });
    }
    for (const site of rows.sites) {
      const last = classes.get(site.id);
      const atSite = bySite.get(site.id) ?? 0;
      if (site.program !== program.id || last === undefined || atSite >= least) continue;
      found.push({
        entity: 'site',
        id: site.id,
        findings: [{ what: 'responses', n: atSite, least }],
        screen: surveyOf(last),
      });
    }
  }
  return found;
});

function countBy<T>(list: readonly T[], keyOf: (item: T) => string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of list) {
    const key = keyOf(item);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
