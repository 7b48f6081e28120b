/** What a person may type for a day, beside the full form: 20241124, 2024.11.24, 2024. 11. 24., 11/24, 11월 24일. */
const FULL = /^(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})\D*$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const SHORT = /^(\d{1,2})\D{1,2}(\d{1,2})\D*$/;

/**
 * The day (YYYY-MM-DD) that a text means, null for nothing, 'wrong' for what is no day of the calendar. Without a year
 * it is the year of `today`.
 */
export function parseDay(text: string, today: string): string | null | 'wrong' {
  const typed = text.trim();
  if (typed === '') return null;
  const full = COMPACT.exec(typed) ?? FULL.exec(typed);
  if (full) return dayOf(full[1], full[2], full[3]);
  const short = SHORT.exec(typed);
  return short ? dayOf(today.slice(0, 4), short[1], short[2]) : 'wrong';
}

function dayOf(year = '', month = '', day = ''): string | 'wrong' {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? 'wrong' : iso;
}
