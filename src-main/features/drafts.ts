import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import type { Place } from '#shared/contract/drafts.ts';
import type { Json } from '#shared/merge/canonical.ts';
import type { Deps } from './deps.ts';

type Methods = 'drafts.put' | 'drafts.get' | 'drafts.drop' | 'place.put' | 'place.get';

/** How long half-typed text is kept. */
export const DRAFT_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;
const HALF_A_DAY_MS = DAY_MS / 2;

export function draftHandlers(deps: Deps): Pick<Handlers, Methods> {
  const { drafts } = deps.store;
  drafts.dropOlderThan(deps.now() - DRAFT_DAYS * DAY_MS);
  return {
    'drafts.put': ({ key, value }) => {
      drafts.put(key, value as Json, deps.now());
      return null;
    },
    'drafts.get': ({ key }) => drafts.get(key) ?? null,
    'drafts.drop': ({ key }) => {
      drafts.drop(key);
      return null;
    },
    'place.put': (place) => putPlace(deps, place),
    'place.get': () => getPlace(deps),
  };
}

function putPlace({ store, now }: Deps, place: CheckedOf<'place.put'>): null {
  store.meta.set('place', JSON.stringify({ ...place, at: now() }));
  return null;
}

function getPlace({ store, now }: Deps): Place | null {
  const kept = store.meta.get('place');
  if (kept === undefined) return null;
  const { path, field, at } = JSON.parse(kept) as Place & { at: number };
  return now() - at > HALF_A_DAY_MS ? null : { path, field };
}
