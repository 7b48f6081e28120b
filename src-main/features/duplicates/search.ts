import { setImmediate as breathe } from 'node:timers/promises';
import { findCandidates, surroundingsOf, type Found } from '#shared/matching/candidates.ts';
import type { Surroundings } from '#shared/matching/compare.ts';
import { shopOf, siteOf, type Shop } from '#shared/matching/shop.ts';
import {
  allSites,
  logStamp,
  samePlacesSince,
  shopsAfter,
  type LogStamp,
} from '../../store/duplicate-queries.ts';
import type { Deps } from '../deps.ts';

/** The outcome of comparing all shops; candidates name shops by their places in the list. */
export interface Searched {
  readonly shops: readonly { readonly id: string; readonly site: string | null }[];
  readonly found: Found;
  readonly surroundings: Surroundings;
}

export interface CandidateSearch {
  /** As of now: what was found stays good until a store or a site changes, whatever else is recorded. */
  now(): Promise<Searched>;
}

export function candidateSearch(deps: Deps): CandidateSearch {
  const { db, projector } = deps.store;
  let last: { readonly stamp: LogStamp; readonly searched: Promise<Searched> } | null = null;
  return {
    now() {
      projector.catchUp();
      if (!last || !samePlacesSince(db, last.stamp)) {
        const started = { stamp: logStamp(db), searched: search(deps) };
        started.searched.catch(() => {
          if (last === started) last = null;
        });
        last = started;
      }
      return last.searched;
    },
  };
}

/** Shops read at once: some 20 ms of work. */
const PAGE = 500;

/**
 * Works in slices, so that other calls are answered in between. A store that changes meanwhile may have been read before
 * or after: the next call finds the change and searches anew.
 */
async function search(deps: Deps): Promise<Searched> {
  const { shops, places } = await gather(deps);
  const work = findCandidates(shops);
  let step = work.next();
  while (!step.done) {
    deps.tell({ kind: 'progress', job: 'duplicates', done: Math.round(step.value * 100), total: 100 });
    await breathe();
    step = work.next();
  }
  return { shops: places, found: step.value, surroundings: surroundingsOf(shops) };
}

async function gather({ store: { db } }: Deps): Promise<{ shops: Shop[]; places: Searched['shops'] }> {
  const sites = new Map(allSites(db).map((facts) => [facts.id, siteOf(facts)]));
  const shops: Shop[] = [];
  const places: { id: string; site: string | null }[] = [];
  for (let page = shopsAfter(db, '', PAGE); page.length > 0; page = shopsAfter(db, page.at(-1)!.id, PAGE)) {
    for (const facts of page) {
      shops.push(shopOf(facts, sites.get(facts.site ?? '') ?? null));
      places.push({ id: facts.id, site: facts.site });
    }
    await breathe();
  }
  return { shops, places };
}
