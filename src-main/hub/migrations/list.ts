import { hubTables } from './0001-hub.ts';
import { hubParcelBlobs } from './0002-parcel-blob.ts';

/** Every step from an empty database to the hub of today, in order. One that has left the house is never edited again. */
export const hubMigrations: readonly { readonly version: number; readonly sql: string }[] = [
  { version: 1, sql: hubTables },
  { version: 2, sql: hubParcelBlobs },
];

export const HUB_VERSION = hubMigrations.at(-1)!.version;
