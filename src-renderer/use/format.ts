import { computed } from 'vue';
import { usePreferences } from '../stores/preferences.ts';

const SEOUL = 'Asia/Seoul';
const DAY_MS = 24 * 60 * 60 * 1000;

/** A day (YYYY-MM-DD) some days later; the calendar alone, no time zone. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Numbers, days and times as a person of the chosen language writes them. Times are shown in Asia/Seoul. */
export function useFormat() {
  const preferences = usePreferences();
  const locale = computed(() => (preferences.language === 'ko' ? 'ko-KR' : 'en-GB'));
  const numbers = computed(() => new Intl.NumberFormat(locale.value));
  const days = (options: Intl.DateTimeFormatOptions) =>
    computed(() => new Intl.DateTimeFormat(locale.value, { timeZone: 'UTC', ...options }));
  const longDay = days({ month: 'long', day: 'numeric', weekday: 'long' });
  const shortDay = days({ month: 'short', day: 'numeric', weekday: 'short' });
  const monthDay = days({ month: 'long', day: 'numeric' });
  const fullDay = days({ year: 'numeric', month: 'long', day: 'numeric' });
  const time = computed(
    () =>
      new Intl.DateTimeFormat(locale.value, {
        timeZone: SEOUL,
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
  );
  const moment = computed(
    () =>
      new Intl.DateTimeFormat(locale.value, {
        timeZone: SEOUL,
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
  );

  function asDay(day: string): Date {
    return new Date(`${day}T00:00:00Z`);
  }

  return {
    number: (value: number) => numbers.value.format(value),
    /** 11월 24일 화요일 */
    longDay: (day: string) => longDay.value.format(asDay(day)),
    /** 11월 24일 (화) */
    shortDay: (day: string) => shortDay.value.format(asDay(day)),
    /** 11월 24일 */
    monthDay: (day: string) => monthDay.value.format(asDay(day)),
    /** 2026년 11월 24일 */
    fullDay: (day: string) => fullDay.value.format(asDay(day)),
    /** 14:05, of an ISO 8601 time */
    time: (instant: string) => time.value.format(new Date(instant)),
    /** Day and time, of an ISO 8601 time */
    moment: (instant: string) => moment.value.format(new Date(instant)),
  };
}
