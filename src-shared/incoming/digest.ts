import type { Json } from '../merge/canonical.ts';
import type { Change } from '../merge/change.ts';
import { parseChangeId } from '../merge/clock.ts';

/** What a person asks of a file before it goes in, from its changes alone: who did the work in it, when, and how much. */
export interface Digest {
  /** Ids of the people who did the work, in the order in which they stand in the file, at most `MOST_TRAINERS`. */
  readonly trainers: readonly string[];
  /** The names of people that the file tells. */
  readonly names: ReadonlyMap<string, string>;
  /**
   * The first and the last day (Asia/Seoul) of its visits, attendance and responses; where there are none, those on which
   * its laptop wrote; null when it wrote nothing.
   */
  readonly days: { readonly from: string; readonly to: string } | null;
  /** Records as the file leaves them: visits that are not deleted, who was present or late, responses handed in. */
  readonly visits: number;
  readonly attendance: number;
  readonly responses: number;
  /** Ids of all shops that it says something of. */
  readonly stores: ReadonlySet<string>;
  /** False when it holds more records than are looked at one by one: the counts are then at least so many. */
  readonly whole: boolean;
}

export interface DigestSoFar {
  see(change: Change): void;
  done(): Digest;
}

/** Several times what the largest programme has. What a file holds beyond it takes no memory. */
const MOST = 200_000;
const MOST_TRAINERS = 50;

const SEOUL_MS = 9 * 60 * 60 * 1000;
const DAY = /^\d{4}-\d{2}-\d{2}/;

interface Work {
  readonly entity: 'visit' | 'attendance' | 'surveyResponse';
  day: string | null;
  session: string | null;
  /** Present or late, handed in; a visit is one as soon as it is there. */
  counts: boolean;
  deleted: boolean;
}

/**
 * Sums a file up, change by change in id order; `laptop` is the one that made it. A later change counts as the one that is
 * shown: so it is but for conflicts, and those are the merge's to find.
 */
export function startDigest(laptop: string, most = MOST): DigestSoFar {
  const work = new Map<string, Work>();
  const dates = new Map<string, string>();
  const planned = new Map<string, readonly string[]>();
  const trainers = new Set<string>();
  const names = new Map<string, string>();
  const stores = new Set<string>();
  let first = Infinity;
  let last = -Infinity;
  let whole = true;

  function room(size: number): boolean {
    if (size < most) return true;
    whole = false;
    return false;
  }

  function workOn({ entity, record, set, author }: Change): void {
    const key = `${entity} ${record}`;
    let one = work.get(key);
    if (!one) {
      if (!room(work.size)) return;
      const kind = entity as Work['entity'];
      work.set(
        key,
        (one = { entity: kind, day: null, session: null, counts: kind === 'visit', deleted: false }),
      );
    }
    const value = (field: string): Json | undefined => set?.[field];
    if (value('deleted') !== undefined) one.deleted = value('deleted') === true;
    if (typeof value('session') === 'string') one.session = value('session') as string;
    if (one.entity === 'visit') {
      if (isDay(value('date'))) one.day = value('date') as string;
      if (typeof value('trainer') === 'string') meet(value('trainer') as string);
    }
    if (one.entity === 'attendance' && value('status') !== undefined) {
      one.counts = value('status') === 'present' || value('status') === 'late';
      if (one.counts && author) meet(author);
    }
    if (one.entity === 'surveyResponse' && value('submittedAt') !== undefined) {
      one.counts = value('submittedAt') !== null;
      one.day = seoulDay(value('submittedAt'));
      if (one.counts && author) meet(author);
    }
  }

  function meet(person: string): void {
    if (trainers.size < MOST_TRAINERS) trainers.add(person);
  }

  function see(change: Change): void {
    const { id, entity, record, set } = change;
    if (id.endsWith(laptop)) {
      const { ms } = parseChangeId(id);
      if (ms < first) first = ms;
      if (ms > last) last = ms;
    }
    if (entity === 'visit' || entity === 'attendance' || entity === 'surveyResponse') workOn(change);
    else if (entity === 'store') {
      if (stores.has(record) || room(stores.size)) stores.add(record);
    } else if (entity === 'person' && typeof set?.['name'] === 'string') {
      if (names.has(record) || room(names.size)) names.set(record, set['name']);
    } else if (entity === 'session') {
      if (isDay(set?.['date'])) dates.set(record, set['date']);
      if (Array.isArray(set?.['trainers'])) planned.set(record, set['trainers'] as string[]);
    }
  }

  function done(): Digest {
    const counts = { visit: 0, attendance: 0, surveyResponse: 0 };
    let days: { from: string; to: string } | null = null;
    const held = new Set<string>();
    for (const { entity, counts: isOne, deleted, day, session } of work.values()) {
      if (!isOne || deleted) continue;
      counts[entity] += 1;
      if (session !== null) held.add(session);
      days = spanning(days, day ?? (session === null ? null : (dates.get(session) ?? null)));
    }
    for (const session of held) planned.get(session)?.forEach(meet);
    if (!days && first <= last) days = { from: dayOf(first), to: dayOf(last) };
    return {
      trainers: [...trainers],
      names,
      days,
      visits: counts.visit,
      attendance: counts.attendance,
      responses: counts.surveyResponse,
      stores,
      whole,
    };
  }

  return { see, done };
}

function spanning(
  days: { from: string; to: string } | null,
  day: string | null,
): { from: string; to: string } | null {
  if (day === null) return days;
  if (!days) return { from: day, to: day };
  return { from: day < days.from ? day : days.from, to: day > days.to ? day : days.to };
}

/** Whatever a file says: an impossible day is no day. */
function isDay(value: Json | undefined): value is string {
  return (
    typeof value === 'string' && value.length === 10 && DAY.test(value) && !Number.isNaN(Date.parse(value))
  );
}

function seoulDay(value: Json | undefined): string | null {
  const ms = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(ms) ? null : dayOf(ms);
}

function dayOf(ms: number): string {
  // Seoul has kept its clocks since 1988.
  return new Date(ms + SEOUL_MS).toISOString().slice(0, 10);
}
