import { groupsOf } from '../figures/groups.ts';

export interface Decision {
  readonly left: string;
  readonly right: string;
  readonly decision: 'same' | 'different';
}

/** What the decisions say about any two shops. */
export interface Decided {
  /** The name of a shop's group: shops joined by "same", by way of others too. */
  readonly groupOf: (shop: string) => string;
  /** Joined already, or told apart: they themselves, or any two members of their groups. */
  readonly isDecided: (a: string, b: string) => boolean;
  /** Told apart, and joined by way of others. */
  readonly isContradicted: (decision: Decision) => boolean;
}

export function decidedBy(decisions: readonly Decision[]): Decided {
  const groups = groupsOf(decisions.filter(({ decision }) => decision === 'same'));
  const different = decisions.filter(({ decision }) => decision === 'different');
  const between = (a: string, b: string): string => [groups.of(a), groups.of(b)].sort().join('\n');
  const apart = new Set(different.map(({ left, right }) => between(left, right)));
  const isJoined = (a: string, b: string): boolean => groups.of(a) === groups.of(b);
  return {
    groupOf: groups.of,
    isDecided: (a, b) => isJoined(a, b) || apart.has(between(a, b)),
    isContradicted: ({ left, right, decision }) => decision === 'different' && isJoined(left, right),
  };
}

/** The "same" decisions that lead from one shop to another, the shortest way; empty when none do. */
export function wayBetween<D extends Decision>(decisions: readonly D[], from: string, to: string): D[] {
  const steps = new Map<string, { readonly by: D; readonly to: string }[]>();
  for (const by of decisions) {
    if (by.decision !== 'same') continue;
    for (const [one, other] of [
      [by.left, by.right],
      [by.right, by.left],
    ] as const) {
      const list = steps.get(one);
      if (list) list.push({ by, to: other });
      else steps.set(one, [{ by, to: other }]);
    }
  }
  const cameBy = new Map<string, { readonly by: D; readonly from: string } | null>([[from, null]]);
  // A map goes on with what is added while it is walked: breadth first.
  for (const at of cameBy.keys()) {
    if (at === to) break;
    for (const step of steps.get(at) ?? []) {
      if (!cameBy.has(step.to)) cameBy.set(step.to, { by: step.by, from: at });
    }
  }
  const way: D[] = [];
  for (let step = cameBy.get(to); step; step = cameBy.get(step.from)) way.unshift(step.by);
  return way;
}
