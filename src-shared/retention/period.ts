/**
 * How long personal data is kept, and from when on it must go. Days are YYYY-MM-DD in Asia/Seoul. Nothing here knows a
 * period of its own: which one holds is for the organisation to decide, programme by programme.
 */

/** What a programme says about it; either may be unset. */
export interface Period {
  readonly endsOn: string | null;
  /** Whole months after the end. */
  readonly months: number | null;
}

const DAY = 86_400_000;
const LONGEST = 600;

/**
 * The last day on which data of a programme is kept, or null where the end or the period is not set or is no day.
 * Counted as 민법 제157조, 제160조 count a period: from the day after the end; it is over on the day before the one of the
 * same number, or on the last day of a month that has no such day.
 */
export function keptUntil({ endsOn, months }: Period): string | null {
  const end = endsOn === null ? null : msOf(endsOn);
  if (end === null || months === null || !Number.isInteger(months) || months < 0 || months > LONGEST) {
    return null;
  }
  const first = new Date(end + DAY);
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + months];
  const daysIn = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const same = first.getUTCDate();
  return dayOf(same <= daysIn ? Date.UTC(year, month, same) - DAY : Date.UTC(year, month, daysIn));
}

/**
 * The first day on which a record falls due that is part of these programmes: the day after the last of their periods.
 * Null, so never by itself, when it is part of none or when one of them has no end or no period.
 */
export function dueFrom(
  programs: Iterable<string>,
  periods: ReadonlyMap<string, Pick<Period, 'endsOn' | 'months'>>,
): string | null {
  let last: string | null = null;
  for (const program of programs) {
    const period = periods.get(program);
    const until = period ? keptUntil(period) : null;
    if (until === null) return null;
    if (last === null || until > last) last = until;
  }
  return last === null ? null : later(last, 1);
}

/** A day some days later. */
export function later(day: string, days: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * DAY);
}

function msOf(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) || dayOf(ms) !== day ? null : ms;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
