import type { Db } from '../sqlite.ts';

/** Finding the import that owns a place without reading all of them: a laptop that pulls has thousands. Frozen. */
export function importPlaces(db: Db): void {
  db.exec(`
-- Those that brought something new. Their ranges of n do not overlap, so the first that ends at or after a place is the
-- only one that can hold it.
CREATE INDEX import_place ON import (lastN, firstN) WHERE lastN >= firstN;
`);
}
