import { idFromParts } from '#shared/model/ids.ts';
import type { Author, Book } from './book.ts';
import { addDays, MINUTE_MS, seoul, workday } from './calendar.ts';
import { channelUrl, phoneNumber } from './names.ts';
import { spacedName } from './listing.ts';
import type { Campaign, ShopPlan, SitePlan, Worked } from './plan.ts';

type Decision = 'same' | 'different';

export function decide(
  book: Book,
  by: Author,
  at: number,
  pair: readonly [string, string],
  decision: Decision,
  reason: string,
): void {
  const [left, right] = [...pair].sort() as [string, string];
  book.note(at, by, 'match', idFromParts('match', [left, right]), { left, right, decision, reason });
}

/** Before the work: makes two neighbours at a site sound alike, though they are two shops. */
export function soundAlike(site: SitePlan): readonly [ShopPlan, ShopPlan] {
  const [one, other] = site.shops.filter((shop) => shop.status === 'active' && shop.channel) as [
    ShopPlan,
    ShopPlan,
  ];
  other.name = `${one.name} 2호`;
  other.category = one.category;
  return [one, other];
}

/** The office finds that neighbours who sound alike are two shops. One pair it first took for the same. */
export function tellApart(
  campaign: Campaign,
  worked: Worked,
  pair: readonly [ShopPlan, ShopPlan],
  doubt: boolean,
): void {
  const { book, office } = campaign;
  const at = deskTime(worked, 1);
  const ids = [pair[0].id, pair[1].id] as const;
  if (doubt) decide(book, office, at - 60 * MINUTE_MS, ids, 'same', '이름이 비슷해요.');
  decide(book, office, at, ids, 'different', '사장님과 자리가 서로 달라요.');
}

/**
 * A trainer typed a shop that was on the list already, with its channel; the office says that they are the same. With
 * `times` 2 it happened twice over, and the second decision goes by way of the first new record.
 */
export function typeAgain(campaign: Campaign, worked: Worked, shop: ShopPlan, times: 1 | 2): void {
  const { book, office } = campaign;
  const day = worked.followUps.at(-1)?.day ?? worked.classes[1].day;
  const team = worked.site.team;
  let before = shop.recordOfChannel;
  for (let time = 0; time < times; time++) {
    const at = seoul(day, 17 * 60 + 40) + time * 5 * MINUTE_MS;
    const id = book.id(at);
    book.note(at, team[(time + 1) % team.length]!, 'store', id, {
      site: worked.site.id,
      name: time === 0 ? spacedName(shop.name) : shop.name,
      category: shop.category,
      phone: phoneNumber(shop.serial),
      channelUrl: channelUrl(shop.serial),
      channelOpenedOn: shop.openedOn,
      status: 'active',
    });
    decide(
      book,
      office,
      deskTime(worked, 2) + time * MINUTE_MS,
      [before, id],
      'same',
      '전화번호와 톡채널 주소가 같아요.',
    );
    before = id;
  }
}

/** A time in the office some working days after the last visits at a site. */
export function deskTime(worked: Worked, days: number): number {
  const last = worked.followUps.at(-1)?.day ?? worked.classes[1].day;
  return seoul(workday(addDays(last, days)), 11 * 60) + (worked.site.serial % 100) * 20_000;
}
