import type { SitePlan } from './plan.ts';
import { countTrained } from './shops.ts';

/** What planned sites come to: what is left of a national figure is dealt to the sites that follow. */
export interface Tally {
  readonly channels: number;
  readonly trained: number;
  readonly friends: number;
  readonly grantHolders: number;
  readonly grantsPaid: number;
}

export function tally(sites: readonly SitePlan[]): Tally {
  const shops = sites.flatMap((site) => site.shops);
  const grants = shops.flatMap((shop) => shop.grants);
  return {
    channels: shops.filter((shop) => shop.channel).length,
    trained: countTrained(sites),
    friends: sum(sites.map((site) => site.friends)) + sum(shops.map((shop) => shop.friends ?? 0)),
    grantHolders: shops.filter((shop) => shop.grants.length > 0).length,
    grantsPaid: sum(grants.map((grant) => grant.amount)),
  };
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
