import type { Db } from './sqlite.ts';

/** Differs whenever anything was written since, by this process or another one. */
export function moment(db: Db): string {
  const own = db.prepare('SELECT total_changes()').pluck().get() as number;
  return `${db.pragma('data_version', { simple: true }) as number} ${own}`;
}
