import { idFromParts } from '#shared/model/ids.ts';
import type { Author } from './book.ts';
import { addDays, dayOf, instant, MINUTE_MS, seoul, workday, type Day } from './calendar.ts';
import { countFriends } from './friends.ts';
import { deskTime } from './matches.ts';
import { phoneNumber } from './names.ts';
import type { Campaign, ShopPlan, Worked } from './plan.ts';
import { respond } from './surveys.ts';

/**
 * What goes wrong in every real season and is put right again. None of it moves a figure: what is deleted was one too
 * many, and what was in conflict is settled.
 */

/** Small corrections by the office: a phone number cut short by a trainer, a stall number, a note. */
export function correctShops(campaign: Campaign, worked: Worked): void {
  const { book, office } = campaign;
  const { random } = book;
  for (const shop of worked.site.shops) {
    if (!random.chance(0.04)) continue;
    const at = deskTime(worked, 1) + random.int(0, 40 * MINUTE_MS);
    const typedBy = random.pick(worked.site.team);
    const typedAt = seoul(worked.classes[1].day, 16 * 60 + 40) + random.int(0, 20 * MINUTE_MS);
    const kind = random.share();
    if (kind < 0.4) {
      book.note(typedAt, typedBy, 'store', shop.id, { phone: phoneNumber(shop.serial).slice(0, -1) });
      book.note(at, office, 'store', shop.id, { phone: phoneNumber(shop.serial) });
    } else if (kind < 0.7) {
      book.note(typedAt, typedBy, 'store', shop.id, { unit: `라동 ${random.int(1, 40)}호` });
    } else {
      book.note(at, office, 'store', shop.id, {
        note: random.pick(['명함 받음.', '오후에 방문 바람.', '주말에만 문 엶.']),
      });
    }
  }
}

/** Two trainers write different numbers for one shop on the same evening; the coordinator asks, and settles it. */
export function settlePhones(campaign: Campaign, worked: Worked, shop: ShopPlan): void {
  const { book, office } = campaign;
  const [one, other] = pairOf(worked);
  const evening = seoul(lastDay(worked), 17 * 60 + 50);
  const known = evening - 24 * 60 * MINUTE_MS;
  book.note(evening, one, 'store', shop.id, { phone: phoneNumber(shop.serial) }, known);
  book.note(
    evening + 3 * MINUTE_MS,
    other,
    'store',
    shop.id,
    { phone: phoneNumber(shop.serial + 5000) },
    known,
  );
  book.note(deskTime(worked, 4), office, 'store', shop.id, { phone: phoneNumber(shop.serial) });
}

/** A shop typed twice is deleted in the office while a trainer, who does not know, still writes to it. */
export function settleDeletion(campaign: Campaign, worked: Worked, shop: ShopPlan): void {
  const { book, office } = campaign;
  const [one] = pairOf(worked);
  const typedAt = seoul(lastDay(worked), 17 * 60 + 55);
  const id = book.id(typedAt);
  const desk = deskTime(worked, 3);
  book.note(typedAt, one, 'store', id, {
    site: worked.site.id,
    name: shop.name,
    category: shop.category,
    status: 'active',
  });
  book.note(desk, office, 'store', id, { deleted: true });
  book.note(desk + 60 * MINUTE_MS, one, 'store', id, { note: '간판을 새로 다는 중.' }, desk - 60 * MINUTE_MS);
  book.note(deskTime(worked, 10), office, 'store', id, { deleted: true });
}

/** A shop deleted by mistake, and taken back the next working day. */
export function takeBack(campaign: Campaign, worked: Worked, shop: ShopPlan): void {
  const { book, office } = campaign;
  const [one] = pairOf(worked);
  const day = lastDay(worked);
  book.note(seoul(day, 18 * 60 + 5), one, 'store', shop.id, { deleted: true });
  book.note(seoul(workday(addDays(day, 1)), 9 * 60 + 30), office, 'store', shop.id, { deleted: false });
}

/** A shop typed twice and deleted the same evening; `friends` were counted for it in between. */
export function typeTwice(campaign: Campaign, worked: Worked, shop: ShopPlan, friends: number | null): void {
  const { book } = campaign;
  const [one] = pairOf(worked);
  const at = seoul(lastDay(worked), 17 * 60 + 45);
  const id = book.id(at);
  book.note(at, one, 'store', id, {
    site: worked.site.id,
    name: `${shop.name}.`,
    category: shop.category,
    status: 'active',
  });
  if (friends !== null) countFriends(campaign, id, 'store', one, at + MINUTE_MS, friends);
  book.note(at + 10 * MINUTE_MS, one, 'store', id, { deleted: true });
}

/** Entries that were one too many, each deleted by whoever wrote it: a visit, a mark, a person, a count, a sheet. */
export function crossOut(campaign: Campaign, worked: Worked, stranger: ShopPlan): void {
  const { book, office } = campaign;
  const [one, other] = pairOf(worked);
  const round = worked.rounds[0]!;
  const shop = worked.site.shops.find((each) => each.channel)!;
  const at = seoul(round.day, 17 * 60 + 50);

  const visit = book.id(at);
  const about = { store: shop.id, trainer: one.person, date: round.day, startedAt: instant(at) };
  book.note(at, one, 'visit', visit, { session: round.id, ...about });
  book.note(at + 2 * MINUTE_MS, one, 'visit', visit, { deleted: true });

  const person = book.id(at + 3 * MINUTE_MS);
  book.note(at + 3 * MINUTE_MS, other, 'person', person, {
    name: shop.ownerName,
    kind: 'merchant',
    store: shop.id,
  });
  book.note(at + 5 * MINUTE_MS, other, 'person', person, { deleted: true });

  const lesson = worked.classes[0];
  const noticed = seoul(lesson.day, 16 * 60 + 20);
  if (stranger.merchant) {
    const attendance = idFromParts('attendance', [lesson.id, stranger.merchant.id]);
    const mark = { session: lesson.id, person: stranger.merchant.id, status: 'present' } as const;
    book.note(noticed, one, 'attendance', attendance, mark);
    book.note(noticed + MINUTE_MS, one, 'attendance', attendance, { deleted: true });
  }

  // A count typed for a day that had none, with a nought too many.
  const counted = seoul(workday(addDays(campaign.countedOn, 1)), 10 * 60 + (worked.site.serial % 60));
  countFriends(campaign, worked.site.id, 'site', office, counted, worked.site.friends * 10);
  const reading = idFromParts('friendReading', [worked.site.id, workday(addDays(campaign.countedOn, 1))]);
  book.note(counted + MINUTE_MS, office, 'friendReading', reading, { deleted: true });

  // A sheet filled in to show how it goes.
  const sheet = respond(
    campaign,
    lesson,
    other,
    shop,
    { easy: 1, kind: 1, helpful: false },
    noticed + 5 * MINUTE_MS,
  );
  book.note(noticed + 8 * MINUTE_MS, other, 'surveyResponse', sheet, { deleted: true });
}

/** What the office itself got wrong: a class called off, a grant written down for the wrong shop, a notice given to it. */
export function callOff(campaign: Campaign, worked: Worked, program: string): void {
  const { book, office, notices } = campaign;
  const { site } = worked;
  const plannedAt = seoul(site.listedOn, 15 * 60);
  const session = book.id(plannedAt);
  const date = workday(addDays(site.listedOn, 5));
  const title = `${site.name} 사전 설명회`;
  const about = {
    program: site.program,
    site: site.id,
    kind: 'class',
    title,
    date,
    status: 'planned',
  } as const;
  book.note(plannedAt, office, 'session', session, about);
  book.note(plannedAt + 45 * MINUTE_MS, office, 'session', session, { deleted: true });

  const paidAt = deskTime(worked, 7);
  const store = site.shops.find((shop) => shop.status === 'declined') ?? site.shops[0]!;
  const grant = book.id(paidAt);
  const paid = { program, store: store.id, amount: 300_000, grantedOn: dayOf(paidAt) };
  book.note(paidAt, office, 'grant', grant, paid);
  book.note(paidAt + 12 * MINUTE_MS, office, 'grant', grant, { deleted: true });

  const notice = notices[0]!.id;
  const delivery = idFromParts('noticeDelivery', [notice, store.id]);
  const given = { notice, store: store.id, deliveredOn: dayOf(paidAt), by: office.person };
  book.note(paidAt + 20 * MINUTE_MS, office, 'noticeDelivery', delivery, given);
  book.note(paidAt + 21 * MINUTE_MS, office, 'noticeDelivery', delivery, { deleted: true });
}

function lastDay(worked: Worked): Day {
  return (worked.followUps.at(-1) ?? worked.classes[1]).day;
}

function pairOf({ site }: Worked): readonly [Author, Author] {
  return [site.team[0]!, site.team[1]!];
}
