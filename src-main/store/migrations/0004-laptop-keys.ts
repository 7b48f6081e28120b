import type { Db } from '../sqlite.ts';

/**
 * The keys under which a laptop was known here, and what a person said of each. Those known before were never asked
 * about, so they wait. Frozen.
 */
export function laptopKeys(db: Db): void {
  db.exec(`
-- One row each time a laptop is met with another key than before; the last one of a laptop is the key it has now.
-- verdict is NULL until a person has compared the fingerprint, then 'confirmed' or 'unknown'; times are ISO 8601 UTC.
CREATE TABLE laptop_key (
  n INTEGER PRIMARY KEY, laptop TEXT NOT NULL, publicKey TEXT NOT NULL, since TEXT NOT NULL,
  verdict TEXT, judgedAt TEXT
);
CREATE INDEX laptop_key_laptop ON laptop_key (laptop);
INSERT INTO laptop_key (laptop, publicKey, since) SELECT id, publicKey, firstSeenAt FROM laptop ORDER BY id;
`);
}
