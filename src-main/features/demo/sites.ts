import type { Author } from './book.ts';
import { addDays, seoul, workday, type Day } from './calendar.ts';
import { areaOf, districts } from './districts.ts';
import { placeNames } from './names.ts';
import type { SitePlan } from './plan.ts';
import { newId } from '#shared/model/ids.ts';
import type { Random } from './random.ts';

/** The office writes a site and its shops down at that time of the day, in minutes. */
const LISTED_AT = 9 * 60 + 40;

/** The five markets as the national standard list of markets has them; their shops are invented. */
const EXCELLENT_MARKETS = [
  {
    name: '속초 관광수산시장',
    province: '강원특별자치도',
    district: '속초시',
    roadAddress: '강원특별자치도 속초시 중앙시장로 6길 4',
    lotAddress: '강원특별자치도 속초시 중앙동 493-51',
    latitude: 38.20540516,
    longitude: 128.5893558,
    storeCount: 350,
  },
  {
    name: '부산 반송큰시장',
    province: '부산광역시',
    district: '해운대구',
    roadAddress: '부산광역시 해운대구 윗반송로51번길 86',
    lotAddress: '부산광역시 해운대구 반송2동 40-762',
    latitude: 35.23111721,
    longitude: 129.1562096,
    storeCount: 171,
  },
  {
    name: '포항 큰동해시장',
    province: '경상북도',
    district: '포항시',
    roadAddress: '경상북도 포항시 남구 중앙로146번길 30',
    lotAddress: '경상북도 포항시 남구 해도동 435-31',
    latitude: 36.02655267,
    longitude: 129.3709812,
    storeCount: 123,
  },
  {
    name: '서울 망원시장',
    province: '서울특별시',
    district: '마포구',
    roadAddress: '서울특별시 마포구 망원로8길 3',
    lotAddress: '서울특별시 마포구 망원동 486-37',
    latitude: 37.55715706,
    longitude: 126.9059961,
    storeCount: 80,
  },
  {
    name: '서울 인헌시장',
    province: '서울특별시',
    district: '관악구',
    roadAddress: '서울특별시 관악구 남부순환로246나길 14',
    lotAddress: '서울특별시 관악구 봉천동 1636-4',
    latitude: 37.47486452,
    longitude: 126.9647731,
    storeCount: 52,
  },
] as const;

/** Markets that opened on fixed days of the month have always written it so. */
const OPENING_CYCLES = [
  '매일',
  '매일',
  '매일',
  '매일',
  '2일+7일',
  '3일+8일',
  '4일+9일',
  '5일+10일',
  '1일+6일',
];

interface SiteOrder {
  readonly program: string;
  readonly kind: SitePlan['kind'];
  readonly names: readonly string[];
  readonly firstSerial: number;
  readonly teams: readonly (readonly Author[])[];
  /** The day on which the office writes down the site of that place in the list. */
  readonly listedOn: (place: number) => Day;
  readonly sharingFrom?: (place: number) => Day | null;
}

/** Sites with invented names and addresses in real districts. */
export function inventedSites(random: Random, order: SiteOrder): SitePlan[] {
  const areas = order.names.flatMap((_, place) =>
    place % districts.length === 0 ? random.shuffled(districts) : [],
  );
  return order.names.map((name, place) => {
    const area = areas[place]!;
    const listedOn = workday(order.listedOn(place));
    const located = random.chance(0.95);
    return {
      ...siteId(random, order, place, listedOn),
      name,
      province: area.province,
      district: area.district,
      roadAddress: random.chance(0.97)
        ? `${areaOf(area)} 보기로${random.int(1, 90)}길 ${random.int(1, 60)}`
        : null,
      lotAddress: random.chance(0.8)
        ? `${areaOf(area)} 보기동 ${random.int(1, 900)}-${random.int(1, 40)}`
        : null,
      latitude: located ? around(random, area.latitude, 0.02) : null,
      longitude: located ? around(random, area.longitude, 0.02) : null,
      openingCycle: order.kind === 'street' ? null : random.pick(OPENING_CYCLES),
      storeCount: random.int(order.kind === 'street' ? 70 : 30, 240),
      sharingFrom: order.sharingFrom?.(place) ?? null,
      indoorMapLinkedOn: null,
      salesEventOn: null,
    };
  });
}

/** The five markets of 우수시장 조성. */
export function excellentSites(random: Random, order: Omit<SiteOrder, 'names' | 'kind'>): SitePlan[] {
  return EXCELLENT_MARKETS.map((market, place) => {
    const listedOn = workday(order.listedOn(place));
    return {
      ...siteId(random, { ...order, kind: 'traditionalMarket' }, place, listedOn),
      ...market,
      openingCycle: '매일',
      sharingFrom: order.sharingFrom?.(place) ?? null,
      indoorMapLinkedOn: workday(addDays(listedOn, random.int(60, 100))),
      salesEventOn: workday(addDays(listedOn, random.int(105, 140))),
    };
  });
}

export function inventedStreetNames(random: Random, count: number): string[] {
  return placeNames(random, 'street', count);
}

export function inventedMarketNames(random: Random, count: number): string[] {
  return placeNames(random, 'market', count);
}

/** A point nearby, to the five digits that a map gives. */
export function around(random: Random, middle: number, reach: number): number {
  return Number((middle + (random.share() * 2 - 1) * reach).toFixed(5));
}

function siteId(random: Random, order: Omit<SiteOrder, 'names'>, place: number, listedOn: Day) {
  return {
    id: newId(seoul(listedOn, LISTED_AT), random.bytes()),
    program: order.program,
    kind: order.kind,
    serial: order.firstSerial + place,
    listedOn,
    team: order.teams[place % order.teams.length]!,
    shops: [],
    friends: 0,
  };
}

/** When the office writes the site down; its shops follow a second or two apart. */
export function listedAt(site: SitePlan): number {
  return seoul(site.listedOn, LISTED_AT);
}
