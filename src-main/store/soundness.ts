import { Refusal } from '#shared/contract/errors.ts';
import { APPLICATION_ID } from './schema.ts';
import type { Db } from './sqlite.ts';

/** The last changes, which a power cut would have hit. */
const LAST = 50;

/**
 * A look that costs a few milliseconds at any size: whether it is a store at all, the beginning of every table, and the
 * end of the log. Each page that is read is checked by the cipher. Refuses with STORE_DAMAGED, or throws as the engine.
 */
export function lookOver(db: Db): void {
  const isOurs = db.pragma('application_id', { simple: true }) === APPLICATION_ID;
  if (!isOurs || (db.pragma('user_version', { simple: true }) as number) < 1) throw damaged('application_id');
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
    .pluck()
    .all() as string[];
  for (const table of tables) db.prepare(`SELECT * FROM "${table}" LIMIT 1`).get();
  db.prepare('SELECT * FROM change ORDER BY n DESC LIMIT ?').all(LAST);
  const laptop = db.prepare("SELECT value FROM meta WHERE key = 'laptop.id'").pluck().get();
  if (!laptop) throw damaged('laptop.id');
}

/** Reads every page and has the engine check how they hang together: 0.75 s for 127 MB. Refuses as `lookOver`. */
export function readThrough(db: Db): void {
  lookOver(db);
  const [line] = db.pragma('quick_check(1)') as { quick_check: string }[];
  if (line?.quick_check !== 'ok') throw damaged(line?.quick_check ?? '');
}

function damaged(detail: string): Refusal {
  return new Refusal('STORE_DAMAGED', { detail });
}
