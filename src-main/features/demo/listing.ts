import { businessNumber, phoneNumber, siteChannelUrl } from './names.ts';
import type { Campaign, ShopPlan, SitePlan } from './plan.ts';
import { listedAt } from './sites.ts';

/** The office writes a site down, its shops from the list of the merchants' association, and the people on it. */
export function list(campaign: Campaign, site: SitePlan): void {
  const { book, office } = campaign;
  book.note(listedAt(site), office, 'site', site.id, {
    program: site.program,
    name: site.name,
    kind: site.kind,
    province: site.province,
    district: site.district ?? undefined,
    roadAddress: site.roadAddress ?? undefined,
    lotAddress: site.lotAddress ?? undefined,
    latitude: site.latitude ?? undefined,
    longitude: site.longitude ?? undefined,
    openingCycle: site.openingCycle ?? undefined,
    storeCount: site.storeCount,
    channelUrl: siteChannelUrl(site.serial),
  });
  for (const shop of site.shops) listShop(campaign, shop);
}

function listShop(campaign: Campaign, shop: ShopPlan): void {
  const { book, office } = campaign;
  const { random } = book;
  const { site, listedAt: at } = shop;
  const where = {
    site: site.id,
    category: shop.category,
    roadAddress: random.chance(0.75) ? (site.roadAddress ?? undefined) : undefined,
    lotAddress: random.chance(0.3) ? (site.lotAddress ?? undefined) : undefined,
    unit: shop.unit ?? undefined,
    latitude: shop.latitude ?? undefined,
    longitude: shop.longitude ?? undefined,
    status: 'active',
  } as const;
  book.note(at, office, 'store', shop.id, {
    ...where,
    name: shop.name,
    ownerName: shop.listed.ownerName ? shop.ownerName : undefined,
    phone: shop.listed.phone ? phoneNumber(shop.serial) : undefined,
    businessNumber: random.chance(0.35) ? businessNumber(shop.serial) : undefined,
  });
  // The list has the shop twice, spelt otherwise; its channel will be written down in the second row.
  if (shop.recordOfChannel !== shop.id) {
    book.note(at + 500, office, 'store', shop.recordOfChannel, { ...where, name: spacedName(shop.name) });
  }
  const merchant = shop.merchant;
  if (!merchant || merchant.walkIn) return;
  book.note(at + 1_000, office, 'person', merchant.id, {
    name: merchant.name,
    phone: shop.listed.phone ? phoneNumber(shop.serial) : undefined,
    kind: 'merchant',
    store: shop.id,
    consentOn: random.chance(0.6) ? site.listedOn : undefined,
  });
}

/** The same name as someone else would type it. */
export function spacedName(name: string): string {
  const middle = Math.ceil(name.length / 2);
  return `${name.slice(0, middle)} ${name.slice(middle)}`;
}
