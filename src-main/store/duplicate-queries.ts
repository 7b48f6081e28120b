import type { ShopFacts, SiteFacts } from '#shared/matching/shop.ts';
import type { Db } from './sqlite.ts';

const SHOP = `id, site, name, category, ownerName, phone, businessNumber, roadAddress, lotAddress, unit,
  latitude, longitude, channelUrl, mapPlaceUrl`;
const SITE =
  'id, name, kind, province, district, roadAddress, lotAddress, latitude, longitude, phone, channelUrl';

export interface ShopRow extends ShopFacts {
  readonly status: string | null;
}

/** A decision that stands. */
export interface MatchRow {
  readonly id: string;
  readonly left: string;
  readonly right: string;
  readonly decision: 'same' | 'different';
  readonly reason: string | null;
}

export function allSites(db: Db): SiteFacts[] {
  return db.prepare(`SELECT ${SITE} FROM live_site`).all() as SiteFacts[];
}

/** The next shops in id order, after an id or from the first. */
export function shopsAfter(db: Db, after: string, limit: number): ShopFacts[] {
  return db
    .prepare(`SELECT ${SHOP} FROM live_store WHERE id > ? ORDER BY id LIMIT ?`)
    .all(after, limit) as ShopFacts[];
}

/** A shop that is here and not deleted. */
export function shopById(db: Db, id: string): ShopRow | undefined {
  return db.prepare(`SELECT ${SHOP}, status FROM live_store WHERE id = ?`).get(id) as ShopRow | undefined;
}

export function siteById(db: Db, id: string): SiteFacts | undefined {
  return db.prepare(`SELECT ${SITE} FROM live_site WHERE id = ?`).get(id) as SiteFacts | undefined;
}

/** In id order. A decision with a code that this version does not know decides nothing. */
export function allMatches(db: Db): MatchRow[] {
  return db
    .prepare(
      `SELECT id, "left", "right", decision, reason FROM live_match
       WHERE "left" IS NOT NULL AND "right" IS NOT NULL AND decision IN ('same', 'different') ORDER BY id`,
    )
    .all() as MatchRow[];
}

/** Whether the match is here, and whether it was taken back. */
export function matchState(
  db: Db,
  id: string,
): { deleted: boolean; decision: string | null; reason: string | null } | undefined {
  const row = db.prepare('SELECT deleted, decision, reason FROM r_match WHERE id = ?').get(id) as
    { deleted: number | null; decision: string | null; reason: string | null } | undefined;
  return row && { ...row, deleted: row.deleted === 1 };
}

/** Shops with a business number and a site, in id order. */
export function shopsWithBusinessNumber(db: Db): { id: string; site: string; businessNumber: string }[] {
  return db
    .prepare(
      'SELECT id, site, businessNumber FROM live_store WHERE businessNumber IS NOT NULL AND site IS NOT NULL ORDER BY id',
    )
    .all() as { id: string; site: string; businessNumber: string }[];
}

/** Where the log stands. An undone import takes changes away, so the end of the log alone does not tell. */
export interface LogStamp {
  readonly end: number;
  /** Which imports are undone, and since when. */
  readonly undone: string;
}

export function logStamp(db: Db): LogStamp {
  return db
    .prepare(
      `SELECT (SELECT coalesce(max(n), 0) FROM change) AS end,
         (SELECT coalesce(group_concat(id || undoneAt), '') FROM import WHERE undoneAt IS NOT NULL) AS undone`,
    )
    .get() as LogStamp;
}

/** More changes than that are not looked through: comparing anew costs less thought. */
const MANY = 20_000;

/** Whether stores and sites are as they were at a stamp. */
export function samePlacesSince(db: Db, stamp: LogStamp): boolean {
  const now = logStamp(db);
  if (now.undone !== stamp.undone || now.end < stamp.end || now.end - stamp.end > MANY) return false;
  return !db
    .prepare(
      `SELECT 1 FROM change WHERE n > ? AND json_extract(body, '$.entity') IN ('store', 'site') LIMIT 1`,
    )
    .get(stamp.end);
}
