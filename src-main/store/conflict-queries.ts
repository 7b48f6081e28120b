import type { Json } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';
import { isEntityName } from '#shared/model/model.ts';
import { changeFrom, idFromBytes } from './codec.ts';
import { entitiesOf } from './dump.ts';
import type { ProjectedRow } from './rows.ts';
import type { Db } from './sqlite.ts';
import type { Store } from './store.ts';

/** A field that disagrees, with its different values. */
export interface OpenConflict {
  readonly entity: string;
  readonly record: string;
  readonly field: string;
  readonly values: readonly Json[];
  /** The record that it is a field of. */
  readonly row: ProjectedRow;
}

/** How many fields disagree. */
export function countConflicts(db: Db): number {
  const fields = '(SELECT count(*) FROM json_each(_conflicts))';
  const counts = entitiesOf(db).map((entity) => {
    const [table, params] = isEntityName(entity) ? [`r_${entity}`, []] : ['r_unknown', [entity]];
    const one = params.length > 0 ? 'AND entity = ?' : '';
    const sql = `SELECT coalesce(sum(${fields}), 0) FROM ${table} WHERE _conflicts IS NOT NULL ${one}`;
    return db
      .prepare(sql)
      .pluck()
      .get(...params) as number;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Every field that disagrees, in the order of entity, record and field. */
export function* openConflicts({ db, projector }: Store): IterableIterator<OpenConflict> {
  for (const entity of entitiesOf(db)) {
    for (const { id: record, ...row } of projector.table(entity).disputed()) {
      for (const field of Object.keys(row.conflicts).sort()) {
        yield { entity, record, field, values: row.conflicts[field]!, row };
      }
    }
  }
}

/**
 * The changes at many places that say something about some fields, in the order of the log: read in one go, and the
 * others, which are most of them, not even parsed. Null stands for all fields.
 */
export function changesAbout(
  db: Db,
  wanted: ReadonlyMap<number, readonly string[] | null>,
): Map<number, Change> {
  const found = new Map<number, Change>();
  const rows = db
    .prepare('SELECT n, id, body FROM change WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n')
    .iterate(JSON.stringify([...wanted.keys()])) as IterableIterator<{ n: number; id: Buffer; body: string }>;
  for (const { n, id, body } of rows) {
    const fields = wanted.get(n);
    if (fields && !body.includes('"erase"') && !fields.some((field) => body.includes(`"${field}"`))) continue;
    found.set(n, changeFrom(idFromBytes(id), body));
  }
  return found;
}
