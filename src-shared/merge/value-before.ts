import type { Json } from './canonical.ts';
import type { Change } from './change.ts';
import { erasedIn, headsOf } from './register.ts';
import { originalsOf } from './reopened.ts';

/** What a field was before: a value, nothing, a value that was destroyed, or what no change here tells. */
export type Before =
  | { readonly kind: 'value'; readonly value: Json; readonly change: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'erased' }
  | { readonly kind: 'unknown' };

/**
 * What all sides of a conflict saw before they disagreed: the value of their nearest common prior, the greatest change
 * that every one of them names, directly or through others. A function of the set of changes alone. Where undo has opened
 * the conflict again, its sides are those that wrote the values first.
 */
export function valueBefore(changes: readonly Change[], field: string): Before {
  const heads = headsOf(changes).get(field) ?? [];
  const sides = heads.flatMap(({ change }) => originalsOf(changes, field, change));
  return nearestCommon(changes, field, sides);
}

/** What the author of one change saw in a field that it sets. */
export function valueSeen(changes: readonly Change[], field: string, change: Change): Before {
  return nearestCommon(changes, field, [change]);
}

function nearestCommon(changes: readonly Change[], field: string, sides: readonly Change[]): Before {
  const known = new Map(
    changes.filter((change) => sets(change, field) || erases(change, field)).map((one) => [one.id, one]),
  );
  const [first, ...others] = sides.map((side) => ancestorsOf(side, field, known));
  if (!first) return { kind: 'none' };
  const common = [...first.ids].filter((id) => others.every(({ ids }) => ids.has(id))).sort();
  const id = common.at(-1);
  // A change that is named and not here may be the nearest, or lead to a nearer one.
  if (id === undefined) return { kind: [first, ...others].some(({ gap }) => gap) ? 'unknown' : 'none' };
  const change = known.get(id);
  if (!change) return { kind: 'unknown' };
  if (!sets(change, field) || isErased(change, field, changes)) return { kind: 'erased' };
  const value = change.set![field]!;
  return value === null || value === '' ? { kind: 'none' } : { kind: 'value', value, change: id };
}

/** All that a change names for a field, directly or through others; `gap` where some of it is not here. */
function ancestorsOf(
  side: Change,
  field: string,
  known: ReadonlyMap<string, Change>,
): { ids: ReadonlySet<string>; gap: boolean } {
  const ids = new Set<string>();
  let gap = false;
  const waiting = [...(side.prior?.[field] ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (ids.has(id) || id === side.id) continue;
    ids.add(id);
    const change = known.get(id);
    if (change) waiting.push(...(change.prior?.[field] ?? []));
    else gap = true;
  }
  return { ids, gap };
}

function sets({ set }: Change, field: string): boolean {
  return set !== undefined && Object.hasOwn(set, field);
}

function erases({ erase }: Change, field: string): boolean {
  return erase?.includes(field) ?? false;
}

function isErased(change: Change, field: string, changes: readonly Change[]): boolean {
  const erasures = changes.filter((one) => one.erase);
  return erasures.length > 0 && erasedIn(field, [change], erasures).has(change.id);
}
