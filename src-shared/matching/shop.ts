import { addressOf, type Address } from './addresses.ts';
import { channelKey, isNone, isNoPhone, mapKey, personKey, phoneTexts, unitParts } from './details.ts';
import { pointOf, type Point } from './geo.ts';
import { businessNumberKey, isNoBusinessNumber, nameKey, namesOf, phoneKey } from './likeness.ts';
import { placeOf, withPresentDistrict } from './regions.ts';
import { shopNameOf, type ShopName } from './shop-name.ts';
import { tradeOf } from './trades.ts';

type Text = string | null;

/** The fields of a site that a shop there is compared by. */
export interface SiteFacts {
  readonly id: string;
  readonly name: Text;
  readonly kind: Text;
  readonly province: Text;
  readonly district: Text;
  readonly roadAddress: Text;
  readonly lotAddress: Text;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly phone: Text;
  readonly channelUrl: Text;
}

/** The fields of a store that are compared. */
export interface ShopFacts {
  readonly id: string;
  readonly site: Text;
  readonly name: Text;
  readonly category: Text;
  readonly ownerName: Text;
  readonly phone: Text;
  readonly businessNumber: Text;
  readonly roadAddress: Text;
  readonly lotAddress: Text;
  readonly unit: Text;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly channelUrl: Text;
  readonly mapPlaceUrl: Text;
}

/** A site in forms that can be compared, made once for all its shops. */
export interface Site {
  readonly id: string;
  /** A nationwide site is a list, not a place: to stand on it says nothing. */
  readonly isPlace: boolean;
  readonly names: readonly string[];
  /** Province and district, such as "강원특별자치도 강릉시"; empty when unknown. */
  readonly district: string;
  readonly addresses: readonly Address[];
  readonly point: Point | null;
  readonly phone: string;
  readonly channel: string;
}

/** A shop in forms that can be compared, made once for all its pairs. */
export interface Shop {
  readonly id: string;
  readonly site: Site | null;
  readonly name: ShopName;
  /** Ten digits with a right check digit, else empty. */
  readonly business: string;
  /** The digits as they stand, right or not. */
  readonly businessDigits: string;
  readonly phones: readonly string[];
  readonly owner: string;
  readonly channel: string;
  readonly mapPlace: string;
  readonly category: string;
  readonly trade: string | null;
  readonly road: Address | null;
  readonly lot: Address | null;
  readonly unit: readonly string[];
  readonly point: Point | null;
  /** Where it lies, as far as a district: its site's, else its own address's; empty when neither says. */
  readonly district: string;
}

export function siteOf(facts: SiteFacts): Site {
  const stated = placeOf(`${facts.province ?? ''} ${facts.district ?? ''}`);
  const addresses = addressesOf(facts.roadAddress, facts.lotAddress);
  const place = stated?.district ? stated : (addresses.find(({ district }) => district !== null) ?? stated);
  return {
    id: facts.id,
    isPlace: facts.kind !== 'nationwide',
    names: namesOf(facts.name ?? '', place?.district ? [place.district] : []),
    district: districtText(place),
    addresses,
    point: pointOf(facts.latitude, facts.longitude),
    phone: phoneKey(facts.phone ?? ''),
    channel: channelKey(facts.channelUrl ?? ''),
  };
}

export function shopOf(facts: ShopFacts, site: Site | null): Shop {
  const road = addressOf(facts.roadAddress ?? '');
  const lot = addressOf(facts.lotAddress ?? '');
  const detail = [said(facts.unit), road?.detail, lot?.detail].find((text) => text);
  const own = [road, lot].find((address) => address?.district);
  const digits = (facts.businessNumber ?? '').normalize('NFKC').replace(/\D/g, '');
  const siteDistrict = site?.isPlace ? site.district : '';
  return {
    id: facts.id,
    site,
    name: shopNameOf(said(facts.name)),
    business: businessNumberKey(facts.businessNumber ?? ''),
    businessDigits: isNoBusinessNumber(digits) ? '' : digits,
    phones: phoneTexts(facts.phone ?? '')
      .map(phoneKey)
      .filter((phone) => phone !== '' && !isNoPhone(phone)),
    owner: personKey(said(facts.ownerName)),
    channel: channelKey(facts.channelUrl ?? ''),
    mapPlace: mapKey(facts.mapPlaceUrl ?? ''),
    category: nameKey(said(facts.category)),
    trade: tradeOf(said(facts.category)),
    road,
    lot,
    unit: unitParts(detail ?? ''),
    point: pointOf(facts.latitude, facts.longitude),
    district: siteDistrict || districtText(own ?? null),
  };
}

/** A text that says something, else empty. */
function said(text: Text): string {
  return text === null || isNone(text) ? '' : text;
}

/** Two records of one market, as two programmes or two years' lists make them: a common name in one district. */
export function isSameMarket(a: Site, b: Site): boolean {
  if (a.id === b.id) return true;
  return a.district !== '' && a.district === b.district && a.names.some((name) => b.names.includes(name));
}

function addressesOf(...texts: readonly Text[]): Address[] {
  return texts.map((text) => addressOf(text ?? '')).filter((address) => address !== null);
}

function districtText(place: { province: string | null; district: string | null } | null): string {
  const present = place && withPresentDistrict(place);
  if (!present?.province) return '';
  const district = present.district ?? (present.province === '세종특별자치시' ? present.province : '');
  return district && `${present.province} ${district}`;
}
