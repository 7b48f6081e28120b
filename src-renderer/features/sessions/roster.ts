import type { PersonRow, RosterRow, SessionView } from '#shared/contract/sessions.ts';

export type Mark = 'present' | 'late' | 'absent';
export type RosterFilter = 'all' | 'unmarked' | Mark;

export const MARKS: readonly Mark[] = ['present', 'late', 'absent'];

/** Which of the counts a row belongs to; a mark of a newer version counts as none that we know. */
export function groupOf({ status }: Pick<RosterRow, 'status'>): Mark | 'unmarked' {
  return status !== null && MARKS.includes(status) ? status : 'unmarked';
}

/** How many stand where, counted from the rows that are on screen and so never at odds with them. */
export function countMarks(people: readonly RosterRow[]): Record<RosterFilter, number> {
  const counts = { all: people.length, unmarked: 0, present: 0, late: 0, absent: 0 };
  for (const row of people) counts[groupOf(row)] += 1;
  return counts;
}

/** The rows of a filter whose name, shop or phone holds the text; spaces do not matter. */
export function filterRoster(people: readonly RosterRow[], filter: RosterFilter, text: string): RosterRow[] {
  const wanted = squeeze(text);
  return people.filter(
    (row) =>
      (filter === 'all' || groupOf(row) === filter) &&
      (wanted === '' || squeeze(wordsOf(row.person)).includes(wanted)),
  );
}

/** A session with one person marked otherwise on a day, its counts with it. */
export function withMark(
  session: SessionView,
  person: string,
  status: Mark | null,
  today: string,
): SessionView {
  const people = session.people.map((row) =>
    row.person.id === person ? { ...row, status, markedOn: status === null ? null : today } : row,
  );
  const { present, late, absent } = countMarks(people);
  return { ...session, people, present, late, absent };
}

/** What tells two people of one name apart. */
export function aboutPerson(person: PersonRow): string {
  return [person.store?.name, person.phone].filter(Boolean).join(' · ');
}

/** Whether a mark was written down on a later day than the session's: from the paper sheet. */
export function isEnteredLater(row: Pick<RosterRow, 'markedOn'>, sessionDay: string | null): boolean {
  return row.markedOn !== null && sessionDay !== null && row.markedOn > sessionDay;
}

/** The people of a roster who have this name; with a phone, those whose phone is no other one. */
export function twinsOf(
  people: readonly RosterRow[],
  name: string,
  phone: string | null = null,
): RosterRow[] {
  const digits = digitsOf(phone);
  return people.filter(({ person }) => {
    const theirs = digitsOf(person.phone);
    return squeeze(person.name) === squeeze(name) && (digits === '' || theirs === '' || digits === theirs);
  });
}

/** The one person that a typed name means: the only one found, or the only one who has just this name. */
export function meantBy(found: readonly RosterRow[], text: string): RosterRow | undefined {
  if (found.length === 1) return found[0];
  const exact = found.filter(({ person }) => squeeze(person.name) === squeeze(text));
  return exact.length === 1 ? exact[0] : undefined;
}

function wordsOf(person: PersonRow): string {
  return `${person.name} ${person.store?.name ?? ''} ${person.phone ?? ''}`;
}

function digitsOf(phone: string | null): string {
  return (phone ?? '').replace(/\D/g, '');
}

function squeeze(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s-]+/g, '');
}
