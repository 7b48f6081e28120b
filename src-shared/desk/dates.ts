import { realDay } from '../figures/days.ts';

/** Days and times that cannot be right, whoever wrote them. */

/** What is wrong with a day or a stretch of time. */
export type DateFault =
  'noSuchDay' | 'future' | 'beforeProgram' | 'afterProgram' | 'beforeChannels' | 'endedBeforeStarted';

/**
 * Before this day nobody had a channel: it began as Plus Friend (플러스친구) in October 2011, and has been called
 * KakaoTalk Channel since 2019.
 */
export const FIRST_CHANNELS = '2011-10-01';

/** What a day is held against; all days in Asia/Seoul. */
export interface DayBounds {
  readonly today: string;
  /** The programme's days, where what is judged belongs to one. */
  readonly startsOn?: string | null | undefined;
  readonly endsOn?: string | null | undefined;
  /** No day before this one is possible. */
  readonly earliest?: string;
}

/** The first thing that is wrong with a day; null for none, and for no day at all. */
export function faultOfDay(
  day: string | null,
  { today, startsOn, endsOn, earliest }: DayBounds,
): DateFault | null {
  if (day === null) return null;
  if (realDay(day) === null) return 'noSuchDay';
  if (day > today) return 'future';
  if (earliest !== undefined && day < earliest) return 'beforeChannels';
  const [from, to] = [realDay(startsOn ?? null), realDay(endsOn ?? null)];
  // A programme that ends before it begins says nothing of any day.
  if (from !== null && to !== null && to < from) return null;
  if (from !== null && day < from) return 'beforeProgram';
  if (to !== null && day > to) return 'afterProgram';
  return null;
}

/** Whether a stretch of time ends before it begins; instants in ISO 8601. */
export function faultOfSpan(startedAt: string | null, endedAt: string | null): DateFault | null {
  const [start, end] = [Date.parse(startedAt ?? ''), Date.parse(endedAt ?? '')];
  return end < start ? 'endedBeforeStarted' : null;
}
