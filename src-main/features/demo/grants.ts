import { addDays, MINUTE_MS, seoul, workday, workdayBefore, type Day } from './calendar.ts';
import type { Campaign, ShopPlan, SitePlan } from './plan.ts';
import type { Random } from './random.ts';

/** What a message costs, in won: credit is used up in steps of it. */
const MESSAGE_WON = 15;
/** Amounts are whole steps of this, so that what is left of the published sum can be dealt out. */
export const STEP_WON = 100_000;

/** Gives a part of the shops with a channel a grant of a programme; a few, who came late, get a step less. */
export function planGrants(
  random: Random,
  shops: readonly ShopPlan[],
  count: number,
  program: string,
  won: number,
): void {
  for (const shop of random.sample(
    shops.filter((each) => each.channel),
    count,
  )) {
    shop.grants.push({ program, amount: random.chance(0.08) ? won - STEP_WON : won });
  }
}

/** The office writes the grants down some weeks after the channel was opened, and later what was used of them. */
export function payGrants(campaign: Campaign, site: SitePlan): void {
  const { book, office, lastDay } = campaign;
  const { random } = book;
  const last = workdayBefore(lastDay);
  for (const shop of site.shops) {
    for (const { program, amount } of shop.grants) {
      const grantedOn = earlier(workday(addDays(shop.openedOn ?? site.listedOn, random.int(10, 45))), last);
      const at = seoul(grantedOn, 10 * 60 + 30) + random.int(0, 200 * MINUTE_MS);
      const id = book.id(at);
      book.note(at, office, 'grant', id, { program, store: shop.id, amount, grantedOn });
      if (random.chance(0.35)) continue;
      const usedOn = earlier(workday(addDays(grantedOn, random.int(20, 60))), last);
      const usedAt = seoul(usedOn, 16 * 60) + random.int(0, 80 * MINUTE_MS);
      book.note(usedAt, office, 'grant', id, { usedAmount: usedOf(random, amount) });
    }
  }
}

/** How much of a grant was used: sometimes all of it, never a part of a message. */
export function usedOf(random: Random, amount: number): number {
  if (random.chance(0.2)) return amount;
  return Math.floor((amount * random.share()) / MESSAGE_WON) * MESSAGE_WON;
}

function earlier(day: Day, other: Day): Day {
  return day < other ? day : other;
}
