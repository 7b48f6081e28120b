import { realDay } from '../figures/days.ts';

/**
 * What a session should have brought and has not. The rule, in words: docs/desk.md. A trainer makes one file at the end
 * of the day, so the morning after a session its file is expected to be here.
 */

/** Days after a session from which on what is missing is late: from the next day on. */
export const LATE_AFTER_DAYS = 1;

/** What is awaited of a session: marks of attendance, visits, survey responses, and that somebody closed it. */
export const awaitedParts = ['attendance', 'visits', 'responses', 'closing'] as const;
export type Awaited = (typeof awaitedParts)[number];

export interface HeldSession {
  /** YYYY-MM-DD in Asia/Seoul. */
  readonly date: string | null;
  readonly kind: string | null;
  readonly status: string | null;
  /** People marked present, late or absent. */
  readonly marks: number;
  readonly visits: number;
  /** Responses that were handed in. */
  readonly responses: number;
  /** Whether its programme has a survey to be answered. */
  readonly hasSurvey: boolean;
}

export interface Lateness {
  /** Whole days since the session's day, in Asia/Seoul. */
  readonly days: number;
  readonly missing: readonly Awaited[];
}

/**
 * Null while nothing is late: the day is not known, not long enough past, or the session was closed and something of it
 * came from anyone. `today` is YYYY-MM-DD in Asia/Seoul.
 */
export function latenessOf(
  session: HeldSession,
  today: string,
  lateAfter = LATE_AFTER_DAYS,
): Lateness | null {
  const day = realDay(session.date);
  if (day === null) return null;
  const days = daysFrom(day, today);
  if (days < lateAfter) return null;
  const closed = session.status === 'closed';
  const came = session.marks + session.visits + session.responses > 0;
  if (closed && came) return null;
  const lacking = expectedOf(session).filter((part) => countOf(session, part) === 0);
  return { days, missing: closed ? lacking : [...lacking, 'closing'] };
}

type Recorded = Exclude<Awaited, 'closing'>;

/** A session of a kind that this version does not know may bring anything. */
function expectedOf({ kind, hasSurvey }: HeldSession): Recorded[] {
  const responses: Recorded[] = hasSurvey ? ['responses'] : [];
  switch (kind) {
    case 'class':
      return ['attendance', ...responses];
    case 'visitDay':
      return ['visits'];
    case 'sharing':
      return ['attendance'];
    default:
      return ['attendance', 'visits', ...responses];
  }
}

function countOf({ marks, visits, responses }: HeldSession, part: Recorded): number {
  return { attendance: marks, visits, responses }[part];
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days from one day of the calendar to another. */
export function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
