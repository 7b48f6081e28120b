/**
 * The figures published on 2024-12-17, and how the demo deals out what they leave open. Everything else is planned so
 * that it comes to these by the definitions of the report.
 */
export const STREETS = {
  sites: 15,
  /** The last seven streets make up the second round, and share their results. */
  firstRound: 8,
  stores: 842,
  channels: 840,
  maps: 796,
  firstOnline: 421,
  trained: 826,
  helpers: 20,
  declined: 15,
  responses: 722,
  survey: { meanTenths: 49, helpfulPercent: 95, unscored: 2 },
  grants: 510,
} as const;

export const EXCELLENT = {
  sites: 5,
  friendsAbove: 10_000,
  awards: 15,
  stores: 60,
  channels: 58,
  maps: 55,
  firstOnline: 21,
  trained: 61,
  helpers: 4,
  declined: 1,
  responses: 40,
  survey: { meanTenths: 47, helpfulPercent: 90, unscored: 0 },
  grants: 40,
} as const;

/** Since 2022 and over all programmes. */
export const NATIONAL = {
  markets: 212,
  trained: 2_800,
  channels: 2_800,
  friends: 730_000,
  grantHolders: 66_000,
  grantsPaid: 25_500_000_000,
} as const;

/** The markets of 단골시장 by year, 207 in all: the five excellent markets make up the 212. */
export const MARKET_YEARS = [
  {
    year: 2022,
    sites: 30,
    opens: '2022-05-02',
    weeks: 18,
    responses: 160,
    meanTenths: 46,
    helpfulPercent: 85,
  },
  {
    year: 2023,
    sites: 77,
    opens: '2023-03-06',
    weeks: 25,
    responses: 400,
    meanTenths: 47,
    helpfulPercent: 90,
  },
  {
    year: 2024,
    sites: 100,
    opens: '2024-03-04',
    weeks: 25,
    responses: 560,
    meanTenths: 48,
    helpfulPercent: 95,
  },
] as const;

export const MARKETS = {
  stores: 2_010,
  maps: 1_640,
  firstOnline: 890,
  helpers: 45,
  declined: 40,
  /** Of a hundred shops with a channel, how many got a grant. */
  grantPercent: 85,
} as const;
