import { Book, type Draft } from './book.ts';
import { addDays, Diary, type Day } from './calendar.ts';
import { workSite } from './fieldwork.ts';
import { MARKET_YEARS, MARKETS, NATIONAL } from './figures.ts';
import { payGrants, planGrants } from './grants.ts';
import { typeAgain } from './matches.ts';
import { correctShops, settlePhones, typeTwice } from './mishaps.ts';
import type { Campaign, SitePlan } from './plan.ts';
import { OFFERS, programId, start, type Foundations } from './programs.ts';
import { Random } from './random.ts';
import { addDeclined, addShops, allot, survey } from './shops.ts';
import { inventedMarketNames, inventedSites } from './sites.ts';
import { hire, teamsOf, type Staff } from './staff.ts';
import { sum, type Tally } from './tally.ts';

type Year = (typeof MARKET_YEARS)[number];

interface Season {
  readonly year: Year;
  readonly program: string;
  readonly sites: readonly SitePlan[];
}

export interface Markets {
  readonly staff: Staff;
  readonly seasons: readonly Season[];
  readonly sites: readonly SitePlan[];
  readonly foundations: Foundations;
  readonly seed: number;
  /** Holds the people until the first season is written. */
  readonly book: Book;
}

const FIRST_SITE_SERIAL = 101;
const FIRST_SHOP_SERIAL = 1_001;
const HIRED_ON: Day = '2022-03-21';

/** Plans 단골시장 of 2022 to 2024 so that it makes up what the season of 2024 leaves of the national figures. */
export function planMarkets(seed: number, foundations: Foundations, done: Tally): Markets {
  const random = new Random(seed, 'markets');
  const book = new Book(new Random(seed, 'market staff'));
  const staff = hire(book, random, 12, HIRED_ON, 9_920);
  const teams = teamsOf(staff.trainers, 2);
  const names = inventedMarketNames(random, sum(MARKET_YEARS.map((year) => year.sites)));
  let first = 0;
  const seasons = MARKET_YEARS.map((year) => {
    const program = programId(random, `${year.year}-02-01`);
    const sites = inventedSites(random, {
      program,
      kind: 'traditionalMarket',
      names: names.slice(first, first + year.sites),
      firstSerial: FIRST_SITE_SERIAL + first,
      teams,
      listedOn: (place) => addDays(year.opens, Math.floor((place * year.weeks * 7) / year.sites)),
    });
    first += year.sites;
    return { year, program, sites };
  });
  const sites = seasons.flatMap((season) => season.sites);
  planShops(random, sites, done);
  for (const season of seasons) planSeason(random, season);
  planFriends(random, sites, NATIONAL.friends - done.friends);
  return { staff, seasons, sites, foundations, seed, book };
}

function planShops(random: Random, sites: readonly SitePlan[], done: Tally): void {
  const sizes = random.spread(MARKETS.stores, sites.length, 6, 16);
  let serial = FIRST_SHOP_SERIAL;
  for (const [place, site] of sites.entries()) {
    addShops(random, site, sizes[place]!, serial);
    serial += sizes[place]!;
  }
  allot(
    random,
    sites.flatMap((site) => site.shops),
    {
      channels: NATIONAL.channels - done.channels,
      maps: MARKETS.maps,
      firstOnline: MARKETS.firstOnline,
      trained: NATIONAL.trained - done.trained,
      helpers: MARKETS.helpers,
    },
  );
}

function planSeason(random: Random, { year, program, sites }: Season): void {
  const shops = sites.flatMap((site) => site.shops);
  const open = shops.filter((shop) => shop.channel).length;
  planGrants(random, shops, Math.floor((open * MARKETS.grantPercent) / 100), program, OFFERS[year.year]);
  survey(random, shops, year.responses, { ...year, unscored: 0 });
  const declined = Math.round((MARKETS.declined * year.sites) / sum(MARKET_YEARS.map((each) => each.sites)));
  const firstSerial = FIRST_SHOP_SERIAL + MARKETS.stores + (year.year - 2022) * MARKETS.declined;
  addDeclined(random, sites, declined, firstSerial);
}

/** Deals the friends that the shops leave to the markets' own channels, some with four times as many as others. */
function planFriends(random: Random, sites: readonly SitePlan[], total: number): void {
  const left = total - sum(sites.flatMap((site) => site.shops.map((shop) => shop.friends ?? 0)));
  const weights = sites.map(() => 0.4 + 1.2 * random.share());
  const unit = left / sum(weights);
  sites.forEach((site, place) => {
    site.friends = Math.floor(weights[place]! * unit);
  });
  const rest = left - sum(sites.map((site) => site.friends));
  for (const site of sites.slice(0, rest)) site.friends += 1;
}

/** The drafts of the market programmes, year by year: nothing written in one year is changed in another. */
export function* workMarkets(markets: Markets): Generator<readonly Draft[]> {
  const { staff, seed, foundations } = markets;
  yield markets.book.take();
  for (const { year, program, sites } of markets.seasons) {
    const book = new Book(new Random(seed, `field ${year.year} markets`));
    start(
      book,
      staff.coordinator,
      program,
      {
        name: `단골시장 ${year.year}`,
        kind: 'market',
        startsOn: `${year.year}-02-01`,
        endsOn: `${year.year}-12-31`,
        grantPerStore: OFFERS[year.year],
        goalStores: year.sites * 10,
        goalFriends: year.sites * 2_500,
      },
      foundations,
    );
    const campaign: Campaign = {
      book,
      diary: new Diary(),
      office: staff.coordinator,
      surveyTemplate: foundations.survey,
      notices: [],
      countedOn: `${year.year}-12-05`,
      lastDay: `${year.year}-12-13`,
    };
    for (const [place, site] of sites.entries()) {
      const worked = workSite(campaign, site);
      correctShops(campaign, worked);
      payGrants(campaign, site);
      const shop = site.shops.find((each) => each.channel && each.status === 'active');
      if (!shop) continue;
      if (place % 25 === 7) typeAgain(campaign, worked, shop, 1);
      if (place % 40 === 9) settlePhones(campaign, worked, shop);
      if (place % 30 === 11) typeTwice(campaign, worked, shop, null);
    }
    yield book.take();
  }
}
