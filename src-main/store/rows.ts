import type { Field } from '#shared/model/field.ts';
import { fieldsOf, isEntityName, type EntityName } from '#shared/model/model.ts';
import type { Json } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';
import type { RecordState } from '#shared/merge/register.ts';
import { heldBits } from '#shared/retention/personal.ts';
import type { Db, Statement } from './sqlite.ts';

/** A projected row: the record's state, and where in the log it comes from. */
export interface ProjectedRow {
  readonly fields: Record<string, Json>;
  readonly conflicts: Record<string, readonly Json[]>;
  readonly n: number[];
}

export type SqlValue = string | number | null;
type Row = Record<string, SqlValue>;

/** Reads and writes the projected row of one entity; statements are prepared once. */
export interface Table {
  /** The places in the log of a record's changes, in order; empty when there is no such record. */
  places(id: string): number[];
  /** The greatest id; null when the table is empty. */
  newest(): string | null;
  get(id: string): ProjectedRow | undefined;
  put(id: string, state: RecordState, n: readonly number[], changes: readonly Change[]): void;
  /** What `put` writes, in the order of the columns that `stored` reads. */
  values(id: string, state: RecordState, n: readonly number[], changes: readonly Change[]): SqlValue[];
  /** All rows in id order as they lie in the table, the id first. */
  stored(): IterableIterator<SqlValue[]>;
  remove(id: string): void;
  /** All records in id order. */
  all(): IterableIterator<ProjectedRow & { id: string }>;
  /** The records with a field that disagrees, in id order. */
  disputed(): IterableIterator<ProjectedRow & { id: string }>;
}

/** The table of an entity; entities that this version does not know share one. */
export function tableOf(db: Db, entity: string): Table {
  return isEntityName(entity) ? knownTable(db, entity) : unknownTable(db, entity);
}

function knownTable(db: Db, entity: EntityName): Table {
  const declared = fieldsOf(entity);
  const names = declared.map(([name]) => name);
  const known = new Set([...names, 'deleted']);
  const columns = [
    'id',
    ...names.map((name) => `"${name}"`),
    '_held',
    'deleted',
    '_n',
    '_extra',
    '_conflicts',
  ];
  const places = db.prepare(`SELECT _n FROM r_${entity} WHERE id = ?`).pluck();
  const newest = db.prepare(`SELECT max(id) FROM r_${entity}`).pluck();
  const get = db.prepare(`SELECT * FROM r_${entity} WHERE id = ?`);
  const all = db.prepare(`SELECT * FROM r_${entity} ORDER BY id`);
  const disputed = db.prepare(`SELECT * FROM r_${entity} WHERE _conflicts IS NOT NULL ORDER BY id`);
  const stored = db.prepare(`SELECT ${columns.join(', ')} FROM r_${entity} ORDER BY id`).raw();
  const remove = db.prepare(`DELETE FROM r_${entity} WHERE id = ?`);
  const put = db.prepare(
    `INSERT OR REPLACE INTO r_${entity} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );

  function valuesOf(
    id: string,
    state: RecordState,
    n: readonly number[],
    changes: readonly Change[],
  ): SqlValue[] {
    const values: SqlValue[] = [id];
    for (const [name, { kind }] of declared) values.push(toSql(kind, state.fields[name] ?? null));
    let extra: Record<string, Json> | null = null;
    for (const name in state.fields) {
      if (!known.has(name) && state.fields[name] !== null) (extra ??= {})[name] = state.fields[name]!;
    }
    values.push(heldBits(entity, changes) || null, ...tail(state, n, extra));
    return values;
  }

  function toRow(row: Row): ProjectedRow {
    const fields: Record<string, Json> = {};
    for (const [name, { kind }] of declared) {
      const value = fromSql(kind, row[name] ?? null);
      if (value !== null) fields[name] = value;
    }
    return finish(row, fields);
  }

  return {
    places: (id) => fromPlaces(places.get(id) as SqlValue | undefined),
    newest: () => newest.get() as string | null,
    get: (id) => {
      const row = get.get(id) as Row | undefined;
      return row && toRow(row);
    },
    put: (id, state, n, changes) => void put.run(...valuesOf(id, state, n, changes)),
    values: valuesOf,
    stored: () => stored.iterate() as IterableIterator<SqlValue[]>,
    remove: (id) => void remove.run(id),
    *all() {
      for (const row of all.iterate() as IterableIterator<Row>)
        yield { id: String(row['id']), ...toRow(row) };
    },
    *disputed() {
      for (const row of disputed.all() as Row[]) yield { id: String(row['id']), ...toRow(row) };
    },
  };
}

function unknownTable(db: Db, entity: string): Table {
  const places = db.prepare('SELECT _n FROM r_unknown WHERE entity = ? AND id = ?').pluck();
  const newest = db.prepare('SELECT max(id) FROM r_unknown WHERE entity = ?').pluck();
  const get = db.prepare('SELECT * FROM r_unknown WHERE entity = ? AND id = ?');
  const all = db.prepare('SELECT * FROM r_unknown WHERE entity = ? ORDER BY id');
  const disputed = db.prepare(
    'SELECT * FROM r_unknown WHERE entity = ? AND _conflicts IS NOT NULL ORDER BY id',
  );
  const remove = db.prepare('DELETE FROM r_unknown WHERE entity = ? AND id = ?');
  const put: Statement = db.prepare(
    'INSERT OR REPLACE INTO r_unknown (entity, id, deleted, _n, _extra, _conflicts) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const stored = db
    .prepare('SELECT id, deleted, _n, _extra, _conflicts FROM r_unknown WHERE entity = ? ORDER BY id')
    .raw();

  function valuesOf(id: string, state: RecordState, n: readonly number[]): SqlValue[] {
    const { deleted: _deleted, ...rest } = state.fields;
    const extra = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
    return [id, ...tail(state, n, extra)];
  }

  return {
    places: (id) => fromPlaces(places.get(entity, id) as SqlValue | undefined),
    newest: () => newest.get(entity) as string | null,
    get: (id) => {
      const row = get.get(entity, id) as Row | undefined;
      return row && finish(row, {});
    },
    put: (id, state, n) => void put.run(entity, ...valuesOf(id, state, n)),
    values: valuesOf,
    stored: () => stored.iterate(entity) as IterableIterator<SqlValue[]>,
    remove: (id) => void remove.run(entity, id),
    *all() {
      for (const row of all.iterate(entity) as IterableIterator<Row>)
        yield { id: String(row['id']), ...finish(row, {}) };
    },
    *disputed() {
      for (const row of disputed.all(entity) as Row[]) yield { id: String(row['id']), ...finish(row, {}) };
    },
  };
}

/** The values of the columns that every table ends with: deleted, _n, _extra, _conflicts. */
function tail(state: RecordState, n: readonly number[], extra: Record<string, Json> | null): SqlValue[] {
  const deleted = state.fields['deleted'] ?? null;
  let conflicts: string | null = null;
  for (const _field in state.conflicts) {
    conflicts = JSON.stringify(state.conflicts);
    break;
  }
  return [
    deleted === null ? null : Number(deleted),
    // One place, by far the commonest case, takes SQLite three bytes as a number.
    n.length === 1 ? n[0]! : n.join(','),
    extra && Object.keys(extra).length > 0 ? JSON.stringify(extra) : null,
    conflicts,
  ];
}

function finish(row: Row, fields: Record<string, Json>): ProjectedRow {
  if (row['deleted'] !== null) fields['deleted'] = row['deleted'] === 1;
  if (row['_extra'] !== null) Object.assign(fields, JSON.parse(String(row['_extra'])));
  const conflicts = row['_conflicts'] === null ? {} : JSON.parse(String(row['_conflicts']));
  return { fields, conflicts, n: fromPlaces(row['_n']) };
}

export function fromPlaces(value: SqlValue | undefined): number[] {
  if (value === undefined || value === null) return [];
  return typeof value === 'number' ? [value] : value.split(',').map(Number);
}

function toSql(kind: Field['kind'], value: Json): SqlValue {
  if (value === null) return null;
  if (kind === 'flag') return value ? 1 : 0;
  if (kind === 'refs' || kind === 'json') return JSON.stringify(value);
  return value as string | number;
}

function fromSql(kind: Field['kind'], value: SqlValue): Json {
  if (value === null) return null;
  if (kind === 'flag') return value === 1;
  if (kind === 'refs' || kind === 'json') return JSON.parse(String(value)) as Json;
  return value;
}
