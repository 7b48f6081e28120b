import type { PersonRow, RosterRow, SessionView } from '#shared/contract/sessions.ts';

export type Mark = 'present' | 'late' | 'absent';
export type RosterFilter = 'all' | 'unmarked' | Mark;

/** How many stand where, counted from the rows that are on screen and so never at odds with them. */
export function countMarks(people: readonly RosterRow[]): Record<RosterFilter, number> {
  const counts = { all: people.length, unmarked: 0, present: 0, late: 0, absent: 0 };
  for (const { status } of people) counts[status ?? 'unmarked'] += 1;
  return counts;
}

/** The rows of a filter whose name, shop or phone holds the text; spaces do not matter. */
export function filterRoster(people: readonly RosterRow[], filter: RosterFilter, text: string): RosterRow[] {
  const wanted = squeeze(text);
  return people.filter(
    (row) =>
      (filter === 'all' || (row.status ?? 'unmarked') === filter) &&
      (wanted === '' || squeeze(wordsOf(row.person)).includes(wanted)),
  );
}

/** A session with one person marked otherwise, its counts with it. */
export function withMark(session: SessionView, person: string, status: Mark | null): SessionView {
  const people = session.people.map((row) => (row.person.id === person ? { ...row, status } : row));
  const { present, late, absent } = countMarks(people);
  return { ...session, people, present, late, absent };
}

/** What tells two people of one name apart. */
export function aboutPerson(person: PersonRow): string {
  return [person.store?.name, person.phone].filter(Boolean).join(' · ');
}

function wordsOf(person: PersonRow): string {
  return `${person.name} ${person.store?.name ?? ''} ${person.phone ?? ''}`;
}

function squeeze(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s-]+/g, '');
}
