import Database from 'better-sqlite3';
import { openMeta } from '#main/store/meta.ts';
import { openProjector } from '#main/store/projector.ts';
import { makeSchema } from '#main/store/schema.ts';
import { fieldsOf, type EntityName, type PatchOf } from '#shared/model/model.ts';

/** A database in memory with the store's own tables, filled row by row: what the projections would hold. */
export function reportStore() {
  const db = new Database(':memory:');
  makeSchema(db);
  let last = 0;

  /** Puts a record and returns its id; `deleted` makes it a deleted one. */
  function put<E extends EntityName>(
    entity: E,
    fields: PatchOf<E> & { id?: string; deleted?: boolean } = {},
  ): string {
    last += 1;
    const { id = testId(last), deleted = false, ...rest } = fields;
    const kinds = new Map(fieldsOf(entity).map(([name, { kind }]) => [name, kind]));
    const columns = Object.keys(rest);
    const values = Object.entries(rest).map(([name, value]) => {
      if (value === null || value === undefined) return null;
      if (typeof value === 'boolean') return Number(value);
      return kinds.get(name) === 'json' || kinds.get(name) === 'refs' ? JSON.stringify(value) : value;
    });
    db.prepare(
      `INSERT INTO r_${entity} (id, deleted, _n${columns.map((name) => `, "${name}"`).join('')})
       VALUES (?, ?, 1${columns.map(() => ', ?').join('')})`,
    ).run(id, deleted ? 1 : null, ...values);
    return id;
  }

  return { db, put, store: { db, projector: openProjector(db, openMeta(db)) } };
}

function testId(number: number): string {
  return `0193557a-1c2f-7000-8000-${number.toString(16).padStart(12, '0')}`;
}
