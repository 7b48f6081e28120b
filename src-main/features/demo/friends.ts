import { idFromParts } from '#shared/model/ids.ts';
import type { Author } from './book.ts';
import { addDays, dayOf, daysBetween, monthStarts, seoul } from './calendar.ts';
import type { Campaign, ShopPlan, SitePlan } from './plan.ts';

/** Writes down the channel friends that someone counted at `at`. */
export function countFriends(
  campaign: Campaign,
  owner: string,
  ownerKind: 'store' | 'site',
  by: Author,
  at: number,
  friends: number,
): void {
  const date = dayOf(at);
  const id = idFromParts('friendReading', [owner, date]);
  campaign.book.note(at, by, 'friendReading', id, { owner, ownerKind, date, friends });
}

/** The office reads the site's own channel every month, and everything once more at the end of the year. */
export function countSite(campaign: Campaign, site: SitePlan): void {
  const { book, office, countedOn } = campaign;
  // A reading days before the last one would tell nothing new.
  const days = monthStarts(site.listedOn, addDays(countedOn, -14));
  const begins = book.random.share() * 0.15 + 0.05;
  for (const day of days) {
    const grown =
      begins + (1 - begins) * (daysBetween(site.listedOn, day) / daysBetween(site.listedOn, countedOn));
    const at = seoul(day, 10 * 60 + 20) + site.serial * 20_000 + book.random.int(0, 15_000);
    countFriends(campaign, site.id, 'site', office, at, Math.floor(site.friends * grown ** 1.3));
  }
  const at = seoul(countedOn, 10 * 60) + site.serial * 40_000;
  countFriends(campaign, site.id, 'site', office, at, site.friends);
  site.shops.forEach((shop, place) => {
    if (shop.friends === null) return;
    countFriends(campaign, shop.recordOfChannel, 'store', office, at + (place + 1) * 500, shop.friends);
  });
}

/** What a trainer reads on the counter of a shop during a visit, well before the last count. */
export function friendsSoFar(campaign: Campaign, shop: ShopPlan, round: 1 | 2): number {
  const { random } = campaign.book;
  const share = round === 1 ? random.share() * 0.15 : 0.25 + random.share() * 0.5;
  return Math.floor((shop.friends ?? 0) * share);
}
