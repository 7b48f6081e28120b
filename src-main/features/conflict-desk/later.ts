import type { CheckedOf } from '#shared/contract/contract.ts';
import { keepForLater, takeFromLater } from '../../store/conflict-later.ts';
import { transaction } from '../../store/sqlite.ts';
import type { Deps } from '../deps.ts';

/** Keeps open conflicts for later or takes them back; one that is settled by now is passed over. */
export function keep(deps: Deps, { conflicts, later }: CheckedOf<'conflicts.later'>): { changed: number } {
  const { store, now } = deps;
  return transaction(store.db, () => {
    let changed = 0;
    for (const key of conflicts) {
      const values = store.projector.table(key.entity).get(key.record)?.conflicts[key.field];
      if (!values) continue;
      if (later) keepForLater(store.drafts, key, values, now());
      else takeFromLater(store.drafts, key);
      changed += 1;
    }
    return { changed };
  });
}
