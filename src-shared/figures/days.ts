/** Days as the figures see them: YYYY-MM-DD in Asia/Seoul, compared as text. */

/** Both ends are included; an end left out is open. */
export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const SEOUL_AHEAD = 9 * 3_600_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The day itself, or null for a text that is no day of the calendar. Days before 1900-03-01 are none either: a
 * spreadsheet cannot hold them, and a figure must come out the same on both sides.
 */
export function realDay(text: string | null): string | null {
  if (text === null || text.length !== 10 || text < '1900-03-01') return null;
  const parts = SHAPE.exec(text);
  if (!parts) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day >= 1 && day <= (DAYS_IN_MONTH[month - 1] ?? 0) + leap ? text : null;
}

/** The day in Seoul of an instant, or null for a text that is no time. Korea has kept UTC+9 without summer time since 1988. */
export function seoulDay(instant: string | null): string | null {
  const ms = instant === null ? Number.NaN : Date.parse(instant);
  return Number.isNaN(ms) ? null : realDay(new Date(ms + SEOUL_AHEAD).toISOString().slice(0, 10));
}

/** Whether something without a known day counts, too: only when no period is asked for. */
export function isWithin(day: string | null, { from, to }: Period): boolean {
  if (from === undefined && to === undefined) return true;
  return day !== null && (from === undefined || day >= from) && (to === undefined || day <= to);
}

export function earliest(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right;
  return left < right ? left : right;
}
