import type { Db } from '../sqlite.ts';

/** What kits said of where files go, and what a person changed of that. Frozen. */
export function destinationsFromKits(db: Db): void {
  db.exec(`
-- What a live import offers as destinations; taking the import out takes it away. publicKey is that of the laptop whose
-- signature the kit bore, madeAt when the kit was made, in ISO 8601 UTC. place is JSON of the contract; secret is open.
CREATE TABLE kit_destination (
  import TEXT NOT NULL, id TEXT NOT NULL, laptop TEXT NOT NULL, publicKey TEXT NOT NULL, madeAt TEXT NOT NULL,
  name TEXT NOT NULL, place TEXT NOT NULL, secret TEXT, PRIMARY KEY (import, id)
) WITHOUT ROWID;
CREATE INDEX kit_destination_laptop ON kit_destination (laptop, id);

-- 1: it came in a kit, and a person changed or removed it on this laptop. No kit touches it any more.
ALTER TABLE destination ADD COLUMN changedHere INTEGER NOT NULL DEFAULT 0;
`);
}
