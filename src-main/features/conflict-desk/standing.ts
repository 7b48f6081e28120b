import type { ConflictChoice } from '#shared/contract/conflicts.ts';
import { canonical, type Json } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';
import { parseChangeId } from '#shared/merge/clock.ts';
import { tracesOf } from '#shared/merge/provenance.ts';
import type { Head } from '#shared/merge/register.ts';
import type { Store } from '../../store/store.ts';
import { standingHeads, type Changes } from './sides.ts';

const DELETED = 'deleted';

/** The different values that stood against each other in the changes that were seen, the latest first. */
export function valuesSeen(changes: readonly Change[], field: string, seen: readonly string[]): Json[] {
  const valueBy = new Map(tracesOf(changes, field).map(({ change, value }) => [change.id, value]));
  const latestFirst = [...seen].sort().reverse();
  const own = latestFirst.filter((id) => valueBy.has(id)).map((id) => valueBy.get(id)!);
  // What knew nothing of a deletion sets other fields, and stands for the record as it was.
  const values = own.length < seen.length ? [...own, false] : own;
  return [...new Map(values.map((value) => [canonical(value), value])).values()];
}

/** Whether a conflict is as it was when it was chosen, was settled to the same value, or is another one by now. */
export function standing(
  store: Store,
  { entity, record, field, seen, value }: Omit<ConflictChoice, 'seen'> & { readonly seen: readonly string[] },
  of: Changes,
): 'settle' | 'already' | 'stale' {
  const state = store.projector.table(entity).get(record);
  const shown = state?.fields[field] ?? (field === DELETED ? false : null);
  if (!state?.conflicts[field]) return canonical(shown) === canonical(value) ? 'already' : 'stale';
  const heads = standingHeads(of, field);
  const same = isSame(
    heads.map(({ change }) => change.id),
    seen,
  );
  return same || isOpenAgain(store.laptop().id, heads, field, seen, of.changes) ? 'settle' : 'stale';
}

/**
 * Whether undo has opened the very conflict again: its values are then new changes of this laptop, which all replace
 * the one that had settled what was chosen then.
 */
function isOpenAgain(
  laptop: string,
  heads: readonly Head[],
  field: string,
  seen: readonly string[],
  changes: readonly Change[],
): boolean {
  if (field === DELETED) return false;
  const own = heads.every(({ change }) => parseChangeId(change.id).laptop === laptop);
  const replaced = new Set(heads.flatMap(({ change }) => change.prior?.[field] ?? ['']));
  const settler = replaced.size === 1 ? changes.find(({ id }) => replaced.has(id)) : undefined;
  if (!own || !isSame(settler?.prior?.[field] ?? [], seen)) return false;
  const values = heads.map((head) => canonical(head.value));
  const then = valuesSeen(changes, field, seen).map(canonical);
  return isSame([...new Set(values)], then);
}

/** The same changes; one that stands for several who wrote its value may be named several times. */
function isSame(left: readonly string[], right: readonly string[]): boolean {
  return [...new Set(left)].sort().join() === [...new Set(right)].sort().join();
}
