import type { Json } from '#shared/merge/canonical.ts';
import { entitiesOf } from './dump.ts';
import type { Db } from './sqlite.ts';
import { isEntityName } from '#shared/model/model.ts';

/** A field that disagrees, with its different values. */
export interface OpenConflict {
  readonly entity: string;
  readonly record: string;
  readonly field: string;
  readonly values: readonly Json[];
}

/** How many fields disagree. */
export function countConflicts(db: Db): number {
  let count = 0;
  for (const _conflict of openConflicts(db)) count += 1;
  return count;
}

/** Every field that disagrees, in the order of entity, record and field; after a place in that order if one is given. */
export function* openConflicts(
  db: Db,
  after?: Pick<OpenConflict, 'entity' | 'record' | 'field'>,
): IterableIterator<OpenConflict> {
  for (const entity of entitiesOf(db)) {
    if (after && entity < after.entity) continue;
    const from = after?.entity === entity ? after.record : '';
    for (const row of conflictRows(db, entity, from)) {
      const conflicts = JSON.parse(row._conflicts) as Record<string, Json[]>;
      for (const field of Object.keys(conflicts).sort()) {
        if (after && entity === after.entity && row.id === after.record && field <= after.field) continue;
        yield { entity, record: row.id, field, values: conflicts[field]! };
      }
    }
  }
}

function conflictRows(db: Db, entity: string, from: string): { id: string; _conflicts: string }[] {
  if (!isEntityName(entity)) {
    return db
      .prepare(
        'SELECT id, _conflicts FROM r_unknown WHERE entity = ? AND _conflicts IS NOT NULL AND id >= ? ORDER BY id',
      )
      .all(entity, from) as { id: string; _conflicts: string }[];
  }
  return db
    .prepare(`SELECT id, _conflicts FROM r_${entity} WHERE _conflicts IS NOT NULL AND id >= ? ORDER BY id`)
    .all(from) as { id: string; _conflicts: string }[];
}
