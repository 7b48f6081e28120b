import { isWithin, realDay, seoulDay } from './days.ts';
import type {
  AttendanceRow,
  FigureRows,
  PersonRow,
  SessionRow,
  SurveyResponseRow,
  VisitRow,
} from './rows.ts';
import { onlyOnce, type Mark, type Scope } from './scope.ts';
import { surveyScorer } from './survey-score.ts';

/** A person at a session; a session that nobody was entered for has one row without a person. */
export interface AttendanceFact<
  S extends SessionRow = SessionRow,
  A extends AttendanceRow = AttendanceRow,
  P extends PersonRow = PersonRow,
> {
  readonly session: S;
  readonly attendance: A | null;
  readonly person: P | null;
  readonly program: string | null;
  /** 1 in the first row of each session. */
  readonly sessionOnce: Mark;
  /** 1 where a merchant was present or late at a class for the first time. */
  readonly merchantInTotal: Mark;
  readonly merchantInProgram: Mark;
}

/** Sessions of the period with those who were there. Attendance of an unknown session is nothing yet: no kind, no date. */
export function attendanceFacts<S extends SessionRow, A extends AttendanceRow, P extends PersonRow>(
  rows: FigureRows & {
    readonly sessions: readonly S[];
    readonly attendance: readonly A[];
    readonly people: readonly P[];
  },
  scope: Scope,
): AttendanceFact<S, A, P>[] {
  const people = new Map<string, P>();
  for (const person of rows.people as readonly P[]) people.set(person.id, person);
  const bySession = new Map<string, A[]>();
  for (const row of rows.attendance) {
    if (row.session === null || (row.person !== null && rows.deleted.people.has(row.person))) continue;
    const list = bySession.get(row.session);
    if (list) list.push(row);
    else bySession.set(row.session, [row]);
  }
  const firstInTotal = onlyOnce();
  const firstInProgram = onlyOnce();
  const facts: AttendanceFact<S, A, P>[] = [];
  for (const session of rows.sessions) {
    const program = scope.knownProgram(session.program);
    if (!scope.keeps(program) || !isWithin(realDay(session.date), scope.period)) continue;
    const list: (A | null)[] = bySession.get(session.id) ?? [null];
    list.forEach((attendance, index) => {
      const person: P | null = (attendance?.person && people.get(attendance.person)) || null;
      const trained =
        person?.kind === 'merchant' &&
        session.kind === 'class' &&
        (attendance?.status === 'present' || attendance?.status === 'late');
      facts.push({
        session,
        attendance,
        person,
        program,
        sessionOnce: index === 0 ? 1 : 0,
        merchantInTotal: trained ? firstInTotal(person.id) : 0,
        merchantInProgram: trained && program !== null ? firstInProgram(person.id, program) : 0,
      });
    });
  }
  return facts;
}

export interface VisitFact<V extends VisitRow = VisitRow> {
  readonly row: V;
  readonly program: string | null;
}

export function visitFacts<V extends VisitRow>(
  rows: FigureRows & { readonly visits: readonly V[] },
  scope: Scope,
): VisitFact<V>[] {
  const facts: VisitFact<V>[] = [];
  for (const row of rows.visits) {
    if (isOfDeleted(row, rows)) continue;
    const program = scope.programOfSession(row.session);
    if (scope.keeps(program) && isWithin(realDay(row.date), scope.period)) facts.push({ row, program });
  }
  return facts;
}

export interface ResponseFact<R extends SurveyResponseRow = SurveyResponseRow> {
  readonly row: R;
  readonly program: string | null;
  /** The day of submission in Seoul. */
  readonly day: string | null;
  /** The mean of this response's 5-point answers; null without any. */
  readonly mean: number | null;
  /** 1 yes, 0 no to the helpful question; null when not answered. */
  readonly helpful: Mark | null;
}

/** Responses that were handed in. */
export function responseFacts<R extends SurveyResponseRow>(
  rows: FigureRows & { readonly surveyResponses: readonly R[] },
  scope: Scope,
): ResponseFact<R>[] {
  const score = surveyScorer(rows.surveyTemplates);
  const facts: ResponseFact<R>[] = [];
  for (const row of rows.surveyResponses) {
    if (row.submittedAt === null || isOfDeleted(row, rows)) continue;
    const program = scope.programOfSession(row.session);
    const day = seoulDay(row.submittedAt);
    if (scope.keeps(program) && isWithin(day, scope.period)) facts.push({ row, program, day, ...score(row) });
  }
  return facts;
}

function isOfDeleted(
  row: { session: string | null; store: string | null },
  { deleted }: FigureRows,
): boolean {
  return (
    (row.session !== null && deleted.sessions.has(row.session)) ||
    (row.store !== null && deleted.stores.has(row.store))
  );
}
