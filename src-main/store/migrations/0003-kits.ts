import type { Db } from '../sqlite.ts';

/** The kits that were made on this laptop, which is of this laptop alone, and the erasures, which leave with every kit. Frozen. */
export function kits(db: Db): void {
  db.exec(`
-- id is that of the kit's manifest, by which a trainer's laptop says that it has it. trainer is a person.
-- chosen is what the kit was made of, as JSON: {"sessions":[ids],"sites":[ids]}. Nothing of the records is kept here.
-- lastN is where the log ended: what came after it is not in the kit.
CREATE TABLE kit (
  id TEXT PRIMARY KEY, trainer TEXT NOT NULL, madeAt TEXT NOT NULL, chosen TEXT NOT NULL,
  changes INTEGER NOT NULL, lastN INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX kit_trainer ON kit (trainer, madeAt);

-- Few among very many changes. A quote inside a text stands behind a backslash, so only a member of that name matches.
CREATE INDEX change_erasure ON change (n) WHERE instr(body, '"erase":[') > 0;
`);
}
