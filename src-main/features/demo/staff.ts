import type { Author, Book } from './book.ts';
import { seoul, type Day } from './calendar.ts';
import { personName, phoneNumber } from './names.ts';
import type { Random } from './random.ts';

export interface Staff {
  readonly coordinator: Author;
  readonly trainers: readonly Author[];
}

/** A coordinator and trainers, each with a laptop, written down by the coordinator on the first day. */
export function hire(book: Book, random: Random, trainers: number, from: Day, firstPhone: number): Staff {
  const at = seoul(from, 9 * 60 + 10);
  const authors = Array.from({ length: trainers + 1 }, (_, place) => ({
    person: book.id(at + place * 20_000),
    laptop: random.hex(16),
  }));
  const [coordinator, ...rest] = authors as [Author, ...Author[]];
  authors.forEach((author, place) =>
    book.note(at + place * 20_000, coordinator, 'person', author.person, {
      name: personName(random),
      phone: phoneNumber(firstPhone + place),
      kind: place === 0 ? 'coordinator' : 'trainer',
    }),
  );
  return { coordinator, trainers: rest };
}

/** Splits trainers into teams of `size`. */
export function teamsOf(trainers: readonly Author[], size: number): Author[][] {
  const teams: Author[][] = [];
  for (let begin = 0; begin + size <= trainers.length; begin += size)
    teams.push(trainers.slice(begin, begin + size));
  return teams;
}
