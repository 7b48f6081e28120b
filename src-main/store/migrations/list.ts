import type { Db } from '../sqlite.ts';
import { logTables } from './0001-log.ts';
import { draftsAndSteps } from './0002-drafts-and-steps.ts';
import { kits } from './0003-kits.ts';
import { laptopKeys } from './0004-laptop-keys.ts';
import { audit } from './0005-audit.ts';
import { outbox } from './0006-outbox.ts';
import { destinationsFromKits } from './0007-destinations-from-kits.ts';
import { hub } from './0008-hub.ts';
import { importPlaces } from './0009-import-places.ts';

export interface Migration {
  /** What `user_version` is afterwards. */
  readonly version: number;
  /** Changes tables inside a transaction of its own. */
  readonly up: (db: Db) => void;
}

/**
 * Every step from an empty database to the tables of today, in order. A file that has once left the house is never
 * edited again: a mistake in it is mended by the next one. What a migration needs it holds itself, and imports nothing
 * of the program, which goes on changing.
 */
export const migrations: readonly Migration[] = [
  { version: 1, up: logTables },
  { version: 2, up: draftsAndSteps },
  { version: 3, up: kits },
  { version: 4, up: laptopKeys },
  { version: 5, up: audit },
  { version: 6, up: outbox },
  { version: 7, up: destinationsFromKits },
  { version: 8, up: hub },
  { version: 9, up: importPlaces },
];
