import { z } from 'zod';
import { call } from './call.ts';
import type { SealSight } from './exchange.ts';
import type { CodeOf } from '../model/model.ts';
import { MOST_KIT_DESTINATIONS } from './limits.ts';
import { date, id, none, type MadeFile } from './shapes.ts';

/** A programme that has sessions; id null stands for sessions that belong to none. */
export interface KitProgram {
  id: string | null;
  name: string;
  /** Its last day, YYYY-MM-DD; null while nobody said. */
  endsOn: string | null;
  /** It was over before today. */
  ended: boolean;
  /** Sessions from today on, and those before. */
  upcoming: number;
  past: number;
}

export interface KitSession {
  id: string;
  title: string;
  kind: CodeOf<'session', 'kind'> | null;
  date: string | null;
  /** Before today in Asia/Seoul. */
  past: boolean;
  site: { id: string; name: string } | null;
  trainers: { id: string; name: string }[];
}

export interface KitSite {
  id: string;
  name: string;
  /** Of a nationwide site no shops go along but those of people on a roster. */
  nationwide: boolean;
  shops: number;
}

export interface KitPlan {
  /** By site and day; those without a day last. */
  sessions: KitSession[];
  /** The sites of these sessions. */
  sites: KitSite[];
  /** Whoever is a trainer or named by one of the sessions, by name. */
  trainers: { id: string; name: string }[];
}

/** What one trainer is to get: sessions, and the sites whose shops and people go along. */
export interface KitOrder {
  trainer: string;
  sessions: string[];
  sites: string[];
  /** Everybody is to be able to open it, although a laptop of the trainer is known. */
  plain?: boolean | undefined;
  /**
   * Destinations of this laptop that go along. Their secrets are sealed for the trainer's laptops alone, also in a plain
   * kit; where none is known they go without.
   */
  destinations?: string[] | undefined;
}

export interface KitLine {
  trainer: { id: string; name: string };
  /** What the kit would hold. */
  shops: number;
  people: number;
  /** The last kit that was made here for this trainer; times are ISO 8601 UTC. */
  last: { id: string; madeAt: string; changes: number } | null;
  /**
   * The newest kit of those made here of which a laptop told in its own file that it has it, as far as that file was not
   * taken out again.
   */
  received: {
    id: string;
    madeAt: string;
    laptop: { id: string; name: string };
    importedAt: string;
  } | null;
  /**
   * What the last kit did not have: sessions and sites that are new to it, and records that changed since, by others than
   * the trainer's own laptop. `more`: so many changes that not all were looked at. Null without a kit before.
   */
  fresh: { sessions: number; sites: number; records: number; more: boolean } | null;
  /**
   * The trainer's laptops: those that wrote for them, and those that told of a kit made for them. The kit is sealed for
   * them and this laptop unless it is to be plain; where there are none, everybody can open it.
   */
  seal: SealSight;
}

export const kitOrder = {
  trainer: id,
  sessions: z.array(id).max(2000),
  sites: z.array(id).max(1000),
  plain: z.boolean().optional(),
  destinations: z.array(id).max(MOST_KIT_DESTINATIONS).optional(),
};
const order = z.strictObject(kitOrder);
const run = z.strictObject({ run: id });

export const kits = {
  /** Programmes with sessions, those with upcoming ones first. */
  'kits.programs': call<KitProgram[]>()(none),
  /** The sessions of some programmes from a day on, today without one; `from` null means all of them. */
  'kits.plan': call<KitPlan>()(
    z.strictObject({ programs: z.array(id.nullable()).max(1000), from: date.nullable().optional() }),
  ),
  /** What each kit would hold, and which one the trainer has; in the order of the question. */
  'kits.lines': call<KitLine[]>()(z.strictObject({ kits: z.array(order).max(500) })),
  /**
   * Begins to make kits, one for each order: `kits.next` makes one more, `kits.finish` gives the file. A caller who stops
   * before leaves nothing behind. Refuses with NOT_FOUND what is not here, KIT_EMPTY an order without a session.
   */
  'kits.begin': call<{ run: string; total: number }>()(
    z.strictObject({ kits: z.array(order).min(1).max(500) }),
  ),
  'kits.next': call<{ done: number; total: number }>()(run),
  /** The kits as one zip, or the one kit itself, `sealed` of them sealed; takes down who was given what. */
  'kits.finish': call<MadeFile & { kits: number; sealed: number; changes: number }>()(run),
  'kits.stop': call<null>()(run),
};
