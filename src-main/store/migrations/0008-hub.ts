import type { Db } from '../sqlite.ts';

/** What this laptop knows of the team's hub. Frozen. */
export function hub(db: Db): void {
  db.exec(`
-- The one hub, remembered from the first time on: its id, the key of the laptop that made it, and its latest roster. Up to
-- pushedN the log was offered to it.
CREATE TABLE hub (
  one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, founderKey TEXT NOT NULL, rosterNumber INTEGER NOT NULL,
  name TEXT NOT NULL, pushedN INTEGER NOT NULL
);

-- The parcels that were pulled, with the import that brought each, and those that were pushed from here, without one. The
-- highest number of a stream is where the next pull begins. An import that is taken back for want of room takes its parcel
-- along; one that a person undid stays here, and is not fetched again.
CREATE TABLE hub_parcel (
  programme TEXT NOT NULL, laptop TEXT NOT NULL, sealed INTEGER NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL,
  import TEXT REFERENCES import (id) ON DELETE CASCADE,
  PRIMARY KEY (programme, laptop, sealed, number)
) WITHOUT ROWID;
CREATE INDEX hub_parcel_import ON hub_parcel (import);

-- Places in the log whose values an erasure destroyed: the hub may still hold them.
CREATE TABLE hub_mend (n INTEGER PRIMARY KEY);
`);
}
