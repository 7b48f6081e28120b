import type { Groups } from '../figures/groups.ts';
import type { CodeOf } from '../model/model.ts';

/** The shops that are still to be visited in a session, and in which order: docs/today.md says the rule in words. */

type Outcome = CodeOf<'visit', 'outcome'>;

/** Why a shop stands where it stands. */
export type Why = 'unfinished' | 'noChannel' | 'noMap' | 'wasClosed' | 'wasNotFound' | 'elsewhere';

/** One record of a shop at the session's site. */
export interface RoundShop {
  readonly id: string;
  readonly name: string | null;
  readonly category: string | null;
  readonly unit: string | null;
  readonly roadAddress: string | null;
  readonly lotAddress: string | null;
  readonly status: string | null;
  readonly channelOpenedOn: string | null;
  readonly mapRegisteredOn: string | null;
  /** How the last visit before this session ended, and when it was. */
  readonly lastOutcome: string | null;
  readonly lastVisitOn: string | null;
}

/** One visit of the session. */
export interface RoundVisit {
  readonly id: string;
  readonly store: string | null;
  readonly outcome: Outcome | null;
  readonly startedAt: string | null;
  /** Begun on this laptop, or by the person who works on it. */
  readonly mine: boolean;
}

/** A shop to visit; a group of same shops is one. */
export interface Stop {
  readonly store: string;
  /** The visit that is open there. */
  readonly visit: string | null;
  readonly why: readonly Why[];
}

/** A market is walked stall by stall, a street house by house. */
export type Walk = 'byUnit' | 'byAddress';

/** Shops that are gone or do not take part; one that nobody marked is open. */
const isOpen = (status: string | null): boolean => status === null || status === 'active';

export function roundOf(
  shops: readonly RoundShop[],
  visits: readonly RoundVisit[],
  groups: Pick<Groups, 'of'>,
  walk: Walk,
): Stop[] {
  const ended = new Set<string>();
  const open = new Map<string, RoundVisit>();
  for (const visit of visits) {
    if (visit.store === null) continue;
    const group = groups.of(visit.store);
    if (visit.outcome !== null) ended.add(group);
    else open.set(group, later(open.get(group), visit));
  }
  const members = new Map<string, RoundShop[]>();
  for (const shop of shops) {
    const group = groups.of(shop.id);
    const others = members.get(group);
    if (others) others.push(shop);
    else members.set(group, [shop]);
  }
  const stops: Placed[] = [];
  for (const [group, rows] of members) {
    const visit = open.get(group);
    // One of the two rows says that the shop is gone or does not want to: whoever wrote it had been there.
    const leftOut = !rows.every(({ status }) => isOpen(status));
    if ((ended.has(group) || leftOut) && !visit?.mine) continue;
    stops.push(place(rows, visit));
  }
  return stops.sort(inOrder(walk)).map(({ stop }) => stop);
}

interface Placed {
  readonly stop: Stop;
  readonly shop: RoundShop;
  readonly tier: number;
}

/** The latest one: what someone left open this morning is not where they stand now. */
function later(a: RoundVisit | undefined, b: RoundVisit): RoundVisit {
  if (!a || a.mine !== b.mine) return !a || b.mine ? b : a;
  return (b.startedAt ?? '') >= (a.startedAt ?? '') ? b : a;
}

function place(rows: readonly RoundShop[], visit: RoundVisit | undefined): Placed {
  const first = rows.reduce((a, b) => (b.id < a.id ? b : a));
  const shop = rows.find(({ id }) => id === visit?.store) ?? first;
  const last = rows.reduce((a, b) => ((b.lastVisitOn ?? '') > (a.lastVisitOn ?? '') ? b : a));
  const why: Why[] = [];
  if (visit) why.push(visit.mine ? 'unfinished' : 'elsewhere');
  if (rows.every(({ channelOpenedOn }) => channelOpenedOn === null)) why.push('noChannel');
  if (rows.every(({ mapRegisteredOn }) => mapRegisteredOn === null)) why.push('noMap');
  if (last.lastOutcome === 'closed') why.push('wasClosed');
  if (last.lastOutcome === 'notFound') why.push('wasNotFound');
  // The visit may name a row of the group at another site.
  return { stop: { store: shop.id, visit: visit?.id ?? null, why }, shop, tier: tierOf(why) };
}

/** What is mine and open first; where a colleague stands now, last. */
function tierOf(why: readonly Why[]): number {
  if (why.includes('unfinished')) return 0;
  if (why.includes('elsewhere')) return 4;
  if (why.includes('noChannel') || why.includes('noMap')) return 1;
  return why.includes('wasClosed') || why.includes('wasNotFound') ? 2 : 3;
}

/** 9호 before 10호, and what has no place at the end. */
function inOrder(walk: Walk): (a: Placed, b: Placed) => number {
  const { compare } = new Intl.Collator('ko', { numeric: true });
  const natural = (a: string | null, b: string | null): number => {
    if (!a || !b) return Number(!a) - Number(!b);
    return compare(a, b);
  };
  const byUnit = (a: RoundShop, b: RoundShop): number => natural(a.unit, b.unit);
  const byAddress = (a: RoundShop, b: RoundShop): number =>
    natural(a.roadAddress ?? a.lotAddress, b.roadAddress ?? b.lotAddress);
  const [first, second] = walk === 'byUnit' ? [byUnit, byAddress] : [byAddress, byUnit];
  return (a, b) =>
    a.tier - b.tier ||
    first(a.shop, b.shop) ||
    second(a.shop, b.shop) ||
    natural(a.shop.name, b.shop.name) ||
    (a.shop.id < b.shop.id ? -1 : 1);
}
