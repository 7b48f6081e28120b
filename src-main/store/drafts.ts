import type { Json } from '#shared/merge/canonical.ts';
import type { Db } from './sqlite.ts';

/**
 * Half-typed text that cannot be a change yet: a count that is refused, a name whose record is not made. Of this laptop
 * alone: it never leaves in a file and is no part of a dump.
 */
export interface Drafts {
  put(key: string, value: Json, at: number): void;
  get(key: string): Json | undefined;
  drop(key: string): void;
  /** Drops those that were last typed before a time, in milliseconds since 1970. */
  dropOlderThan(at: number): void;
}

export function openDrafts(db: Db): Drafts {
  const put = db.prepare('INSERT OR REPLACE INTO draft (key, value, at) VALUES (?, ?, ?)');
  const get = db.prepare('SELECT value FROM draft WHERE key = ?').pluck();
  const drop = db.prepare('DELETE FROM draft WHERE key = ?');
  return {
    put: (key, value, at) => void put.run(key, JSON.stringify(value), at),
    get(key) {
      const value = get.get(key) as string | undefined;
      return value === undefined ? undefined : (JSON.parse(value) as Json);
    },
    drop: (key) => void drop.run(key),
    dropOlderThan: (at) => void db.prepare('DELETE FROM draft WHERE at < ?').run(at),
  };
}

/** Drops what was being typed about a record: when its values are destroyed, so is this. */
export function dropDraftsOf(db: Db, entity: string, record: string): void {
  const from = `${entity}:${record}:`;
  // `;` follows `:`: a range finds them by the key alone, whatever a key holds.
  db.prepare('DELETE FROM draft WHERE key >= ? AND key < ?').run(from, `${entity}:${record};`);
}
