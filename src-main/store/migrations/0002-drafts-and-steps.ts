import type { Db } from '../sqlite.ts';

/** What is of this laptop alone, never in a file and never in a dump: half-typed text, and what can be undone. Frozen. */
export function draftsAndSteps(db: Db): void {
  db.exec(`
-- Text that cannot be a change yet. key begins with the record it is about, entity:id:what, or with a screen.
CREATE TABLE draft (key TEXT PRIMARY KEY, value TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;

-- What was done here, one row an action of a person; excluded says why one cannot be undone here.
-- at and since are the times of its last and its first write, in milliseconds since 1970.
CREATE TABLE step (
  id INTEGER PRIMARY KEY, action TEXT NOT NULL, excluded TEXT, undone INTEGER NOT NULL DEFAULT 0,
  since INTEGER NOT NULL, at INTEGER NOT NULL
);
-- The places in the log of the changes that a step made last, or that took it back when it is undone.
CREATE TABLE step_change (step INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (step, n)) WITHOUT ROWID;
`);
}
