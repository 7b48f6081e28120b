import { idFromParts } from '#shared/model/ids.ts';
import type { CodeOf } from '#shared/model/model.ts';
import type { Author } from './book.ts';
import { addDays, dayOf, instant, MINUTE_MS, seoul, workdayBefore, type Day } from './calendar.ts';
import type { Campaign, Held, PersonPlan, Presence, SitePlan } from './plan.ts';

interface SessionOrder {
  readonly site: SitePlan;
  readonly kind: CodeOf<'session', 'kind'>;
  readonly title: string;
  readonly day: Day;
  readonly place: string;
  /** Minutes after midnight. */
  readonly from: number;
  readonly to: number;
}

/** Plans a session in the office a few days before, and opens it in the market on the day. */
export function openSession(campaign: Campaign, order: SessionOrder): Held {
  const { book, office } = campaign;
  const { site, day } = order;
  const planned = workdayBefore(addDays(day, -book.random.int(2, 4)));
  const plannedOn = planned > site.listedOn ? planned : site.listedOn;
  const plannedAt = seoul(plannedOn, 14 * 60) + book.random.int(0, 120 * MINUTE_MS);
  const id = book.id(plannedAt);
  book.note(plannedAt, office, 'session', id, {
    program: site.program,
    site: site.id,
    kind: order.kind,
    title: order.title,
    date: day,
    startsAt: instant(seoul(day, order.from)),
    endsAt: instant(seoul(day, order.to)),
    place: order.place,
    trainers: site.team.map((author) => author.person),
    status: 'planned',
  });
  const opensAt = seoul(day, order.from - 18) + book.random.int(0, 180_000);
  book.note(opensAt, site.team[0]!, 'session', id, { status: 'open' });
  return { id, day, plannedAt, team: site.team };
}

const CLOSING_NOTES = [
  '비가 와서 손님이 적었어요.',
  '상인회장님이 함께 돌아 주셨어요.',
  '장날이라 모두 바빴어요.',
  '와이파이가 약해 휴대폰으로 연결했어요.',
];

export function closeSession(campaign: Campaign, held: Held, at: number): void {
  const { random } = campaign.book;
  const note = random.chance(0.2) ? random.pick(CLOSING_NOTES) : undefined;
  campaign.book.note(at + random.int(60_000, 240_000), held.team[0]!, 'session', held.id, {
    status: 'closed',
    note,
  });
}

export interface Guest {
  readonly person: PersonPlan;
  readonly presence: Presence;
  /** The shop of a merchant. A walk-in is written down at the door, with the shop. */
  readonly shop: string | null;
}

/** The roster, written in the office, and the marks at the door, shared among the trainers' laptops. */
export function takeAttendance(
  campaign: Campaign,
  held: Held,
  guests: readonly Guest[],
  startsAt: number,
): void {
  const { book, office } = campaign;
  const { random } = book;
  guests.forEach(({ person, presence, shop }, place) => {
    const id = idFromParts('attendance', [held.id, person.id]);
    const about = { session: held.id, person: person.id };
    const by = held.team[place % held.team.length]!;
    const at = markedAt(presence, startsAt, place, random.int(0, 9_000));
    if (person.walkIn && shop !== null) {
      meetAtTheDoor(campaign, person, shop, by, at - 40_000);
      book.note(at, by, 'attendance', id, { ...about, status: presence, ...signed(presence, at) });
      return;
    }
    book.note(held.plannedAt + 60_000 + place * 700, office, 'attendance', id, about);
    book.note(at, by, 'attendance', id, { status: presence, ...signed(presence, at) });
    if (presence === 'absent') return;
    if (shop !== null && random.chance(0.15))
      book.note(at + 20_000, by, 'person', person.id, { consentOn: held.day });
    const other = held.team.find((author) => author !== by);
    if (!other) return;
    // Two trainers at two doors tick the same person, neither knowing of the other: one fact, no conflict.
    if (random.chance(0.02))
      book.note(at + 15_000, other, 'attendance', id, { status: presence }, held.plannedAt + 60 * MINUTE_MS);
    else if (random.chance(0.01)) correct(campaign, id, by, at);
  });
}

/** Marked absent too early and put right by the same trainer; the last mark says what the plan says. */
function correct(campaign: Campaign, attendance: string, by: Author, at: number): void {
  campaign.book.note(at - 30_000, by, 'attendance', attendance, { status: 'absent' });
}

function meetAtTheDoor(campaign: Campaign, person: PersonPlan, store: string, by: Author, at: number): void {
  campaign.book.note(at, by, 'person', person.id, {
    name: person.name,
    kind: 'merchant',
    store,
    consentOn: campaign.book.random.chance(0.8) ? dayOf(at) : undefined,
  });
}

function markedAt(presence: Presence, startsAt: number, place: number, jitter: number): number {
  if (presence === 'present') return startsAt - 14 * MINUTE_MS + place * 8_000 + jitter;
  if (presence === 'late') return startsAt + 15 * MINUTE_MS + place * 15_000 + jitter;
  return startsAt + 90 * MINUTE_MS + place * 3_000 + jitter;
}

function signed(presence: Presence, at: number): { signedAt?: string } {
  return presence === 'absent' ? {} : { signedAt: instant(at + 12_000) };
}
