import { attendanceGap, type MarkedSession } from '#shared/desk/attendance-gaps.ts';
import type { Finding } from '#shared/desk/data-lines.ts';
import { faultOfDay, type DateFault } from '#shared/desk/dates.ts';
import { seoulDay } from '#shared/figures/days.ts';
import {
  listed,
  perQuestion,
  remembered,
  type DataQuestion,
  type Found,
  type Line,
  type Reading,
} from './line.ts';

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
  const { today } = question;
  const judged = new Map(
    sessions(store, question).map(({ id, date, startsOn, endsOn }) => {
      const faultOf = (day: string | null) => faultOfDay(day, { today, startsOn, endsOn });
      // Those who sign at a session do so within a few hours: each is judged once.
      const signed = remembered((hour: string) => findingOf(seoulDay(`${hour}:00:00Z`), faultOf));
      return [id, { fault: findingOf(date, faultOf), signed }];
    }),
  );
  const marks = store.db
    .prepare('SELECT id, session, person, signedAt FROM live_attendance WHERE status IS NOT NULL')
    .raw()
    .all() as [id: string, session: string | null, person: string | null, signedAt: string | null][];
  const isGone = store.db.prepare('SELECT 1 FROM r_person WHERE id = ? AND deleted = 1');
  return marks.flatMap(([id, session, person, signedAt]): Found[] => {
    const of = judged.get(session ?? '');
    const finding = of && (of.fault ?? (signedAt === null ? null : of.signed(hourOf(signedAt))));
    if (!finding || isGone.get(person)) return [];
    const screen = { at: 'session', id: session!, part: 'attendance' } as const;
    return [{ entity: 'attendance', id, findings: [finding], screen }];
  });
});

function findingOf(day: string | null, faultOf: (day: string | null) => DateFault | null): Finding | null {
  const fault = faultOf(day);
  return fault === null ? null : { what: 'date', fault, day: day! };
}

/** The hour in UTC of an instant: of all that lie in one, the day in Seoul is the same. */
function hourOf(instant: string): string {
  if (instant.endsWith('Z')) return instant.slice(0, 13);
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 13);
}
