import type { MatchRow } from './rows.ts';

/** Which stores are one shop. */
export interface Groups {
  /** The name of a store's group. */
  readonly of: (store: string) => string;
  /** Whether any decision joined this store with another; most stand alone, and need no looking up. */
  readonly isJoined: (store: string) => boolean;
}

/**
 * Joins stores by "same" decisions, which are transitive, and names each store's group. A store that nobody joined is a
 * group of its own. The chain may run through a store that is deleted or not here: the decisions still hold.
 */
export function groupsOf(matches: readonly MatchRow[]): Groups {
  const parents = new Map<string, string>();
  const joined = new Set<string>();

  function root(store: string): string {
    let top = store;
    for (let up = parents.get(top); up !== undefined; up = parents.get(top)) top = up;
    // Shorten the way for the next time, or a long chain would cost its length squared.
    for (let at = store; at !== top;) {
      const next = parents.get(at) ?? top;
      parents.set(at, top);
      at = next;
    }
    return top;
  }

  for (const { left, right } of matches) {
    joined.add(left).add(right);
    const [one, other] = [root(left), root(right)];
    // The smaller id becomes the group's name, whatever the order of the decisions.
    if (one < other) parents.set(other, one);
    else if (other < one) parents.set(one, other);
  }
  return { of: root, isJoined: (store) => joined.has(store) };
}
