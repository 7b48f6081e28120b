import type { StoreRow } from '#shared/contract/visits.ts';
import type { ListedShop } from '#shared/finding/shop-index.ts';
import { named } from './session-queries.ts';
import type { Db } from './sqlite.ts';

type Row = Record<string, string | number | null>;

const LISTED = 'SELECT id, site, status, name, ownerName, phone FROM live_store';

/** The next shops in id order, after an id or from the first, with what is searched of them. */
export function listedShopsAfter(db: Db, after: string, limit: number): ListedShop[] {
  return db.prepare(`${LISTED} WHERE id > ? ORDER BY id LIMIT ?`).all(after, limit) as ListedShop[];
}

/** These shops, those left out that are deleted or not here. */
export function listedShops(db: Db, ids: readonly string[]): ListedShop[] {
  const get = db.prepare(`${LISTED} WHERE id = ?`);
  return ids.map((id) => get.get(id) as ListedShop | undefined).filter((shop) => shop !== undefined);
}

/** The rows of a list, in the order of the ids. */
export function storeRows(db: Db, ids: readonly string[]): StoreRow[] {
  const get = db.prepare(
    `SELECT s.id, s.name, s.category, s.ownerName, s.phone, s.status, s.channelOpenedOn, s.mapRegisteredOn,
       t.id AS siteId, t.name AS siteName
     FROM live_store s LEFT JOIN live_site t ON t.id = s.site WHERE s.id = ?`,
  );
  return ids
    .map((id) => get.get(id) as Row | undefined)
    .filter((row) => row !== undefined)
    .map((row) => ({
      id: String(row['id']),
      name: String(row['name'] ?? ''),
      category: row['category'] as string | null,
      ownerName: row['ownerName'] as string | null,
      phone: row['phone'] as string | null,
      status: row['status'] as StoreRow['status'],
      channelOpenedOn: row['channelOpenedOn'] as string | null,
      mapRegisteredOn: row['mapRegisteredOn'] as string | null,
      site: named(row, 'site'),
    }));
}

export function siteNames(db: Db): { id: string; name: string | null }[] {
  return db.prepare('SELECT id, name FROM live_site').all() as { id: string; name: string | null }[];
}

/**
 * The stores that changes after a place in the log touch, or null when there are more than `most` such changes, of
 * whatever entity.
 */
export function storesChangedAfter(db: Db, place: number, most: number): string[] | null {
  const count = db.prepare('SELECT count(*) FROM change WHERE n > ?').pluck().get(place) as number;
  if (count > most) return null;
  return db
    .prepare(
      `SELECT DISTINCT json_extract(body, '$.record') FROM change
       WHERE n > ? AND json_extract(body, '$.entity') = 'store'`,
    )
    .pluck()
    .all(place) as string[];
}
