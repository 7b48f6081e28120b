import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import type { SessionRow } from '#shared/contract/sessions.ts';
import type { StopRow, TodaySession, TodayView } from '#shared/contract/today.ts';
import type { Groups } from '#shared/figures/groups.ts';
import { parseChangeId } from '#shared/merge/clock.ts';
import { checklistItems } from '#shared/model/templates.ts';
import { lacksEvidence, missingIn } from '#shared/visiting/missing.ts';
import { roundOf } from '#shared/visiting/round.ts';
import { listSessions } from '../store/session-queries.ts';
import {
  roundSession,
  roundShops,
  toDoneVisit,
  toOpenVisit,
  uncountedVisits,
  unprovenChecks,
  visitsIn,
  type DayVisit,
  type RoundSession,
} from '../store/today-queries.ts';
import { dayOf, mustBeLive, type Deps } from './deps.ts';
import { sameShops } from './same-shop.ts';

/** Nobody walks more shops than that by a list; the national list of grant holders is no market either. */
const WALKABLE = 5000;
/** As many as a screen shows; whoever wants another shop looks for it. */
const STOPS_SHOWN = 12;
const DONE_SHOWN = 100;
const SESSIONS_A_DAY = 50;
/** A visit that was left open longer ago is a gap of its own day, not what someone is about to go on with. */
const RUNNING_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

type Methods = 'today.get' | 'today.next';

export function todayHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'today.get': (input) => get(deps, input),
    'today.next': (input) => next(deps, input),
  };
}

function get(deps: Deps, input: CheckedOf<'today.get'>): TodayView {
  const { db } = deps.store;
  const now = dayOf(deps.now());
  const date = input.date ?? now;
  const mine = ownVisits(deps);
  const groups = sameShops(deps).groups;
  const around = visitsIn(db, { from: daysBefore(date, RUNNING_DAYS), to: date });
  // The core lists the newest first; what was planned first comes first in a day.
  const rows = listSessions(db, { from: date, to: date, text: '', limit: SESSIONS_A_DAY }).reverse();
  const sessions = rows.map((row): TodaySession => {
    const session = roundSession(db, row.id)!;
    const visits = around.filter((visit) => visit.session === row.id);
    const round = row.kind === 'visitDay' ? roundFor(deps, session, visits, groups, mine) : null;
    return {
      ...row,
      missing: missingFor(deps, row, session, visits, date > now),
      round: round && { ...round, left: round.stops.length, stops: round.stops.slice(0, STOPS_SHOWN) },
    };
  });
  const done = around
    .filter((visit): visit is Ended => visit.outcome !== null && rows.some(({ id }) => id === visit.session))
    .sort(latestFirst(({ endedAt, startedAt }) => endedAt ?? startedAt));
  const running = around
    .filter((visit) => visit.outcome === null && mine(visit))
    .sort(latestFirst(({ startedAt }) => startedAt))[0];
  return {
    date,
    sessions,
    running: running ? toOpenVisit(running) : null,
    next: firstStop(sessions),
    done: done.slice(0, DONE_SHOWN).map(toDoneVisit),
    doneCount: done.length,
  };
}

type Ended = DayVisit & { readonly outcome: NonNullable<DayVisit['outcome']> };

function latestFirst<T extends { readonly id: string }>(at: (visit: T) => string | null) {
  return (a: T, b: T): number => {
    const [one, other] = [`${at(a) ?? ''} ${a.id}`, `${at(b) ?? ''} ${b.id}`];
    return one < other ? 1 : -1;
  };
}

/** Where someone stands already, else the first shop of the first session that has one. */
function firstStop(sessions: readonly TodaySession[]): StopRow | null {
  const first = sessions.flatMap(({ round }) => round?.stops[0] ?? []);
  return first.find(({ why }) => why.includes('unfinished')) ?? first[0] ?? null;
}

function next(deps: Deps, { session: id }: CheckedOf<'today.next'>): StopRow | null {
  mustBeLive(deps, 'session', id);
  const session = roundSession(deps.store.db, id)!;
  if (session.kind !== 'visitDay') return null;
  const visits = visitsIn(deps.store.db, { session: id });
  return roundFor(deps, session, visits, sameShops(deps).groups, ownVisits(deps)).stops[0] ?? null;
}

function roundFor(
  deps: Deps,
  session: RoundSession,
  visits: readonly DayVisit[],
  groups: Groups,
  mine: (visit: DayVisit) => boolean,
): Pick<NonNullable<TodaySession['round']>, 'stops' | 'unlisted'> {
  if (session.site === null) return { stops: [], unlisted: 'noSite' };
  if (session.siteKind === 'nationwide') return { stops: [], unlisted: 'nationwide' };
  const shops = roundShops(deps.store.db, session.site, session.id, WALKABLE);
  if (!shops) return { stops: [], unlisted: 'tooMany' };
  const stops = roundOf(
    shops,
    visits.map((visit) => ({ ...visit, store: visit.store?.id ?? null, mine: isMine(visit, mine) })),
    groups,
    session.siteKind === 'street' ? 'byAddress' : 'byUnit',
  );
  const byId = new Map(shops.map((shop) => [shop.id, shop]));
  return {
    unlisted: null,
    stops: stops.map(({ store, visit, why }): StopRow => {
      const shop = byId.get(store)!;
      return {
        session: session.id,
        store: { id: store, name: shop.name ?? '' },
        category: shop.category,
        unit: shop.unit,
        address: shop.roadAddress ?? shop.lotAddress,
        visit,
        why,
      };
    }),
  };
}

/** Only an open visit is worth asking for. */
function isMine(visit: DayVisit, mine: (visit: DayVisit) => boolean): boolean {
  return visit.outcome === null && mine(visit);
}

function missingFor(
  deps: Deps,
  row: SessionRow,
  session: RoundSession,
  visits: readonly DayVisit[],
  ahead: boolean,
): TodaySession['missing'] {
  const { db } = deps.store;
  return missingIn({
    trainers: session.trainers,
    unmarked: row.roster - row.present - row.late - row.absent,
    ahead,
    open: visits
      .filter(({ outcome }) => outcome === null)
      .sort(latestFirst(({ startedAt }) => startedAt))
      .map(({ id }) => id),
    unproven: unprovenItems(unprovenChecks(db, row.id)),
    uncounted: uncountedVisits(db, row.id),
  });
}

/** The items that lack evidence: visit by visit, in the order of the template, as someone would go through them. */
function unprovenItems(checks: ReturnType<typeof unprovenChecks>): { visit: string; item: string }[] {
  return [...Map.groupBy(checks, ({ visit }) => visit)].flatMap(([visit, rows]) =>
    checklistItems(rows[0]!.items)
      .filter((item) => rows.some((check) => check.item === item.key && lacksEvidence(item, check)))
      .map(({ key }) => ({ visit, item: key })),
  );
}

/** A visit is this laptop's when it was begun here, or when its trainer is the person who works here. */
function ownVisits({ store }: Deps): (visit: DayVisit) => boolean {
  const laptop = store.laptop().id;
  const author = store.meta.get('author');
  return ({ id, trainer }) => {
    if (author !== undefined && trainer?.id === author) return true;
    const changes = store.projector.changesAt(store.projector.table('visit').places(id));
    const [first] = changes.map((change) => change.id).sort();
    return first !== undefined && parseChangeId(first).laptop === laptop;
  };
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}
