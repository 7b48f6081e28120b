import type { Delivery, DeliveryKind, OutboxState, PlaceKind } from '#shared/contract/outbox.ts';

/** How a delivery stands, as one would say it: the states of the core, told apart where a person would act otherwise. */
export type Standing =
  'parked' | 'overdue' | 'sending' | 'waiting' | 'offline' | 'again' | 'paused' | 'sent' | 'confirmed';

export function standingOf({ state, paused, error, offline, overdue }: Delivery): Standing {
  if (state === 'sent') return overdue ? 'overdue' : 'sent';
  if (state !== 'queued') return state;
  if (paused) return 'paused';
  if (offline) return 'offline';
  return error ? 'again' : 'waiting';
}

/** What the list is divided into; what a person must look at stands first. */
export type Group = 'attention' | 'underWay' | 'done';
const groups: readonly Group[] = ['attention', 'underWay', 'done'];

const groupOf: Record<Standing, Group> = {
  parked: 'attention',
  overdue: 'attention',
  sending: 'underWay',
  waiting: 'underWay',
  offline: 'underWay',
  again: 'underWay',
  paused: 'underWay',
  sent: 'done',
  confirmed: 'done',
};

/** A line of the list: what the next ones have in common, or a delivery. */
export type Line =
  | { readonly kind: 'group'; readonly key: Group; readonly count: number }
  | { readonly kind: 'delivery'; readonly key: string; readonly delivery: Delivery };

/**
 * The list with a heading line before each group. Within a group the order is the core's, newest first, and does not
 * follow each try: a line that is read does not move away.
 */
export function linesOf(deliveries: readonly Delivery[]): Line[] {
  const by = Map.groupBy(deliveries, (delivery) => groupOf[standingOf(delivery)]);
  return groups.flatMap((group): Line[] => {
    const own = by.get(group) ?? [];
    if (own.length === 0) return [];
    return [
      { kind: 'group', key: group, count: own.length },
      ...own.map((delivery): Line => ({ kind: 'delivery', key: delivery.id, delivery })),
    ];
  });
}

/** The deliveries in the order of the list. */
export function inOrder(lines: readonly Line[]): Delivery[] {
  return lines.flatMap((line) => (line.kind === 'delivery' ? [line.delivery] : []));
}

/** What the title bar says; null says nothing. `n` is how many. */
export interface Mark {
  readonly kind: 'attention' | 'paused' | 'sending' | 'offline' | 'waiting';
  readonly n: number;
}

/** What a person must look at is told before anything that goes on by itself. */
export function markOf({ now, waiting, parked, overdue, paused }: OutboxState): Mark | null {
  if (parked + overdue > 0) return { kind: 'attention', n: parked + overdue };
  if (paused || now === 'paused') return { kind: 'paused', n: waiting };
  return now === 'empty' ? null : { kind: now, n: waiting };
}

/** One of the steps on the way: behind it, at it, held up at it, or still to come. */
export interface Step {
  readonly name: 'waits' | 'went' | 'arrived';
  readonly at: 'done' | 'now' | 'held' | 'ahead';
}

/**
 * A session file or a kit has arrived when the other side's next file says so; of a report, and of what a hub has, nobody
 * says more than that it went.
 */
export function stepsOf(
  { kind, destination }: { readonly kind: DeliveryKind; readonly destination: { readonly kind: PlaceKind } },
  standing: Standing,
): Step[] {
  const last = kind !== 'report' && destination.kind !== 'hub';
  const names = last ? (['waits', 'went', 'arrived'] as const) : (['waits', 'went'] as const);
  const reached = { sent: 1, overdue: 1, confirmed: 2 }[standing as string] ?? 0;
  const held = standing === 'parked' || standing === 'overdue' || standing === 'paused';
  return names.map((name, index): Step => {
    if (index < reached) return { name, at: 'done' };
    if (index > reached) return { name, at: 'ahead' };
    if (index === names.length - 1) return { name, at: 'done' };
    return { name, at: held ? 'held' : 'now' };
  });
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long until an instant, in the unit in which a person would say it; rounded up, for nothing comes early. */
export interface Until {
  readonly unit: 'soon' | 'seconds' | 'minutes' | 'hours' | 'days';
  readonly n: number;
}

/** `at`: ISO 8601 UTC; `now`: milliseconds since 1970. Seconds go by tens: a number that runs draws the eye. */
export function untilOf(at: string, now: number): Until {
  const left = Date.parse(at) - now;
  if (left <= 0) return { unit: 'soon', n: 0 };
  const tens = Math.ceil(left / (10 * SECOND_MS)) * 10;
  if (tens < 60) return { unit: 'seconds', n: tens };
  const minutes = Math.ceil(left / MINUTE_MS);
  if (minutes < 60) return { unit: 'minutes', n: minutes };
  const hours = Math.ceil(left / HOUR_MS);
  return hours < 48 ? { unit: 'hours', n: hours } : { unit: 'days', n: Math.ceil(left / DAY_MS) };
}

/** What can be done with a delivery as it stands. What is on its way is left to arrive. */
export interface Possible {
  readonly sendNow: boolean;
  readonly pause: boolean;
  readonly goOn: boolean;
  readonly elsewhere: boolean;
  readonly file: boolean;
  readonly remove: boolean;
}

export function possibleWith(standing: Standing): Possible {
  const waits = ['parked', 'waiting', 'offline', 'again', 'paused'].includes(standing);
  return {
    sendNow: waits,
    pause: standing === 'waiting' || standing === 'offline' || standing === 'again',
    goOn: standing === 'paused',
    elsewhere: waits,
    // Of what was sent the bytes are not kept.
    file: waits,
    remove: waits,
  };
}

const KB = 1024;

/** The size of a file in the unit in which a person would say it. */
export function sizeOf(bytes: number): { readonly unit: 'B' | 'KB' | 'MB'; readonly n: number } {
  if (bytes < KB) return { unit: 'B', n: bytes };
  if (bytes < KB * KB) return { unit: 'KB', n: Math.round(bytes / KB) };
  return { unit: 'MB', n: Math.round((bytes / KB / KB) * 10) / 10 };
}
