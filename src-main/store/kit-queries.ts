import type { KitPlan, KitProgram, KitSession } from '#shared/contract/kits.ts';
import type { Chosen } from './chosen-records.ts';
import { named } from './session-queries.ts';
import type { Db } from './sqlite.ts';

type Row = Record<string, string | number | null>;

/** A session is of its own programme, else of that of its site. */
const SESSIONS = `live_session e LEFT JOIN live_site t ON t.id = e.site
  LEFT JOIN live_program p ON p.id = coalesce(e.program, t.program)`;

/** Programmes with sessions: those with upcoming ones first, then the newest. A session without a day is upcoming. */
export function kitPrograms(db: Db, today: string): KitProgram[] {
  const rows = db
    .prepare(
      `SELECT p.id, coalesce(p.name, '') AS name, p.endsOn, coalesce(p.endsOn < @today, 0) AS ended,
         count(*) FILTER (WHERE e."date" IS NULL OR e."date" >= @today) AS upcoming,
         count(*) FILTER (WHERE e."date" < @today) AS past
       FROM ${SESSIONS} GROUP BY p.id ORDER BY upcoming = 0, p.id IS NULL, p.startsOn DESC, p.name, p.id`,
    )
    .all({ today }) as (Omit<KitProgram, 'ended'> & { ended: number })[];
  return rows.map((row) => ({ ...row, ended: row.ended === 1 }));
}

/** The sessions of some programmes from a day on, by site and day. */
export function kitSessions(
  db: Db,
  { programs, from, today }: { programs: readonly (string | null)[]; from: string | null; today: string },
): KitSession[] {
  const rows = db
    .prepare(
      `SELECT e.id, coalesce(e.title, '') AS title, e.kind, e."date", e."date" < @today AS past,
         t.id AS siteId, t.name AS siteName,
         (SELECT json_group_array(json_object('id', o.id, 'name', coalesce(o.name, '')))
          FROM json_each(CASE WHEN json_valid(e.trainers) THEN e.trainers END) j JOIN live_person o ON o.id = j.value) AS trainers
       FROM ${SESSIONS}
       WHERE (p.id IN (SELECT value FROM json_each(@programs)) OR (p.id IS NULL AND @loose = 1))
         AND (@from IS NULL OR e."date" IS NULL OR e."date" >= @from)
       ORDER BY t.name IS NULL, t.name, t.id, e."date" IS NULL, e."date", e.title, e.id`,
    )
    .all({
      programs: JSON.stringify(programs.filter((id) => id !== null)),
      loose: programs.includes(null) ? 1 : 0,
      from,
      today,
    }) as Row[];
  return rows.map((row) => ({
    id: String(row['id']),
    title: String(row['title']),
    kind: row['kind'] as KitSession['kind'],
    date: row['date'] as string | null,
    past: row['past'] === 1,
    site: named(row, 'site'),
    trainers: JSON.parse(String(row['trainers'])) as KitSession['trainers'],
  }));
}

export function sitesOf(db: Db, sessions: readonly string[]): string[] {
  return db
    .prepare(
      'SELECT DISTINCT site FROM r_session WHERE site IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
    )
    .pluck()
    .all(JSON.stringify(sessions)) as string[];
}

export function kitSites(db: Db, ids: readonly string[]): KitPlan['sites'] {
  const rows = db
    .prepare(
      `SELECT t.id, coalesce(t.name, '') AS name, t.kind = 'nationwide' AS nationwide,
         CASE WHEN t.kind = 'nationwide' THEN 0 ELSE (SELECT count(*) FROM live_store s WHERE s.site = t.id) END AS shops
       FROM live_site t WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.name, t.id`,
    )
    .all(JSON.stringify(ids)) as (Omit<KitPlan['sites'][number], 'nationwide'> & {
    nationwide: number | null;
  })[];
  return rows.map((row) => ({ ...row, nationwide: row.nationwide === 1 }));
}

/** Everyone who is a trainer, and those of some ids, by name. */
export function kitTrainers(db: Db, ids: readonly string[]): KitPlan['trainers'] {
  return db
    .prepare(
      `SELECT id, coalesce(name, '') AS name FROM live_person
       WHERE kind = 'trainer' OR id IN (SELECT value FROM json_each(?)) ORDER BY name, id`,
    )
    .all(JSON.stringify(ids)) as KitPlan['trainers'];
}

/** How many of the chosen records of a kind are here and not deleted. */
export function countLive(db: Db, entity: 'store' | 'person', chosen: Chosen): number {
  return db
    .prepare(`SELECT count(*) FROM live_${entity} WHERE id IN (SELECT value FROM json_each(?))`)
    .pluck()
    .get(JSON.stringify([...(chosen.get(entity) ?? [])])) as number;
}

/** A change, as far as it says what it is about. */
export interface Changed {
  readonly n: number;
  /** 16 hex digits. */
  readonly laptop: string;
  readonly entity: string;
  readonly record: string;
}

/** The last changes that came or were written, the newest first. */
export function newestChanges(db: Db, limit: number): Changed[] {
  return db
    .prepare(
      `SELECT n, lower(hex(substr(id, 9))) AS laptop, body ->> '$.entity' AS entity, body ->> '$.record' AS record
       FROM change ORDER BY n DESC LIMIT ?`,
    )
    .all(limit) as Changed[];
}

/** Differs whenever what a kit would hold, or who has which, may differ. */
export function kitStamp(db: Db): string {
  return db
    .prepare(
      `SELECT (SELECT coalesce(max(n), 0) FROM change) || ' ' || (SELECT count(*) FROM import) || ' '
         || (SELECT count(*) FROM import WHERE undoneAt IS NOT NULL) || ' ' || (SELECT count(*) FROM kit)`,
    )
    .pluck()
    .get() as string;
}
