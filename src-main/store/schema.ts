import { createHash } from 'node:crypto';
import type { FieldKind } from '#shared/model/field.ts';
import { entityNames, fieldsOf, model, MODEL_VERSION, type EntityName } from '#shared/model/model.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { transaction, type Db } from './sqlite.ts';

/** The version of the tables below, kept in `user_version`; a store from the future is refused. */
const STORE_VERSION = 1;

/** 'DNGL': marks the file as ours. */
const APPLICATION_ID = 0x444e474c;

const tables = `
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
`;

/** Lookups by the record that something belongs to; each costs time on every import, so only those that screens need. */
const indexes: Partial<Record<EntityName, string[]>> = {
  site: ['program'],
  store: ['site'],
  person: ['store'],
  session: ['date'],
  attendance: ['session', 'person'],
  visit: ['session', 'store'],
  check: ['visit'],
  surveyResponse: ['session'],
  friendReading: ['owner'],
  grant: ['store'],
  photo: ['owner'],
};

const columnTypes: Record<FieldKind, string> = {
  text: 'TEXT',
  code: 'TEXT',
  date: 'TEXT',
  instant: 'TEXT',
  ref: 'TEXT',
  blob: 'TEXT',
  refs: 'TEXT',
  json: 'TEXT',
  integer: 'INTEGER',
  money: 'INTEGER',
  flag: 'INTEGER',
  decimal: 'REAL',
};

/** Makes the tables of an empty database, or checks that those of an existing one are ours and not from the future. */
export function ensureSchema(db: Db): void {
  const found = db.pragma('user_version', { simple: true }) as number;
  if (found > STORE_VERSION) throw new Refusal('STORE_NEWER', { found, known: STORE_VERSION });
  if (found === STORE_VERSION) return;
  transaction(db, () => {
    db.exec(tables);
    createProjections(db);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${STORE_VERSION}`);
  });
}

/** Drops and makes anew the tables that are views of the log; the caller projects the log again. */
export function createProjections(db: Db): void {
  for (const name of entityNames) {
    db.exec(`DROP VIEW IF EXISTS live_${name}; DROP TABLE IF EXISTS r_${name};`);
    const columns = fieldsOf(name).map(([field, { kind }]) => `"${field}" ${columnTypes[kind]}`);
    db.exec(
      `CREATE TABLE r_${name} (id TEXT PRIMARY KEY, ${columns.join(', ')}, deleted INTEGER, _n NOT NULL, _extra TEXT, _conflicts TEXT) WITHOUT ROWID;`,
    );
    const names = fieldsOf(name).map(([field]) => `"${field}"`);
    db.exec(
      `CREATE VIEW live_${name} AS SELECT id, ${names.join(', ')} FROM r_${name} WHERE deleted IS NOT 1;`,
    );
    for (const field of indexes[name] ?? []) {
      db.exec(`CREATE INDEX r_${name}_${field} ON r_${name} ("${field}") WHERE "${field}" IS NOT NULL;`);
    }
    db.exec(`CREATE INDEX r_${name}_conflicts ON r_${name} (id) WHERE _conflicts IS NOT NULL;`);
  }
  db.exec('DELETE FROM r_unknown;');
}

/** Changes when the projections must be rebuilt: another model, other tables or another meaning of them. */
export function projectionFingerprint(): string {
  const shape = JSON.stringify([MODEL_VERSION, columnTypes, indexes, model]);
  return createHash('sha256').update(shape).digest('hex');
}
