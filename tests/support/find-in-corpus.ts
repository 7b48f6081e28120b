import { findCandidates, type Found } from '#shared/matching/candidates.ts';
import { shopOf, siteOf, type Shop } from '#shared/matching/shop.ts';
import type { Corpus } from './shop-corpus.ts';

export interface Measured {
  readonly records: number;
  /** Pairs of records of one shop. */
  readonly truePairs: number;
  readonly compared: number;
  /** The share of the true pairs that were found, and of the found ones that are true, from a score on. */
  readonly recall: number;
  readonly precision: number;
}

export function shopsOf({ records, sites }: Corpus): Shop[] {
  const byId = new Map(sites.map((site) => [site.id, siteOf(site)]));
  return records.map((record) => shopOf(record, byId.get(record.site ?? '') ?? null));
}

/** The whole search at once. */
export function find(shops: readonly Shop[]): Found {
  const work = findCandidates(shops);
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

export function measure(corpus: Corpus, shops: readonly Shop[], found: Found, min: number): Measured {
  const shopOfPlace = (place: number): string => corpus.shopOf.get(shops[place]!.id)!;
  const sizes = [...Map.groupBy(corpus.shopOf.values(), (shop) => shop).values()].map(
    (group) => group.length,
  );
  const truePairs = sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  const asked = found.candidates.filter(({ score }) => score >= min);
  const right = asked.filter(({ left, right }) => shopOfPlace(left) === shopOfPlace(right)).length;
  return {
    records: shops.length,
    truePairs,
    compared: found.compared,
    recall: right / truePairs,
    precision: right / asked.length,
  };
}
