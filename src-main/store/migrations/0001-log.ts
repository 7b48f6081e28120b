import type { Db } from '../sqlite.ts';

/** The log, where it came from, and what lies beside it. Frozen: stores out there were made by exactly this. */
export function logTables(db: Db): void {
  db.exec(`
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The log. n is the order of arrival; an import owns a range of n. body is the change as JSON without its id.
-- There is no index by record: each projected row carries the list of its n instead (docs/merge.md).
CREATE TABLE change (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, body TEXT NOT NULL);

-- An undone import stays as a tombstone, or what it shared with others would look as if it had been written here.
CREATE TABLE import (
  id TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, manifest TEXT NOT NULL, laptop TEXT NOT NULL,
  importedAt TEXT NOT NULL, firstN INTEGER NOT NULL, lastN INTEGER NOT NULL, added INTEGER NOT NULL,
  known INTEGER NOT NULL, clockSuspect INTEGER NOT NULL, undoneAt TEXT
);
CREATE INDEX import_sha256 ON import (sha256);

-- Imports that brought a change which was here before.
CREATE TABLE change_source (n INTEGER NOT NULL, import TEXT NOT NULL, PRIMARY KEY (n, import)) WITHOUT ROWID;
CREATE INDEX change_source_import ON change_source (import);

CREATE TABLE laptop (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, publicKey TEXT NOT NULL, firstSeenAt TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE blob (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL);
-- source is the id of an import, or 'here'.
CREATE TABLE blob_source (sha256 TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (sha256, source)) WITHOUT ROWID;

-- Records of entities that this version does not know.
CREATE TABLE r_unknown (
  entity TEXT NOT NULL, id TEXT NOT NULL, deleted INTEGER, _n NOT NULL, _extra TEXT, _conflicts TEXT,
  PRIMARY KEY (entity, id)
) WITHOUT ROWID;
`);
}
