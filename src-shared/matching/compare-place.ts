import { compareAddresses, type Address, type AddressVerdict } from './addresses.ts';
import { compareUnits } from './details.ts';
import { metresBetween } from './geo.ts';
import type { Reason } from './reasons.ts';
import { isSameMarket, type Shop, type Site } from './shop.ts';
import { WEIGHTS } from './weights.ts';

/** Where two shops lie: site, address, unit and coordinates. */
export interface PlaceComparison {
  readonly reasons: readonly Reason[];
  /** Between the two shops' coordinates; null unless both are there. */
  readonly distanceMetres: number | null;
}

export function comparePlaces(a: Shop, b: Shop): PlaceComparison {
  const distanceMetres = a.point && b.point ? metresBetween(a.point, b.point) : null;
  const address = compareAddress(a, b);
  const found = [compareSites(a, b), address, compareUnit(a, b), compareDistance(distanceMetres, address)];
  return { reasons: found.filter((reason) => reason !== null), distanceMetres };
}

/** Beyond this, two sites of one district are two places for certain; below, one may have grown out of the other. */
const NEAR_METRES = 500;

function compareSites({ site: a }: Shop, { site: b }: Shop): Reason | null {
  const W = WEIGHTS.site;
  if (!a || !b) return a === b ? null : { field: 'site', kind: 'missing', weight: 0 };
  if (!a.isPlace || !b.isPlace) {
    return { field: 'site', kind: a.id === b.id ? 'same' : 'missing', weight: 0, how: 'nationwide' };
  }
  if (a.id === b.id) return { field: 'site', kind: 'same', weight: W.same };
  if (isSameMarket(a, b)) return { field: 'site', kind: 'alike', weight: W.sameMarket, how: 'sameMarket' };
  if (a.district === '' || b.district === '' || a.district === b.district) return sitesOfOneDistrict(a, b);
  return { field: 'site', kind: 'different', weight: W.elsewhere, how: 'elsewhere' };
}

function sitesOfOneDistrict(a: Site, b: Site): Reason {
  const near = a.point !== null && b.point !== null && metresBetween(a.point, b.point) <= NEAR_METRES;
  if (near) return { field: 'site', kind: 'different', weight: WEIGHTS.site.near, how: 'near' };
  return { field: 'site', kind: 'different', weight: WEIGHTS.site.sameDistrict, how: 'sameDistrict' };
}

const KIND_OF: Readonly<Record<AddressVerdict, Reason['kind']>> = {
  same: 'same',
  sameBuilding: 'alike',
  sameDistrict: 'alike',
  nextDoor: 'different',
  otherNumber: 'different',
  otherRoad: 'different',
  otherDistrict: 'different',
  otherProvince: 'different',
};

/** By road and by lot, whichever agrees better: a building that got a new number keeps its lot. */
function compareAddress(a: Shop, b: Shop): Reason | null {
  const best = bestOf([verdictOf(a.road, b.road), verdictOf(a.lot, b.lot)]);
  // A road and a lot have only their places in common.
  const verdict = best ?? bestOf([verdictOf(a.road, b.lot), verdictOf(a.lot, b.road)]);
  if (verdict === null) {
    const given = [a, b].filter(({ road, lot }) => road || lot).length;
    return given === 1 ? { field: 'address', kind: 'missing', weight: 0 } : null;
  }
  if (verdict === 'same')
    return isOfSite(a) || isOfSite(b)
      ? sameAs('ofSite')
      : { field: 'address', kind: 'same', weight: WEIGHTS.address.same };
  // Shops of one site are in one district anyway.
  const told = verdict === 'sameDistrict' && a.site?.isPlace && b.site?.isPlace;
  return {
    field: 'address',
    kind: KIND_OF[verdict],
    weight: told ? 0 : WEIGHTS.address[verdict],
    how: verdict,
  };
}

function verdictOf(a: Address | null, b: Address | null): AddressVerdict | null {
  return a && b ? compareAddresses(a, b) : null;
}

function bestOf(verdicts: readonly (AddressVerdict | null)[]): AddressVerdict | null {
  return verdicts.reduce(
    (one, other) => (one && (!other || WEIGHTS.address[one] >= WEIGHTS.address[other]) ? one : other),
    null,
  );
}

function sameAs(how: 'ofSite'): Reason {
  return { field: 'address', kind: 'same', weight: WEIGHTS.address.ofSite, how };
}

/** Whether a shop gives the market's address as its own. */
function isOfSite({ site, road, lot }: Shop): boolean {
  const own = [road, lot].filter((address): address is Address => address !== null && address.street !== '');
  return (
    site !== null &&
    own.some((one) => site.addresses.some((other) => compareAddresses(one, other) === 'same'))
  );
}

function compareUnit(a: Shop, b: Shop): Reason | null {
  const verdict = compareUnits(a.unit, b.unit);
  if (verdict) return { field: 'unit', kind: verdict, weight: WEIGHTS.unit[verdict] };
  return a.unit.length === b.unit.length ? null : { field: 'unit', kind: 'missing', weight: 0 };
}

/** Nearness adds nothing to an address that agrees: both say the same thing once. */
function compareDistance(metres: number | null, address: Reason | null): Reason | null {
  if (metres === null) return null;
  const step = WEIGHTS.distance.find(({ upTo }) => metres <= upTo)!;
  const told = step.weight > 0 && (address?.weight ?? 0) > 0;
  const kind = step.weight <= 0 ? 'different' : metres <= WEIGHTS.distance[0].upTo ? 'same' : 'alike';
  return {
    field: 'distance',
    kind,
    weight: told ? 0 : step.weight,
    ...(told ? { how: 'withAddress' as const } : {}),
  };
}
