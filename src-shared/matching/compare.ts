import { compareNames } from './compare-names.ts';
import { comparePlaces } from './compare-place.ts';
import { agreesMasked, isMasked, isMobile, isOneSlip } from './details.ts';
import { keystrokes, slips } from './hangul.ts';
import type { Reason } from './reasons.ts';
import type { Shop } from './shop.ts';
import { compareTrades } from './trades.ts';
import { scoreOf, WEIGHTS } from './weights.ts';

export interface Comparison {
  /** The chance that the two records are one shop, 0 to 1. */
  readonly score: number;
  /** Every comparison that could be made; their weights and the prior make the score. */
  readonly reasons: readonly Reason[];
  readonly distanceMetres: number | null;
}

/** What only a look at all shops can tell. */
export interface Surroundings {
  /** Whether a phone number stands at so many shops that it is an office's. */
  readonly isShared: (phone: string) => boolean;
}

const ALONE: Surroundings = { isShared: () => false };

/** Compares two shops field by field. The order of the two makes no difference. */
export function compareShops(a: Shop, b: Shop, { isShared }: Surroundings = ALONE): Comparison {
  const { reasons: places, distanceMetres } = comparePlaces(a, b);
  const found = [
    compareBusinessNumbers(a, b),
    compareNamesOf(a, b),
    compareBranches(a, b),
    comparePhones(a, b, isShared),
    compareOwners(a, b),
    compareChannels(a, b),
    compareMapPlaces(a, b),
    ...places,
    compareCategories(a, b),
  ];
  const reasons = found.filter((reason) => reason !== null);
  const bits = reasons.reduce((sum, { weight }) => sum + weight, 0);
  return { score: scoreOf(bits), reasons, distanceMetres };
}

/** The reason for a field that one of the two, or neither, has. */
function unsaid(field: Reason['field'], a: unknown, b: unknown): Reason | null {
  return Boolean(a) === Boolean(b) ? null : { field, kind: 'missing', weight: 0 };
}

function compareBusinessNumbers(a: Shop, b: Shop): Reason | null {
  const W = WEIGHTS.businessNumber;
  const field = 'businessNumber';
  const [one, other] = [a.businessDigits, b.businessDigits];
  if (a.business !== '' && a.business === b.business) return { field, kind: 'same', weight: W.same };
  if (a.business !== '' && b.business !== '') return { field, kind: 'different', weight: W.different };
  if (one === '' || other === '') return unsaid(field, one, other);
  if (one === other || isOneSlip(one, other)) {
    return { field, kind: 'alike', weight: W.typo, how: one === other ? 'wrongCheckDigit' : 'oneDigit' };
  }
  // A wrong check digit says that something is mistyped, not what.
  return { field, kind: 'missing', weight: 0, how: 'wrongCheckDigit' };
}

function compareNamesOf(a: Shop, b: Shop): Reason | null {
  if (a.name.key === '' || b.name.key === '') return unsaid('name', a.name.key, b.name.key);
  const { how, weight } = compareNames(a.name, b.name);
  if (a.name.key === b.name.key)
    return { field: 'name', kind: 'same', weight, ...(how === 'sameName' ? {} : { how }) };
  return { field: 'name', kind: weight > 0 || how === 'onlyTrade' ? 'alike' : 'different', weight, how };
}

function compareBranches(
  { name: { branch: a }, site: siteA }: Shop,
  { name: { branch: b }, site: siteB }: Shop,
): Reason | null {
  const W = WEIGHTS.branch;
  const field = 'branch';
  if (a === '' && b === '') return null;
  if (a === '' || b === '') {
    // 하늘떡집 망원점 in 망원시장 says no more than 하늘떡집 there; 본점 is what the first shop calls itself later.
    const branch = a || b;
    const site = a === '' ? siteB : siteA;
    const told =
      branch === '본점' || branch === '1' || (site?.names.some((name) => name.includes(branch)) ?? false);
    return { field, kind: 'missing', weight: told ? 0 : W.oneSided, how: 'oneSided' };
  }
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const isMain = (branch: string): boolean => branch === '본점' || branch === '1';
  if (a === b || (isMain(a) && isMain(b))) return { field, kind: 'same', weight: W.same };
  // 망원점 and 망원시장점; but 1호점 is not 11호점.
  if (!/\d/.test(short) && long.startsWith(short)) return { field, kind: 'alike', weight: W.same };
  // 2호점 and 망원점 are two ways to count.
  if (/^\d+$/.test(a) !== /^\d+$/.test(b))
    return { field, kind: 'missing', weight: W.oneSided, how: 'oneSided' };
  return { field, kind: 'different', weight: W.different };
}

function comparePhones(a: Shop, b: Shop, isShared: (phone: string) => boolean): Reason | null {
  const pairs = a.phones.flatMap((one) => b.phones.map((other) => comparePhone(one, other, a, b, isShared)));
  if (pairs.length === 0) return unsaid('phone', a.phones.length, b.phones.length);
  return pairs.reduce((best, reason) => (reason.weight > best.weight ? reason : best));
}

function comparePhone(
  one: string,
  other: string,
  a: Shop,
  b: Shop,
  isShared: (phone: string) => boolean,
): Reason {
  const W = WEIGHTS.phone;
  const field = 'phone';
  if (one === other) {
    const ofSite = one === a.site?.phone || one === b.site?.phone;
    if (ofSite || isShared(one)) {
      return { field, kind: 'same', weight: W.shared, how: ofSite ? 'ofSite' : 'shared' };
    }
    return { field, kind: 'same', weight: W.same };
  }
  if (one.slice(-8) === other.slice(-8))
    return { field, kind: 'alike', weight: W.lastDigits, how: 'lastDigits' };
  if (isOneSlip(one, other)) return { field, kind: 'alike', weight: W.typo, how: 'oneDigit' };
  if (isMobile(one) !== isMobile(other)) {
    return { field, kind: 'different', weight: W.mobileAndLandline, how: 'mobileAndLandline' };
  }
  return { field, kind: 'different', weight: isMobile(one) ? W.differentMobile : W.differentLandline };
}

function compareOwners({ owner: a }: Shop, { owner: b }: Shop): Reason | null {
  const W = WEIGHTS.ownerName;
  const field = 'ownerName';
  if (a === '' || b === '') return unsaid(field, a, b);
  if (isMasked(a) || isMasked(b)) {
    if (agreesMasked(a, b)) return { field, kind: 'alike', weight: W.masked, how: 'masked' };
    return { field, kind: 'different', weight: W.different };
  }
  if (a === b) return { field, kind: 'same', weight: W.same };
  // 김민수 and 김민주 are one keystroke apart and may be brothers: it counts for little.
  if (slips(keystrokes(a), keystrokes(b)) <= 1) return { field, kind: 'alike', weight: W.typo, how: 'typo' };
  return { field, kind: 'different', weight: W.different };
}

function compareChannels(a: Shop, b: Shop): Reason | null {
  const W = WEIGHTS.channelUrl;
  const field = 'channelUrl';
  if (a.channel === '' || b.channel === '') return unsaid(field, a.channel, b.channel);
  if (a.channel !== b.channel) return { field, kind: 'different', weight: W.different };
  const ofSite = a.channel === a.site?.channel || a.channel === b.site?.channel;
  if (ofSite) return { field, kind: 'same', weight: W.ofSite, how: 'ofSite' };
  return { field, kind: 'same', weight: W.same };
}

function compareMapPlaces({ mapPlace: a }: Shop, { mapPlace: b }: Shop): Reason | null {
  const field = 'mapPlaceUrl';
  if (a === '' || b === '') return unsaid(field, a, b);
  if (a === b) return { field, kind: 'same', weight: WEIGHTS.mapPlaceUrl.same };
  return { field, kind: 'different', weight: WEIGHTS.mapPlaceUrl.different };
}

function compareCategories(a: Shop, b: Shop): Reason | null {
  const W = WEIGHTS.category;
  const field = 'category';
  if (a.category === '' || b.category === '') return unsaid(field, a.category, b.category);
  if (a.category === b.category) return { field, kind: 'same', weight: W.same };
  const known = a.trade !== null && b.trade !== null;
  const trades = known ? compareTrades(a.trade, b.trade) : 'different';
  if (trades === 'different') return { field, kind: 'different', weight: W.different };
  return { field, kind: 'alike', weight: W[trades], how: 'sameTrade' };
}
