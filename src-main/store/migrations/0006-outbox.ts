import type { Db } from '../sqlite.ts';

/** What waits to be sent from this laptop, and where to; of this laptop alone. Frozen. */
export function outbox(db: Db): void {
  db.exec(`
-- All times are milliseconds since 1970, UTC. place and error are JSON of the contract; last is the outcome of the last
-- try, as JSON: {"at","reached","error"}. removedAt: no longer offered, kept for the names of what was sent there.
-- failures counts those in a row; nothing goes there before notBefore, and hold is the part of that which the server asked
-- for; triedAt is the last try.
CREATE TABLE destination (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, place TEXT NOT NULL, secret TEXT, fromLaptop TEXT, last TEXT,
  failures INTEGER NOT NULL DEFAULT 0, notBefore INTEGER NOT NULL DEFAULT 0, hold INTEGER NOT NULL DEFAULT 0,
  triedAt INTEGER, removedAt INTEGER
) WITHOUT ROWID;

-- key is the caller's; the same one is the same row. state is queued, sending, sent or parked; confirmed is derived from
-- what the live imports tell of manifest, the id in an exchange file. question is what a report is asked for, as JSON.
-- frozen: the content stays whatever happens. exposed: bytes of it may have left, so it must stay as it is.
-- sha256 and file are NULL until the content is made. failures counts those in a row; hold: the server said not before.
-- owner and leaseUntil say who is sending it and how long that is believed.
CREATE TABLE delivery (
  id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL,
  destination TEXT NOT NULL REFERENCES destination (id), question TEXT, frozen INTEGER NOT NULL,
  exposed INTEGER NOT NULL DEFAULT 0, file TEXT, sha256 TEXT, bytes INTEGER, manifest TEXT,
  state TEXT NOT NULL, paused INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0, offline INTEGER NOT NULL DEFAULT 0, error TEXT, queuedAt INTEGER NOT NULL,
  nextTryAt INTEGER NOT NULL, hold INTEGER NOT NULL DEFAULT 0, triedAt INTEGER, owner TEXT, leaseUntil INTEGER,
  sentAt INTEGER
) WITHOUT ROWID;
CREATE INDEX delivery_state ON delivery (state, destination);

-- The bytes until they are sent, in pieces.
CREATE TABLE delivery_piece (
  delivery TEXT NOT NULL REFERENCES delivery (id), n INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (delivery, n)
);
`);
}
