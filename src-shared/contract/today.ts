import { z } from 'zod';
import type { CodeOf } from '../model/model.ts';
import type { Missing } from '../visiting/missing.ts';
import type { Why } from '../visiting/round.ts';
import { call } from './call.ts';
import type { SessionRow } from './sessions.ts';
import { date, id, requiredLine } from './shapes.ts';

/** A shop to visit: the one who walks sees where it is and why it stands there. */
export interface StopRow {
  session: string;
  store: { id: string; name: string };
  category: string | null;
  /** Unit and address, as far as they are known. */
  unit: string | null;
  address: string | null;
  /** The visit that is open there: opened, not begun anew. */
  visit: string | null;
  why: readonly Why[];
}

export interface TodaySession extends SessionRow {
  missing: Missing[];
  /** The shops to visit on a day of visits; null for any other session. */
  round: {
    left: number;
    /** The first of them. */
    stops: StopRow[];
    /** Why nobody can walk here by a list; null where one can. */
    unlisted: 'nationwide' | 'tooMany' | 'noSite' | null;
  } | null;
}

export interface OpenVisit {
  id: string;
  store: { id: string; name: string } | null;
  session: { id: string; title: string };
  date: string;
  startedAt: string | null;
  checks: number;
}

export interface DoneVisit {
  id: string;
  store: { id: string; name: string } | null;
  outcome: CodeOf<'visit', 'outcome'>;
  endedAt: string | null;
  trainer: string | null;
  checksDone: number;
}

export interface TodayView {
  date: string;
  sessions: TodaySession[];
  /** The latest visit of this laptop that has no outcome yet, of this day or the week before. */
  running: OpenVisit | null;
  next: StopRow | null;
  /** The latest first; `doneCount` counts all of them. */
  done: DoneVisit[];
  doneCount: number;
}

/** Another visit to the same shop on the same day. */
export interface SameDayVisit {
  id: string;
  session: { id: string; title: string };
  outcome: CodeOf<'visit', 'outcome'> | null;
  startedAt: string | null;
  trainer: string | null;
}

export const today = {
  /** A day as the one who works it needs it; today without a date. */
  'today.get': call<TodayView>()(z.strictObject({ date: date.optional() })),
  /** The shop that comes next in a session, by the same rule; null when there is none, or no list to walk by. */
  'today.next': call<StopRow | null>()(z.strictObject({ session: id })),
  /** Visits to a shop, or to one that is the same, on a day, in any session. */
  'visits.sameDay': call<SameDayVisit[]>()(z.strictObject({ store: id, date, except: id.optional() })),
  /** Other shops with the same channel or the same place on the map; shops that are the same are not others. */
  'stores.sameAddress': call<{ id: string; name: string; site: string | null }[]>()(
    z.strictObject({ store: id, field: z.enum(['channelUrl', 'mapPlaceUrl']), value: requiredLine }),
  ),
};
