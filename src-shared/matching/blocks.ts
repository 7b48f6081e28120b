import type { Point } from './geo.ts';
import type { Shop } from './shop.ts';

/**
 * Which shops are compared at all. 66,748 shops have 2.2 billion pairs; only those are looked at that have something
 * in common on which a good score could rest. Each rule gives keys, and shops with an equal key are compared.
 */
export interface BlockRule {
  readonly name: BlockName;
  readonly keys: (shop: Shop) => readonly string[];
}

export type BlockName =
  | 'businessNumber'
  | 'phone'
  | 'channel'
  | 'mapPlace'
  | 'nameAndOwner'
  | 'nameAndPoint'
  | 'owner'
  | 'name'
  | 'slip'
  | 'syllables'
  | 'syllablesAndAddress';

export const BLOCK_RULES: readonly BlockRule[] = [
  { name: 'businessNumber', keys: ({ business }) => given(business) },
  // The last eight digits, so that a number without its area code is met too.
  { name: 'phone', keys: ({ phones }) => phones.map((phone) => phone.slice(-8)) },
  { name: 'channel', keys: ({ channel }) => given(channel) },
  { name: 'mapPlace', keys: ({ mapPlace }) => given(mapPlace) },
  // For shops of which nobody knows where they lie, and those of which only the coordinates do.
  { name: 'nameAndOwner', keys: ({ name, owner }) => (name.key && owner ? [join(name.key, owner)] : []) },
  { name: 'nameAndPoint', keys: ({ name, point }) => (name.key && point ? corners(name.key, point) : []) },
  { name: 'owner', keys: (shop) => (shop.owner ? local(shop, [shop.owner]) : []) },
  { name: 'name', keys: (shop) => local(shop, namesOf(shop)) },
  { name: 'slip', keys: (shop) => local(shop, withoutOneSyllable(shop.name.key)) },
  { name: 'syllables', keys: (shop) => inMarket(shop, syllablePairs(shop.name.own)) },
  // Where a site says nothing, names that are only alike make a good score at one address alone.
  { name: 'syllablesAndAddress', keys: (shop) => atAddress(shop, syllablePairs(shop.name.own)) },
];

/** All keys that a name may be found under, its own part without the trade among them. */
function namesOf({ name }: Shop): string[] {
  const own = name.own.length >= 2 ? [name.own] : [];
  return [name.key, ...own, ...name.former, ...name.aliases].filter((key) => key !== '');
}

/** Longer names have enough syllable pairs in common after one slip. */
const LONGEST_FOR_SLIPS = 8;

/**
 * The name, and the name with each syllable left out in turn: two names that differ in one syllable, or in one too many,
 * have one of these in common (deletion neighbourhood: T. Bocek, E. Hunt, B. Stiller, "Fast Similarity Search in Large
 * Dictionaries", University of Zurich, 2007).
 */
function withoutOneSyllable(key: string): string[] {
  if (key.length < 3 || key.length > LONGEST_FOR_SLIPS) return [];
  const shorter = Array.from(key, (_, at) => `${key.slice(0, at)}${key.slice(at + 1)}`);
  return [key, ...shorter];
}

/** The corners around a point of a grid of about 1 km: points that are less than that apart have one in common. */
const PER_DEGREE = 100;

function corners(key: string, { latitude, longitude }: Point): string[] {
  const [north, east] = [latitude * PER_DEGREE, longitude * PER_DEGREE];
  const rows = [Math.floor(north), Math.ceil(north)];
  const columns = [Math.floor(east), Math.ceil(east)];
  return rows.flatMap((row) => columns.map((column) => join(key, String(row), String(column))));
}

/** Two syllables in a row of what tells a shop apart: 통영할매 and 할매 meet at 할매. */
function syllablePairs(own: string): string[] {
  return Array.from({ length: Math.max(0, own.length - 1) }, (_, at) => own.slice(at, at + 2));
}

/** Keys that count only among shops of one district, or of one site where no district is known. */
function local({ district, site }: Shop, keys: readonly string[]): string[] {
  const place = district || (site?.isPlace ? site.id : '');
  return place === '' ? [] : keys.map((key) => join(place, key));
}

/** Keys that count only among shops of one market, under whichever of its records and names. */
function inMarket({ site }: Shop, keys: readonly string[]): string[] {
  if (!site?.isPlace) return [];
  const markets = site.district === '' ? [site.id] : site.names.map((name) => join(site.district, name));
  return markets.flatMap((market) => keys.map((key) => join(market, key)));
}

/** Keys that count only among shops of one building; there is a 중앙로 12 in most districts. */
function atAddress(shop: Shop, keys: readonly string[]): string[] {
  return [shop.road, shop.lot].flatMap((address) => {
    if (!address || address.street === '') return [];
    const district = address.district ?? shop.district.split(' ')[1] ?? '';
    return keys.map((key) => join(district, address.street, address.number, key));
  });
}

function given(key: string): string[] {
  return key === '' ? [] : [key];
}

function join(...parts: readonly string[]): string {
  return parts.join('\n');
}
