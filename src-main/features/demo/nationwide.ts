import type { Change } from '#shared/merge/change.ts';
import { Book, type Draft } from './book.ts';
import { addDays, MINUTE_MS, seoul, workday, type Day } from './calendar.ts';
import { areaOf, districts } from './districts.ts';
import { NATIONAL } from './figures.ts';
import { STEP_WON, usedOf } from './grants.ts';
import { decide } from './matches.ts';
import { channelUrl, longShopName, personName, phoneNumber } from './names.ts';
import type { ShopPlan } from './plan.ts';
import { OFFERS, type Foundations } from './programs.ts';
import { Random } from './random.ts';
import { hire } from './staff.ts';
import type { Tally } from './tally.ts';
import type { Writer } from './writer.ts';

type OfferYear = keyof typeof OFFERS;

/** Days on which the support centre took in a list of those it had granted. */
const LISTS: Readonly<Record<OfferYear, readonly Day[]>> = {
  2022: ['2022-06-15', '2022-09-14', '2022-12-07'],
  2023: ['2023-03-15', '2023-06-14', '2023-09-13', '2023-12-06'],
  2024: ['2024-03-13', '2024-06-12', '2024-11-27'],
};
const TOPPED_UP_ON: Day = '2024-09-11';
const TOPPED_UP = 2_400;
const GRANTED_IN_2022 = 10_000;
/** Shops on the lists that are also known from a market, and pairs within the lists: each is one holder, not two. */
const ALSO_IN_A_MARKET = 5;
const LISTED_TWICE = 4;
const FIRST_SERIAL = 4_001;
const OPENED_ON: Day = '2022-04-04';
/** A list comes in this fast. */
const ROW_MS = 100;
/** Every so many rows the list has a phone number; there are not more invented ones. */
const PHONE_EVERY = 11;

/** How many shops were first granted in each year, so that holders and won come to what is left of the national figures. */
function holdersByYear(done: Tally): Record<OfferYear, number> {
  const holders = NATIONAL.grantHolders - done.grantHolders + ALSO_IN_A_MARKET + LISTED_TWICE;
  const steps = (NATIONAL.grantsPaid - done.grantsPaid) / STEP_WON - TOPPED_UP;
  // 5a + 4b + 3c = steps and a + b + c = holders, with a given.
  const first = GRANTED_IN_2022;
  const second = steps - 3 * holders - 2 * first;
  return { 2022: first, 2023: second, 2024: holders - first - second };
}

interface List {
  readonly year: OfferYear;
  readonly day: Day;
  readonly rows: number;
  /** By row: the shop of a market, or the row before, that the row repeats. */
  readonly repeats: ReadonlyMap<number, ShopPlan | 'rowBefore'>;
}

function planLists(holders: Record<OfferYear, number>, known: readonly ShopPlan[]): List[] {
  const again = known.filter((shop) => shop.grants.length > 0).slice(0, ALSO_IN_A_MARKET);
  const fromMarkets = new Map(again.map((shop, row) => [row * 100, shop]));
  const twice = new Map(
    Array.from({ length: LISTED_TWICE }, (_, place) => [place * 10 + 1, 'rowBefore' as const]),
  );
  return ([2022, 2023, 2024] as const).flatMap((year) => {
    const days = LISTS[year];
    const usual = Math.floor(holders[year] / days.length);
    return days.map((day, place) => ({
      year,
      day,
      rows: place === 0 ? holders[year] - usual * (days.length - 1) : usual,
      repeats: place > 0 ? new Map() : year === 2023 ? fromMarkets : year === 2024 ? twice : new Map(),
    }));
  });
}

/**
 * The nationwide part of the support centre: tens of thousands of shops that had a channel already and got a grant. One
 * row at a time, and nothing kept of it.
 *
 * @param known shops of markets that hold a grant or not; the first few that do stand on the lists again
 */
export function* nationwide(
  seed: number,
  { centre }: Foundations,
  done: Tally,
  known: readonly ShopPlan[],
  writer: Writer,
): Generator<Change> {
  const random = new Random(seed, 'nationwide');
  const book = new Book(random);
  const { coordinator: office } = hire(book, random, 0, OPENED_ON, 9_950);
  const siteAt = seoul(OPENED_ON, 10 * 60);
  const site = book.id(siteAt);
  book.note(siteAt, office, 'site', site, {
    program: centre,
    name: '전국 (지원센터 신청 점포)',
    kind: 'nationwide',
  });
  yield* writer.writeAll(book.take());

  const toTopUp: string[] = [];
  let serial = FIRST_SERIAL;
  for (const list of planLists(holdersByYear(done), known)) {
    if (list.day > TOPPED_UP_ON) yield* topUp();
    yield* takeIn(list);
    writer.forget();
  }

  function* takeIn({ year, day, rows, repeats }: List): Generator<Change> {
    const from = seoul(day, 9 * 60 + 30);
    const decideFrom = from + rows * ROW_MS + 10 * MINUTE_MS;
    let before = { id: '', name: '' };
    for (let row = 0; row < rows; row++, serial++) {
      const at = from + row * ROW_MS + random.int(0, ROW_MS / 4);
      const id = book.id(at);
      const shop = longShopName(random);
      const repeat = repeats.get(row);
      const original = repeat === 'rowBefore' ? before : repeat;
      const name = original?.name ?? shop.name;
      yield writer.writeOnce(shopRow(at, id, name, original ? undefined : shop.category));
      yield writer.writeOnce(grantRow(at + ROW_MS / 2, id, OFFERS[year], day));
      if (original)
        decide(book, office, decideFrom + row * 1_000, [original.id, id], 'same', '상호와 대표자가 같아요.');
      if (year === 2022 && row % 4 === 0 && toTopUp.length < TOPPED_UP) toTopUp.push(id);
      before = { id, name };
    }
    pasteTwice(decideFrom + 20 * MINUTE_MS);
    yield* writer.writeAll(book.take());
  }

  function shopRow(at: number, record: string, name: string, category: string | undefined): Draft {
    const area = random.pick(districts);
    const set: Record<string, string> = { site, name, status: random.chance(0.97) ? 'active' : 'closed' };
    if (category) set['category'] = category;
    if (random.chance(0.9)) set['roadAddress'] = `${areaOf(area)} 보기로 ${random.int(1, 300)}`;
    if (random.chance(0.92)) set['channelUrl'] = channelUrl(serial);
    if (random.chance(0.4)) set['ownerName'] = personName(random);
    const phone = FIRST_SERIAL + Math.floor((serial - FIRST_SERIAL) / PHONE_EVERY);
    if (serial % PHONE_EVERY === 0 && phone < 9_900) set['phone'] = phoneNumber(phone);
    return { at, by: office, entity: 'store', record, set };
  }

  function grantRow(at: number, store: string, amount: number, day: Day): Draft {
    const grantedOn = workday(addDays(day, -random.int(5, 40)));
    const set: Record<string, string | number> = { program: centre, store, amount, grantedOn };
    if (random.chance(0.8)) set['usedAmount'] = usedOf(random, amount);
    return { at, by: office, entity: 'grant', record: book.id(at), set };
  }

  /** A second grant for some of the first ones. */
  function* topUp(): Generator<Change> {
    const from = seoul(TOPPED_UP_ON, 10 * 60);
    for (const [row, id] of toTopUp.splice(0).entries()) {
      yield writer.writeOnce(grantRow(from + row * ROW_MS, id, STEP_WON, TOPPED_UP_ON));
    }
  }

  /** A row pasted once more below the list, and deleted. */
  function pasteTwice(at: number): void {
    const id = book.id(at);
    book.note(at, office, 'store', id, { site, ...longShopName(random), status: 'active' });
    book.note(at + 2 * MINUTE_MS, office, 'store', id, { deleted: true });
  }
}
