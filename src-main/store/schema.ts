import { createHash } from 'node:crypto';
import type { FieldKind } from '#shared/model/field.ts';
import { entityNames, fieldsOf, model, MODEL_VERSION, type EntityName } from '#shared/model/model.ts';
import { migrate } from './migrate.ts';
import { transaction, type Db } from './sqlite.ts';

/** 'DNGL': marks the file as ours. */
export const APPLICATION_ID = 0x444e474c;

/** How `_held` is made (src-shared/retention/personal.ts): raise it when the same changes give other bits. */
const HELD = 1;

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

/** Counted at every look at the state of the store, and so many that reading their rows for it would take a while. */
const counted: readonly EntityName[] = ['store'];

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

/**
 * Makes all tables of an empty database. The projections are no matter of migrations: they are views of the log, made
 * anew whenever their fingerprint changes.
 */
export function makeSchema(db: Db): void {
  transaction(db, () => {
    db.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(db);
    createProjections(db);
  });
}

/** Drops and makes anew the tables that are views of the log; the caller projects the log again. */
export function createProjections(db: Db): void {
  for (const name of entityNames) {
    db.exec(`DROP VIEW IF EXISTS live_${name}; DROP TABLE IF EXISTS r_${name};`);
    const columns = fieldsOf(name).map(([field, { kind }]) => `"${field}" ${columnTypes[kind]}`);
    db.exec(
      `CREATE TABLE r_${name} (id TEXT PRIMARY KEY, ${columns.join(', ')}, _held INTEGER, deleted INTEGER, _n NOT NULL, _extra TEXT, _conflicts TEXT) WITHOUT ROWID;`,
    );
    const names = fieldsOf(name).map(([field]) => `"${field}"`);
    db.exec(
      `CREATE VIEW live_${name} AS SELECT id, ${names.join(', ')} FROM r_${name} WHERE deleted IS NOT 1;`,
    );
    for (const field of indexes[name] ?? []) {
      db.exec(`CREATE INDEX r_${name}_${field} ON r_${name} ("${field}") WHERE "${field}" IS NOT NULL;`);
    }
    // With the column in it that the view asks for, or the engine looks at the rows all the same.
    if (counted.includes(name)) {
      db.exec(`CREATE INDEX r_${name}_live ON r_${name} (deleted) WHERE deleted IS NOT 1;`);
    }
    db.exec(`CREATE INDEX r_${name}_conflicts ON r_${name} (id) WHERE _conflicts IS NOT NULL;`);
  }
  db.exec('DELETE FROM r_unknown;');
}

/** Changes when the projections must be rebuilt: another model, other tables or another meaning of them. */
export function projectionFingerprint(): string {
  const shape = JSON.stringify([MODEL_VERSION, columnTypes, indexes, counted, model, HELD]);
  return createHash('sha256').update(shape).digest('hex');
}
