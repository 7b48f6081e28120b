import type { Db } from '../sqlite.ts';

/** The record of access (docs/audit.md): of this laptop alone, in no file and in no dump. Frozen. */
export function audit(db: Db): void {
  db.exec(`
-- One entry an act. at is ISO 8601 UTC; person and name are whoever the laptop said it was used by; subject is JSON with
-- ids, counts and names of files, never a value of a record. hash is SHA-256 over the entry and the hash before it.
CREATE TABLE audit (
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, what TEXT NOT NULL, person TEXT, name TEXT, laptop TEXT NOT NULL,
  via TEXT NOT NULL, subject TEXT NOT NULL, why TEXT, previous TEXT NOT NULL, hash TEXT NOT NULL
);

-- Against mistakes of the program; who has the key can drop them, and then the chain tells.
CREATE TRIGGER audit_unaltered BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM audit WHERE what = 'sealed' AND json_extract(subject, '$.upTo') >= OLD.n)
BEGIN SELECT RAISE(ABORT, 'the audit keeps what no seal covers'); END;
`);
}
