import { attendanceGap, type MarkedSession } from '#shared/desk/attendance-gaps.ts';
import { faultOfDay } from '#shared/desk/dates.ts';
import { seoulDay } from '#shared/figures/days.ts';
import { listed, perQuestion, type DataQuestion, type Found, type Line, type Reading } from './line.ts';

interface SessionRow extends MarkedSession {
  readonly id: string;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}

/** The latest first. */
const sessions = perQuestion(
  ({ db }, { program }): SessionRow[] =>
    db
      .prepare(
        `SELECT e.id, e."date", e.kind, g.startsOn, g.endsOn, count(a.id) AS roster, count(a.status) AS marks
         FROM live_session e LEFT JOIN live_attendance a ON a.session = e.id
         LEFT JOIN live_program g ON g.id = e.program
         WHERE @program IS NULL OR g.id = @program
         GROUP BY e.id ORDER BY e."date" DESC, e.id DESC`,
      )
      .all({ program }) as SessionRow[],
);

export const noAttendance: Line = listed((store, question) => gaps(store, question, 'nobodyMarked'));
export const unmarked: Line = listed((store, question) => gaps(store, question, 'someUnmarked'));

function gaps(store: Reading, question: DataQuestion, wanted: 'nobodyMarked' | 'someUnmarked'): Found[] {
  return sessions(store, question)
    .filter((session) => attendanceGap(session, question.today) === wanted)
    .map(({ id, roster, marks }) => ({
      entity: 'session',
      id,
      findings: [{ what: wanted, n: roster - marks, of: roster }],
      screen: { at: 'session', id, part: 'attendance' },
    }));
}

/** A mark is of the day of its session, and its signature of the moment at which it was given. */
export const attendanceDates: Line = listed((store, question) => {
  const known = new Map(sessions(store, question).map((session) => [session.id, session]));
  const marks = store.db
    .prepare('SELECT id, session, person, signedAt FROM live_attendance WHERE status IS NOT NULL')
    .raw()
    .all() as [id: string, session: string | null, person: string | null, signedAt: string | null][];
  const isGone = store.db.prepare('SELECT 1 FROM r_person WHERE id = ? AND deleted = 1');
  return marks.flatMap(([id, session, person, signedAt]): Found[] => {
    const of = known.get(session ?? '');
    if (!of) return [];
    for (const day of [of.date, seoulDay(signedAt)]) {
      const fault = faultOfDay(day, { startsOn: of.startsOn, endsOn: of.endsOn, today: question.today });
      if (fault === null || isGone.get(person)) continue;
      const screen = { at: 'session', id: of.id, part: 'attendance' } as const;
      return [{ entity: 'attendance', id, findings: [{ what: 'date', fault, day: day! }], screen }];
    }
    return [];
  });
});
