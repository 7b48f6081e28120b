import type { DoneVisit, OpenVisit, SameDayVisit } from '#shared/contract/today.ts';
import type { AddressKind } from '#shared/visiting/addresses.ts';
import type { DoneCheck } from '#shared/visiting/missing.ts';
import type { RoundShop } from '#shared/visiting/round.ts';
import { named } from './session-queries.ts';
import type { Db } from './sqlite.ts';

type Row = Record<string, string | number | null>;

/** A visit of a session, with what the day's list shows of it. */
export interface DayVisit {
  readonly id: string;
  readonly session: string;
  readonly sessionTitle: string;
  readonly store: { readonly id: string; readonly name: string } | null;
  readonly date: string;
  readonly outcome: DoneVisit['outcome'] | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly trainer: { readonly id: string; readonly name: string } | null;
  readonly checks: number;
  readonly checksDone: number;
}

/** The visits of one session, or of all sessions between two days, both included. */
export function visitsIn(
  db: Db,
  which: { readonly session: string } | { readonly from: string; readonly to: string },
): DayVisit[] {
  const where = 'session' in which ? 'e.id = @session' : 'e."date" BETWEEN @from AND @to';
  const rows = db
    .prepare(
      `SELECT v.id, v.session, e.title, v."date", v.outcome, v.startedAt, v.endedAt, e."date" AS sessionDate,
         s.id AS storeId, s.name AS storeName, p.id AS trainerId, p.name AS trainerName,
         (SELECT count(*) FROM live_check c WHERE c.visit = v.id AND c.state IS NOT NULL) AS checks,
         (SELECT count(*) FROM live_check c WHERE c.visit = v.id AND c.state = 'done') AS checksDone
       FROM live_session e JOIN live_visit v ON v.session = e.id
       LEFT JOIN live_store s ON s.id = v.store LEFT JOIN live_person p ON p.id = v.trainer
       WHERE ${where}`,
    )
    .all(which) as Row[];
  return rows.map((row) => ({
    id: String(row['id']),
    session: String(row['session']),
    sessionTitle: String(row['title'] ?? ''),
    store: named(row, 'store'),
    date: String(row['date'] ?? row['sessionDate'] ?? ''),
    outcome: row['outcome'] as DayVisit['outcome'],
    startedAt: row['startedAt'] as string | null,
    endedAt: row['endedAt'] as string | null,
    trainer: named(row, 'trainer'),
    checks: Number(row['checks']),
    checksDone: Number(row['checksDone']),
  }));
}

/** The session as far as its list of shops needs it. */
export interface RoundSession {
  readonly id: string;
  readonly kind: string | null;
  readonly site: string | null;
  readonly siteKind: string | null;
  readonly trainers: number;
}

export function roundSession(db: Db, id: string): RoundSession | undefined {
  return db
    .prepare(
      `SELECT e.id, e.kind, t.id AS site, t.kind AS siteKind,
         CASE WHEN json_valid(e.trainers) THEN json_array_length(e.trainers) ELSE 0 END AS trainers
       FROM live_session e LEFT JOIN live_site t ON t.id = e.site WHERE e.id = ?`,
    )
    .get(id) as RoundSession | undefined;
}

/** The shops of a site with their last visit outside the session; undefined where there are more than `most`. */
export function roundShops(db: Db, site: string, session: string, most: number): RoundShop[] | undefined {
  const count = db.prepare('SELECT count(*) FROM r_store WHERE site = ?').pluck().get(site) as number;
  if (count > most) return undefined;
  return db
    .prepare(
      `SELECT s.id, s.name, s.category, s.unit, s.roadAddress, s.lotAddress, s.status, s.channelOpenedOn,
         s.mapRegisteredOn, l.outcome AS lastOutcome, l."date" AS lastVisitOn
       FROM live_store s LEFT JOIN live_visit l ON l.id = (
         SELECT v.id FROM live_visit v
         WHERE v.store = s.id AND v.session IS NOT ? AND v.outcome IS NOT NULL
         ORDER BY v."date" DESC, v.startedAt DESC, v.id DESC LIMIT 1)
       WHERE s.site = ?`,
    )
    .all(session, site) as RoundShop[];
}

/** The done checks of a session's visits that have no evidence typed beside them. */
export function unprovenChecks(
  db: Db,
  session: string,
): (DoneCheck & { readonly visit: string; readonly item: string; readonly items: unknown })[] {
  const rows = db
    .prepare(
      `SELECT c.visit, c.item, c.value, c.photo, s.channelUrl, s.mapPlaceUrl, t.items,
         (SELECT count(*) FROM live_photo o WHERE o.owner = v.id) AS visitPhotos
       FROM live_visit v JOIN live_check c ON c.visit = v.id
       LEFT JOIN live_store s ON s.id = v.store
       LEFT JOIN live_session e ON e.id = v.session
       LEFT JOIN live_program g ON g.id = e.program
       LEFT JOIN r_checklistTemplate t ON t.id = coalesce(v.checklistTemplate, g.checklistTemplate)
       WHERE v.session = ? AND c.state = 'done' AND c.value IS NULL
       ORDER BY v.startedAt, v.id`,
    )
    .all(session) as (DoneCheck & { visit: string; item: string; items: string | null })[];
  const parsed = new Map<string, unknown>();
  return rows.map((row) => {
    if (row.items !== null && !parsed.has(row.items)) parsed.set(row.items, JSON.parse(row.items));
    return { ...row, items: row.items === null ? null : parsed.get(row.items) };
  });
}

/** Finished visits to shops that have a channel, on days without a reading of its friends. */
export function uncountedVisits(db: Db, session: string): string[] {
  return db
    .prepare(
      `SELECT v.id FROM live_visit v JOIN live_store s ON s.id = v.store
       WHERE v.session = ? AND v.outcome = 'done' AND s.channelOpenedOn IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM live_friendReading f
           WHERE f.owner = v.store AND f."date" = v."date" AND f.friends IS NOT NULL)
       ORDER BY v.startedAt, v.id`,
    )
    .pluck()
    .all(session) as string[];
}

/** Visits to any of some shops on a day, the earliest first. */
export function visitsToOn(db: Db, stores: readonly string[], day: string): SameDayVisit[] {
  const get = db.prepare(
    `SELECT v.id, v.outcome, v.startedAt, e.id AS sessionId, e.title AS sessionName, p.name AS trainer
     FROM live_visit v LEFT JOIN live_session e ON e.id = v.session LEFT JOIN live_person p ON p.id = v.trainer
     WHERE v.store = ? AND v."date" = ?`,
  );
  const rows = stores.flatMap((store) => get.all(store, day) as Row[]);
  return rows
    .map((row) => {
      const session = named(row, 'session');
      return {
        id: String(row['id']),
        session: { id: session?.id ?? '', title: session?.name ?? '' },
        outcome: row['outcome'] as SameDayVisit['outcome'],
        startedAt: row['startedAt'] as string | null,
        trainer: row['trainer'] as string | null,
      };
    })
    .sort((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1));
}

/** Shops whose address holds a text. There is no index: it is asked when an address was typed, not at every key. */
export function storesWithAddress(
  db: Db,
  field: AddressKind,
  part: string,
): { id: string; name: string; site: string | null; address: string }[] {
  return db
    .prepare(
      `SELECT s.id, coalesce(s.name, '') AS name, t.name AS site, s."${field}" AS address
       FROM live_store s LEFT JOIN live_site t ON t.id = s.site
       WHERE instr(s."${field}", ?) > 0 ORDER BY s.id LIMIT 100`,
    )
    .all(part) as { id: string; name: string; site: string | null; address: string }[];
}

export function toOpenVisit(visit: DayVisit): OpenVisit {
  const { id, store, date, startedAt, checks } = visit;
  return { id, store, session: { id: visit.session, title: visit.sessionTitle }, date, startedAt, checks };
}

export function toDoneVisit(visit: DayVisit & { readonly outcome: DoneVisit['outcome'] }): DoneVisit {
  const { id, store, outcome, endedAt, checksDone } = visit;
  return { id, store, outcome, endedAt, trainer: visit.trainer?.name ?? null, checksDone };
}
