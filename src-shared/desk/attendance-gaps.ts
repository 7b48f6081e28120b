import { realDay } from '../figures/days.ts';

/** A session as far as its marks are concerned. */
export interface MarkedSession {
  /** YYYY-MM-DD in Asia/Seoul. */
  readonly date: string | null;
  readonly kind: string | null;
  /** People on the roster, and those of them marked present, late or absent. */
  readonly roster: number;
  readonly marks: number;
}

/**
 * What the marks of a session lack once its day is past: until then the day's screen says so itself (visiting/missing.ts,
 * by the same count of people without a mark). A day of visits needs no attendance, but who stands on its roster is marked.
 */
export function attendanceGap(
  { date, kind, roster, marks }: MarkedSession,
  today: string,
): 'nobodyMarked' | 'someUnmarked' | null {
  const day = realDay(date);
  if (day === null || day >= today) return null;
  if (marks === 0) return kind === 'class' || kind === 'sharing' ? 'nobodyMarked' : null;
  return marks < roster ? 'someUnmarked' : null;
}
