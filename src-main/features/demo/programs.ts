import { newId } from '#shared/model/ids.ts';
import type { Author, Book } from './book.ts';
import { addDays, seoul, workday, type Day } from './calendar.ts';
import type { Random } from './random.ts';
import { CHECKLIST, NOTICES, SURVEY, SURVEY_DRAFT } from './templates.ts';

/** The ids of what every programme needs before it begins. */
export interface Foundations {
  readonly checklist: string;
  readonly survey: string;
  /** 단골 만들기 지원센터, which has run since 2022. */
  readonly centre: string;
}

const FOUNDED_ON = '2022-03-14';

/** What one merchant was offered by the support centre, in won, from each year on. */
export const OFFERS = { 2022: 500_000, 2023: 400_000, 2024: 300_000 } as const;

/** The templates and the support centre, with what changed about them since. */
export function found(book: Book, office: Author): Foundations {
  const at = seoul(FOUNDED_ON, 10 * 60);
  const ids = { checklist: book.id(at), survey: book.id(at + 60_000), centre: book.id(at + 120_000) };
  book.note(at, office, 'checklistTemplate', ids.checklist, {
    name: '단골 점검표',
    version: 1,
    items: CHECKLIST,
  });
  const draft = { name: '만족도 설문', version: 1, questions: SURVEY_DRAFT };
  book.note(at + 60_000, office, 'surveyTemplate', ids.survey, draft);
  book.note(at + 90_000, office, 'surveyTemplate', ids.survey, { questions: SURVEY });
  book.note(at + 120_000, office, 'program', ids.centre, {
    name: '단골 만들기 지원센터',
    kind: 'supportCentre',
    startsOn: FOUNDED_ON,
    grantPerStore: OFFERS[2022],
    checklistTemplate: ids.checklist,
    surveyTemplate: ids.survey,
    minimumRespondents: 5,
  });
  for (const [day, year] of [
    ['2023-01-09', 2023],
    ['2024-01-08', 2024],
  ] as const) {
    book.note(seoul(day, 11 * 60), office, 'program', ids.centre, { grantPerStore: OFFERS[year] });
  }
  return ids;
}

interface ProgramOrder {
  readonly name: string;
  readonly kind: 'market' | 'excellentMarket' | 'street';
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly grantPerStore: number;
  readonly goalStores: number;
  readonly goalFriends: number;
}

/** A programme's id is there before its record, so that sites can be planned for it. */
export function programId(random: Random, startsOn: Day): string {
  return newId(startedAt(startsOn), random.bytes());
}

export function start(
  book: Book,
  office: Author,
  id: string,
  order: ProgramOrder,
  { checklist, survey }: Foundations,
) {
  const templates = { checklistTemplate: checklist, surveyTemplate: survey, minimumRespondents: 5 };
  book.note(startedAt(order.startsOn), office, 'program', id, { ...order, ...templates });
}

function startedAt(startsOn: Day): number {
  return seoul(workday(startsOn), 9 * 60 + 25);
}

/** Notices of support that the trainers take along; organisation and address are examples. */
export function announce(book: Book, office: Author): { id: string; from: Day; to: Day }[] {
  return NOTICES.map(({ title, opens, closesOn }, place) => {
    const at = seoul(opens, 9 * 60 + 15);
    const id = book.id(at);
    const url = `https://example.org/notices/${place + 1}`;
    book.note(at, office, 'notice', id, { title, organisation: '보기 소상공인지원센터', url, closesOn });
    return { id, from: addDays(opens, 1), to: closesOn };
  });
}
