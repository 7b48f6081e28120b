import { Book, type Draft } from './book.ts';
import { addDays, Diary, MINUTE_MS, seoul, type Day } from './calendar.ts';
import { workSite } from './fieldwork.ts';
import { EXCELLENT, STREETS } from './figures.ts';
import { payGrants, planGrants } from './grants.ts';
import { decide, deskTime, soundAlike, tellApart, typeAgain } from './matches.ts';
import {
  callOff,
  correctShops,
  crossOut,
  settleDeletion,
  settlePhones,
  takeBack,
  typeTwice,
} from './mishaps.ts';
import { isTrained, type Campaign, type ShopPlan, type SitePlan, type Worked } from './plan.ts';
import { announce, found, OFFERS, programId, start, type Foundations } from './programs.ts';
import { Random } from './random.ts';
import { addDeclined, addShops, allot, survey } from './shops.ts';
import { excellentSites, inventedSites, inventedStreetNames } from './sites.ts';
import { hire, teamsOf } from './staff.ts';
import { newId } from '#shared/model/ids.ts';

const TITLES = ['단골왕상', '소통왕상', '첫걸음상'];
const COUNTED_ON: Day = '2024-12-05';

/** What was written in 2024, and what the years before need to know of it. */
export interface Season {
  readonly drafts: readonly Draft[];
  readonly sites: readonly SitePlan[];
  readonly foundations: Foundations;
}

/** 단골거리 and 우수시장 조성 of 2024, with grants of the support centre: what `demo` makes. */
export function season2024(seed: number): Season {
  const random = new Random(seed, 'season 2024');
  const book = new Book(new Random(seed, 'field 2024'));
  const staff = hire(book, random, 9, '2022-03-07', 9_900);
  const office = staff.coordinator;
  const foundations = found(book, office);
  const teams = teamsOf(staff.trainers, 3);

  const streetProgram = programId(random, '2024-03-04');
  const excellentProgram = programId(random, '2024-04-01');
  const round = (day: Day, place: number, gap: number) => addDays(day, place * gap);
  const streets = inventedSites(random, {
    program: streetProgram,
    kind: 'street',
    names: inventedStreetNames(random, STREETS.sites),
    firstSerial: 1,
    teams,
    listedOn: (place) =>
      place < STREETS.firstRound
        ? round('2024-04-08', place, 6)
        : round('2024-08-05', place - STREETS.firstRound, 6),
    sharingFrom: (place) =>
      place < STREETS.firstRound ? null : round('2024-11-11', place - STREETS.firstRound, 2),
  });
  const markets = excellentSites(random, {
    program: excellentProgram,
    firstSerial: STREETS.sites + 1,
    teams,
    listedOn: (place) => round('2024-05-13', place, 8),
    sharingFrom: (place) => round('2024-11-25', place, 1),
  });
  planStreets(random, streets);
  planMarkets(random, markets);
  const shops = streets.flatMap((site) => site.shops);
  planGrants(random, shops, STREETS.grants, streetProgram, OFFERS[2024]);
  planGrants(
    random,
    markets.flatMap((site) => site.shops),
    EXCELLENT.grants,
    excellentProgram,
    OFFERS[2024],
  );
  planGrants(
    random,
    [...shops, ...markets.flatMap((site) => site.shops)],
    240,
    foundations.centre,
    OFFERS[2024],
  );

  start(
    book,
    office,
    streetProgram,
    {
      name: '단골거리 2024',
      kind: 'street',
      startsOn: '2024-03-04',
      endsOn: '2024-12-31',
      grantPerStore: OFFERS[2024],
      goalStores: 800,
      goalFriends: 80_000,
    },
    foundations,
  );
  start(
    book,
    office,
    excellentProgram,
    {
      name: '우수시장 조성 2024',
      kind: 'excellentMarket',
      startsOn: '2024-04-01',
      endsOn: '2024-12-31',
      grantPerStore: OFFERS[2024],
      goalStores: 60,
      goalFriends: EXCELLENT.sites * EXCELLENT.friendsAbove,
    },
    foundations,
  );

  const campaign: Campaign = {
    book,
    diary: new Diary(),
    office,
    surveyTemplate: foundations.survey,
    notices: announce(book, office),
    countedOn: COUNTED_ON,
    lastDay: '2024-12-13',
  };
  const alike = streets.slice(3, 9).map(soundAlike);
  const listedTwice = listTwice(random, streets[9]!);
  const worked = [...streets, ...markets].map((site) => workSite(campaign, site));
  for (const each of worked) {
    correctShops(campaign, each);
    payGrants(campaign, each.site);
  }
  markets.forEach((site, place) => honour(campaign, site, worked[STREETS.sites + place]!));
  alike.forEach((pair, place) => tellApart(campaign, worked[3 + place]!, pair, place === 2));
  decide(
    book,
    office,
    deskTime(worked[9]!, 2),
    [listedTwice.id, listedTwice.recordOfChannel],
    'same',
    '같은 자리예요.',
  );
  addMishaps(campaign, worked, foundations.centre);
  return { drafts: book.take(), sites: [...streets, ...markets], foundations };
}

function planStreets(random: Random, sites: readonly SitePlan[]): void {
  const sizes = random.spread(STREETS.stores, STREETS.sites, 40, 74);
  let serial = 1;
  for (const [place, site] of sites.entries()) {
    addShops(random, site, sizes[place]!, serial);
    serial += sizes[place]!;
    site.friends = random.int(1_300, 6_400);
  }
  const shops = sites.flatMap((site) => site.shops);
  allot(random, shops, STREETS);
  survey(random, shops, STREETS.responses, STREETS.survey);
  addDeclined(random, sites, STREETS.declined, serial);
}

function planMarkets(random: Random, sites: readonly SitePlan[]): void {
  const sizes = random.spread(EXCELLENT.stores, EXCELLENT.sites, 9, 15);
  let serial = 901;
  for (const [place, site] of sites.entries()) {
    addShops(random, site, sizes[place]!, serial);
    serial += sizes[place]!;
    site.friends = random.int(EXCELLENT.friendsAbove + 80, EXCELLENT.friendsAbove + 4_900);
  }
  const shops = sites.flatMap((site) => site.shops);
  allot(random, shops, EXCELLENT);
  survey(random, shops, EXCELLENT.responses, EXCELLENT.survey);
  addDeclined(random, sites, EXCELLENT.declined, serial);
}

/** One shop stands in the office's list twice; its channel comes to be written down in the second row. */
function listTwice(random: Random, site: SitePlan): ShopPlan {
  const shop = site.shops.filter((each) => each.channel && each.status === 'active').at(-1)!;
  shop.recordOfChannel = newId(shop.listedAt + 500, random.bytes());
  return shop;
}

/** Three merchants of each excellent market are honoured at its results-sharing event. */
function honour(campaign: Campaign, site: SitePlan, { sharing }: Worked): void {
  const { book, office } = campaign;
  const able = site.shops.filter(
    (shop) => shop.merchant && isTrained(shop.merchant) && shop.status === 'active',
  );
  const at = seoul(sharing!.day, 15 * 60 + 30);
  book.random.sample(able, TITLES.length).forEach((shop, place) => {
    book.note(at + place * 5 * MINUTE_MS, office, 'award', book.id(at + place), {
      program: site.program,
      site: site.id,
      store: shop.id,
      person: shop.merchant!.id,
      title: TITLES[place]!,
      awardedOn: sharing!.day,
    });
  });
}

/** Which site has which mishap is fixed; which shop depends on the plan alone. */
function addMishaps(campaign: Campaign, worked: readonly Worked[], centre: string): void {
  const at = (place: number) => worked[place]!;
  const shopAt = (place: number, which: number) =>
    at(place).site.shops.filter((shop) => shop.channel && shop.status === 'active')[which]!;
  for (const place of [0, 2, 4, 7, 11]) typeAgain(campaign, at(place), shopAt(place, 5), 1);
  typeAgain(campaign, at(12), shopAt(12, 5), 2);
  settlePhones(campaign, at(3), shopAt(3, 4));
  settlePhones(campaign, at(10), shopAt(10, 4));
  settleDeletion(campaign, at(5), shopAt(5, 6));
  takeBack(campaign, at(6), shopAt(6, 7));
  typeTwice(campaign, at(1), shopAt(1, 8), 37);
  typeTwice(campaign, at(8), shopAt(8, 8), null);
  typeTwice(campaign, at(16), shopAt(16, 2), null);
  crossOut(campaign, at(2), shopAt(4, 3));
  crossOut(campaign, at(13), shopAt(4, 4));
  callOff(campaign, at(6), centre);
}
