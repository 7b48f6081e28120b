import type { Handlers } from '#shared/contract/contract.ts';
import type { Rescue } from '#shared/contract/rescue.ts';
import { lastRescue, noteRescue } from '../store/rescue.ts';
import type { Deps } from './deps.ts';

/** What the program restored by itself, and that a person knows of it. */
export function rescueHandlers(deps: Deps): Pick<Handlers, 'rescue.last' | 'rescue.seen'> {
  return {
    'rescue.last': () => lastRescue(deps.store),
    'rescue.seen': () => seen(deps),
  };
}

function seen({ store, tell }: Deps): Rescue | null {
  const last = lastRescue(store);
  if (!last || last.seen) return last;
  const told = { ...last, seen: true };
  noteRescue(store, told);
  tell({ kind: 'changed', entities: [] });
  return told;
}
