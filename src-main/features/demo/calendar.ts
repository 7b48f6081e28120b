import type { Author } from './book.ts';

/** Days are YYYY-MM-DD of Asia/Seoul, which has been UTC+9 without summer time since 1988. */
export type Day = string;

const DAY_MS = 24 * 60 * 60 * 1000;
const SEOUL_MS = 9 * 60 * 60 * 1000;
export const MINUTE_MS = 60_000;

/** Public holidays on weekdays, 2022 to 2024: nobody teaches in a market on Chuseok. */
const HOLIDAYS = new Set(
  (
    '2022-01-31 2022-02-01 2022-02-02 2022-03-01 2022-03-09 2022-05-05 2022-06-01 2022-06-06 2022-08-15 2022-09-09 ' +
    '2022-09-12 2022-10-03 2022-10-10 2023-01-23 2023-01-24 2023-03-01 2023-05-05 2023-05-29 2023-06-06 2023-08-15 ' +
    '2023-09-28 2023-09-29 2023-10-02 2023-10-03 2023-10-09 2023-12-25 2024-01-01 2024-02-09 2024-02-12 2024-03-01 ' +
    '2024-04-10 2024-05-06 2024-05-15 2024-06-06 2024-08-15 2024-09-16 2024-09-17 2024-09-18 2024-10-01 2024-10-03 ' +
    '2024-10-09 2024-12-25'
  ).split(' '),
);

function startOf(day: Day): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));
}

export function addDays(day: Day, days: number): Day {
  return new Date(startOf(day) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: Day, to: Day): number {
  return (startOf(to) - startOf(from)) / DAY_MS;
}

/** The day itself or the next one on which people work. */
export function workday(day: Day): Day {
  let next = day;
  while (HOLIDAYS.has(next) || [0, 6].includes(new Date(startOf(next)).getUTCDay())) next = addDays(next, 1);
  return next;
}

/** The working day itself or the last one before. */
export function workdayBefore(day: Day): Day {
  let before = day;
  while (workday(before) !== before) before = addDays(before, -1);
  return before;
}

/** The first working days of the months after `from`, up to `to`. */
export function monthStarts(from: Day, to: Day): Day[] {
  const starts: Day[] = [];
  let year = Number(from.slice(0, 4));
  let month = Number(from.slice(5, 7));
  for (;;) {
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
    const day = workday(`${year}-${String(month).padStart(2, '0')}-01`);
    if (day > to) return starts;
    starts.push(day);
  }
}

/** Milliseconds since 1970 of `minutes` after midnight in Seoul. */
export function seoul(day: Day, minutes: number): number {
  return startOf(day) - SEOUL_MS + minutes * MINUTE_MS;
}

/** The day in Seoul of a time in milliseconds since 1970. */
export function dayOf(at: number): Day {
  return new Date(at + SEOUL_MS).toISOString().slice(0, 10);
}

/** ISO 8601 UTC. */
export function instant(at: number): string {
  return new Date(at).toISOString();
}

/** Who is where on which day: nobody is in two markets at once. */
export class Diary {
  readonly #taken = new Set<string>();

  /** Books the first working day from `from` on which the whole team is free. */
  book(team: readonly Author[], from: Day): Day {
    let day = workday(from);
    while (team.some((author) => this.#taken.has(`${author.laptop} ${day}`))) day = workday(addDays(day, 1));
    for (const author of team) this.#taken.add(`${author.laptop} ${day}`);
    return day;
  }
}
