import { addressKey, nameKey, namesOf, phoneKey } from '#shared/matching/likeness.ts';
import type { PairRule } from '#shared/matching/pairing.ts';
import { planTable, type Draft, type Plan, type Recognition } from './plan.ts';
import { placeOf, withPresentDistrict, type Place } from '#shared/matching/regions.ts';
import type { Fields, TableRecord } from './table-port.ts';

/** What a market is recognised by. */
interface SiteSide {
  readonly name: string;
  /** All its names, the former ones too. */
  readonly names: readonly string[];
  readonly road: string;
  readonly lot: string;
  /** Province and district as its fields and each of its addresses have them: a typing error in one is outvoted. */
  readonly places: readonly string[];
  readonly phone: string;
  readonly point: string;
}

const rules: readonly PairRule<SiteSide>[] = [
  { why: 'name and both addresses', keys: (s) => (s.road && s.lot ? [join(s.name, s.road, s.lot)] : []) },
  { why: 'name and lot address', keys: (s) => (s.lot ? [join(s.name, s.lot)] : []) },
  { why: 'name and road address', keys: (s) => (s.road ? [join(s.name, s.road)] : []) },
  { why: 'name and coordinates', keys: (s) => (s.point ? [join(s.name, s.point)] : []) },
  { why: 'name and phone', keys: (s) => (s.phone ? [join(s.name, s.phone)] : []) },
  { why: 'name and district', keys: (s) => s.places.map((place) => join(s.name, place)) },
  {
    why: 'another name and an address',
    keys: (s) =>
      s.names.flatMap((name) => [s.road, s.lot].filter(Boolean).map((address) => join(name, address))),
  },
  {
    why: 'another name and district',
    keys: (s) => s.names.flatMap((name) => s.places.map((place) => join(name, place))),
    // 현대시장 and 현대시장(분당) are two markets of one city: their addresses say so. And what its own name left in
    // doubt, a former name does not settle.
    unless: (row, here) => row.name === here.name || (hasAddress(row) && hasAddress(here)),
  },
  {
    why: 'renamed at the same addresses',
    keys: (s) => {
      if (s.road && s.lot) return [join(s.road, s.lot)];
      return s.point && hasAddress(s) ? [join(s.road || s.lot, s.point)] : [];
    },
  },
];

export interface PlanSitesOptions {
  /** The programme that the sites are for: only its sites and those of none are matched, and it is set on them. */
  readonly program?: string | undefined;
}

/**
 * Decides what a list of markets does to the sites that are here. With a programme, a site of another one is never
 * touched; without, sites of no programme are preferred and any other will do, for a list of the nation's markets
 * is about the market, not about whose it is.
 */
export function planSites(
  drafts: readonly Draft[],
  here: readonly TableRecord[],
  { program }: PlanSitesOptions = {},
): Plan {
  const programOf = ({ fields }: TableRecord): string => String(fields['program'] ?? '');
  const others = [...new Set(here.map(programOf))].filter((id) => id !== '').sort();
  const order = program === undefined ? ['', ...others] : [program, ''];
  const pools = order.map((id) => here.filter((site) => programOf(site) === id));
  const wanted = drafts.map((draft) =>
    program ? { ...draft, defaults: { ...draft.defaults, program } } : draft,
  );
  return planTable(wanted, pools, recognition);
}

const recognition: Recognition<SiteSide> = {
  sideOf,
  rules,
  sameness: (s) => join(s.name, s.road, s.lot, s.road || s.lot ? '' : s.places.join('|')),
  repeated: (first) => `${first}행과 이름과 주소가 같아서 구별할 수 없어요.`,
};

function sideOf(fields: Fields): SiteSide {
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const { latitude, longitude } = fields;
  const addresses = [text('roadAddress'), text('lotAddress')];
  const stated = text('province') && `${text('province')} ${text('district')}`;
  const places = [stated, ...addresses].map(placeOf).filter((place) => place !== null);
  const districts = places.flatMap(({ district }) => (district ? [district] : []));
  return {
    name: nameKey(text('name')),
    names: namesOf(text('name'), districts),
    road: addressKey(text('roadAddress')),
    lot: addressKey(text('lotAddress')),
    places: [
      ...new Set(
        places
          .filter(isPrecise)
          .map(withPresentDistrict)
          .map(({ province, district }) => join(province, district ?? '')),
      ),
    ],
    phone: phoneKey(text('phone')),
    point:
      typeof latitude === 'number' && typeof longitude === 'number'
        ? join(latitude.toFixed(5), longitude.toFixed(5))
        : '',
  };
}

/** A province alone says too little, but Sejong is one district. */
function isPrecise({ province, district }: Place): boolean {
  return district !== null || province === '세종특별자치시';
}

function hasAddress({ road, lot }: SiteSide): boolean {
  return road !== '' || lot !== '';
}

function join(...parts: readonly string[]): string {
  return parts.join('\n');
}
