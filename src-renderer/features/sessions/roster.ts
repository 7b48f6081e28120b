import { answering } from '#shared/finding/match.ts';
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

/** The rows of a filter whose name, shop or phone answers the text, as shops are found: by initials too, best first. */
export function filterRoster(people: readonly RosterRow[], filter: RosterFilter, text: string): RosterRow[] {
  const rows = people.filter((row) => filter === 'all' || groupOf(row) === filter);
  return answering(rows, text, ({ person }) => [person.name, person.store?.name ?? null, person.phone]);
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

/**
 * The one person that a typed name means: the only one who has just this name, or the only one found, unless typing on
 * is what would lead to them. 박우 is found on the way to 박원, and is somebody else.
 */
export function meantBy(found: readonly RosterRow[], text: string): RosterRow | undefined {
  const exact = found.filter(({ person }) => squeeze(person.name) === squeeze(text));
  if (exact.length === 1) return exact[0];
  return found.length === 1 ? holding(found, text)[0] : undefined;
}

/** The rows found that hold every word of the text as it stands, or its initials: nobody new is meant by it. */
export function holding(found: readonly RosterRow[], text: string): readonly RosterRow[] {
  if (LONE_CONSONANT.test(text.normalize('NFC'))) return found;
  const words = text.split(/\s+/u).map(squeeze);
  return found.filter(({ person }) => {
    const theirs = squeeze(`${person.name} ${person.store?.name ?? ''} ${person.phone ?? ''}`);
    return theirs.includes(squeeze(text)) || words.every((word) => theirs.includes(word));
  });
}

/** In no name that is typed to its end. */
const LONE_CONSONANT = /[\u1100-\u1112\u3131-\u314e]/u;

function digitsOf(phone: string | null): string {
  return (phone ?? '').replace(/\D/g, '');
}

function squeeze(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s-]+/g, '');
}
