import { Refusal } from '#shared/contract/errors.ts';
import { migrations as all, type Migration } from './migrations/list.ts';
import { transaction, type Db } from './sqlite.ts';

/**
 * Called once before a store that holds something is changed: here a copy of it is made. When it throws, the store is
 * left as it was.
 */
export type BeforeMigrating = (db: Db, from: number, to: number) => void;

/**
 * Runs the migrations that a database has not seen, each whole or not at all: its tables and `user_version` change in
 * one transaction, so a kill in between leaves the version before. Refuses a store from the future with STORE_NEWER.
 */
export function migrate(db: Db, before?: BeforeMigrating, migrations: readonly Migration[] = all): void {
  const known = migrations.at(-1)!.version;
  const found = versionOf(db);
  if (found > known) throw new Refusal('STORE_NEWER', { found, known });
  if (found === known) return;
  if (found > 0) before?.(db, found, known);
  for (const { version, up } of migrations) {
    transaction(db, () => {
      // Read again inside: another program may have opened the same store a moment earlier.
      if (versionOf(db) >= version) return;
      up(db);
      db.pragma(`user_version = ${version}`);
    });
  }
}

function versionOf(db: Db): number {
  return db.pragma('user_version', { simple: true }) as number;
}
