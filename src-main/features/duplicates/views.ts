import type { DuplicatePair, DuplicateReason, DuplicateShop } from '#shared/contract/duplicates.ts';
import { compareShops, type Surroundings } from '#shared/matching/compare.ts';
import type { Reason, ReasonField } from '#shared/matching/reasons.ts';
import { shopOf, siteOf, type Shop, type SiteFacts } from '#shared/matching/shop.ts';
import { maskBusinessNumber, maskName, maskPhone } from '#shared/model/mask.ts';
import { shopById, siteById, type ShopRow } from '../../store/duplicate-queries.ts';
import type { Db } from '../../store/sqlite.ts';

/** Shops and pairs as a person reads them. Each shop and site is read once, for it stands in several pairs. */
export interface PairViews {
  /** Null for a shop that is not here or deleted. */
  shop(id: string): DuplicateShop | null;
  /** Null when one of the two is not here. */
  pair(left: string, right: string): DuplicatePair | null;
}

interface Side {
  readonly row: ShopRow;
  readonly shop: Shop;
  readonly view: DuplicateShop;
}

export function pairViews(
  db: Db,
  { masked, surroundings }: { readonly masked: boolean; readonly surroundings?: Surroundings },
): PairViews {
  const sites = new Map<string, SiteFacts | undefined>();
  const sides = new Map<string, Side | null>();

  function siteFacts(id: string | null): SiteFacts | undefined {
    if (id === null) return undefined;
    if (!sites.has(id)) sites.set(id, siteById(db, id));
    return sites.get(id);
  }

  function sideOf(id: string): Side | null {
    if (!sides.has(id)) sides.set(id, readSide(id));
    return sides.get(id) ?? null;
  }

  function readSide(id: string): Side | null {
    const row = shopById(db, id);
    if (!row) return null;
    const site = siteFacts(row.site);
    return { row, shop: shopOf(row, site ? siteOf(site) : null), view: viewOf(row, site, masked) };
  }

  return {
    shop: (id) => sideOf(id)?.view ?? null,
    pair(leftId, rightId) {
      const [left, right] = [sideOf(leftId), sideOf(rightId)];
      if (!left || !right) return null;
      const { score, reasons, distanceMetres } = compareShops(left.shop, right.shop, surroundings);
      return {
        left: left.view,
        right: right.view,
        score,
        reasons: reasons.map((reason) => withValues(reason, left, right)),
        distanceMetres: distanceMetres === null ? null : Math.round(distanceMetres),
      };
    },
  };
}

function viewOf(row: ShopRow, site: SiteFacts | undefined, masked: boolean): DuplicateShop {
  const { id, name, category, ownerName, phone, businessNumber, roadAddress, lotAddress, unit, status } = row;
  return {
    id,
    name: name ?? '',
    site: site ? { id: site.id, name: site.name ?? '' } : null,
    category,
    ownerName: masked ? maskName(ownerName) : ownerName,
    phone: masked ? maskPhone(phone) : phone,
    businessNumber: masked ? maskBusinessNumber(businessNumber) : businessNumber,
    address: roadAddress || lotAddress,
    unit,
    status,
  };
}

/** What each reason compared, in the words of the records. */
const valueOf: Readonly<Record<ReasonField, (side: Side) => string | null>> = {
  name: ({ view }) => view.name || null,
  branch: ({ shop }) => shop.name.branch || null,
  businessNumber: ({ view }) => view.businessNumber,
  phone: ({ view }) => view.phone,
  ownerName: ({ view }) => view.ownerName,
  channelUrl: ({ row }) => row.channelUrl,
  mapPlaceUrl: ({ row }) => row.mapPlaceUrl,
  site: ({ view }) => view.site?.name ?? null,
  address: ({ view }) => view.address,
  unit: ({ view, shop }) => view.unit || shop.road?.detail || shop.lot?.detail || null,
  category: ({ view }) => view.category,
  distance: () => null,
};

function withValues({ field, kind, how, weight }: Reason, left: Side, right: Side): DuplicateReason {
  const value = valueOf[field];
  return { field, kind, ...(how ? { how } : {}), weight, left: value(left), right: value(right) };
}
