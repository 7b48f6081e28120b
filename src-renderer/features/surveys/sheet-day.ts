import { parseDay } from '../../use/day-text.ts';

/** The day of a paper sheet as it was typed: a day up to today, or why it cannot be one. */
export function sheetDay(
  text: string,
  today: string,
): { readonly day: string } | { readonly problem: 'wrong' | 'empty' | 'future' } {
  const day = parseDay(text, today);
  if (day === null) return { problem: 'empty' };
  if (day === 'wrong') return { problem: 'wrong' };
  return day > today ? { problem: 'future' } : { day };
}
