import { newId } from '#shared/model/ids.ts';
import { personName, shopName } from './names.ts';
import { isTrained, peopleOf, type PersonPlan, type Presence, type ShopPlan, type SitePlan } from './plan.ts';
import type { Random } from './random.ts';
import { around, listedAt } from './sites.ts';
import { answerSheets, type SurveyGoal } from './surveys.ts';

const UNITS = ['가동', '나동', '다동', '1열', '2열', '3열'];

/** Adds invented shops to a site; the first of them takes the first serial number. */
export function addShops(random: Random, site: SitePlan, count: number, firstSerial: number): ShopPlan[] {
  const names = new Set(site.shops.map((shop) => shop.name));
  const added: ShopPlan[] = [];
  while (added.length < count) {
    const { name, category } = shopName(random);
    if (names.has(name)) continue;
    names.add(name);
    added.push(planShop(random, site, { name, category, serial: firstSerial + added.length }));
    site.shops.push(added.at(-1)!);
  }
  return added;
}

function planShop(
  random: Random,
  site: SitePlan,
  given: Pick<ShopPlan, 'name' | 'category' | 'serial'>,
): ShopPlan {
  const at = listedAt(site) + 30_000 + site.shops.length * 4_000 + random.int(0, 2_000);
  const id = newId(at, random.bytes());
  return {
    ...given,
    id,
    site,
    listedAt: at,
    unit: random.chance(0.8) ? `${random.pick(UNITS)} ${random.int(1, 60)}호` : null,
    ...position(random, site),
    ownerName: personName(random),
    listed: { ownerName: random.chance(0.55), phone: random.chance(0.5) },
    status: 'active',
    channel: false,
    map: false,
    firstOnline: null,
    merchant: null,
    helper: null,
    friends: null,
    answers: null,
    grants: [],
    recordOfChannel: id,
    openedOn: null,
  };
}

/** Shops that said no, spread over the sites. They are no part of the figures. */
export function addDeclined(
  random: Random,
  sites: readonly SitePlan[],
  count: number,
  firstSerial: number,
): void {
  for (let made = 0; made < count; made++) {
    for (const shop of addShops(random, random.pick(sites), 1, firstSerial + made)) shop.status = 'declined';
  }
}

/** How many of the shops of a programme come to what. */
interface Allotment {
  readonly channels: number;
  readonly maps: number;
  readonly firstOnline: number;
  /** Merchants trained: those who own a shop and those who help in one. */
  readonly trained: number;
  readonly helpers: number;
}

/** Deals the figures of a programme out to its shops, which are active and none the same as another. */
export function allot(random: Random, shops: readonly ShopPlan[], goal: Allotment): void {
  const open = random.sample(shops, goal.channels);
  for (const shop of open) shop.channel = true;
  for (const shop of random.sample(open, goal.maps)) shop.map = true;
  const first = new Set(random.sample(open, goal.firstOnline));
  for (const shop of open) shop.firstOnline = first.has(shop) ? true : random.chance(0.92) ? false : null;
  for (const shop of random.sample(open, Math.round(goal.channels * 0.013))) {
    shop.status = random.chance(0.6) ? 'closed' : 'moved';
  }
  for (const shop of open) shop.friends = random.chance(0.95) ? friendsOfShop(random) : null;

  const trained = new Set(random.sample(open, goal.trained - goal.helpers));
  const helped = new Set(random.sample([...trained], goal.helpers));
  for (const shop of shops) {
    const comes = trained.has(shop);
    const listed = random.chance(0.7);
    if (comes) shop.merchant = person(random, shop, shop.ownerName, random.chance(0.05), trainedAt(random));
    else if (listed) shop.merchant = person(random, shop, shop.ownerName, false, absentAt(random));
    if (helped.has(shop)) shop.helper = person(random, shop, personName(random), true, trainedAt(random));
  }
}

/** Gives `count` of the trained merchants' shops a sheet of answers each. */
export function survey(random: Random, shops: readonly ShopPlan[], count: number, goal: SurveyGoal): void {
  const able = shops.filter((shop) => shop.status === 'active' && shop.merchant && isTrained(shop.merchant));
  const sheets = answerSheets(random, count, goal);
  random.sample(able, count).forEach((shop, place) => {
    shop.answers = sheets[place]!;
  });
}

export function countTrained(sites: readonly SitePlan[]): number {
  return sites.flatMap((site) => site.shops.flatMap(peopleOf)).filter(isTrained).length;
}

function person(
  random: Random,
  shop: ShopPlan,
  name: string,
  walkIn: boolean,
  classes: PersonPlan['classes'],
): PersonPlan {
  return { id: newId(shop.listedAt + 1_000, random.bytes()), name, walkIn, classes };
}

function trainedAt(random: Random): PersonPlan['classes'] {
  const here = (): Presence => (random.chance(0.08) ? 'late' : 'present');
  const away = (): Presence | null => (random.chance(0.6) ? 'absent' : null);
  const kind = random.share();
  if (kind < 0.5) return [here(), here()];
  return kind < 0.85 ? [here(), away()] : [away(), here()];
}

function absentAt(random: Random): PersonPlan['classes'] {
  return [random.chance(0.6) ? 'absent' : null, random.chance(0.25) ? 'absent' : null];
}

function position(
  random: Random,
  { latitude, longitude }: SitePlan,
): Pick<ShopPlan, 'latitude' | 'longitude'> {
  if (latitude === null || longitude === null || random.chance(0.1))
    return { latitude: null, longitude: null };
  return { latitude: around(random, latitude, 0.0009), longitude: around(random, longitude, 0.0009) };
}

/** Most shops win a few dozen friends, a few win hundreds. */
function friendsOfShop(random: Random): number {
  return Math.round(6 + 22 * Math.exp((random.share() + random.share() + random.share() - 1.5) * 2));
}
