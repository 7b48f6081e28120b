import { canonical } from '#shared/merge/canonical.ts';
import { entityNames } from '#shared/model/model.ts';
import type { Projector } from './projector.ts';
import type { ProjectedRow } from './rows.ts';
import type { Db } from './sqlite.ts';

/** All entities that have records here, those that this version does not know included, in code unit order. */
export function entitiesOf(db: Db): string[] {
  const unknown = db.prepare('SELECT DISTINCT entity FROM r_unknown').pluck().all() as string[];
  return [...entityNames, ...unknown].sort();
}

/**
 * Canonical JSON Lines of all records, sorted by entity and id: the same bytes on every laptop that holds the same
 * changes. The caller has caught up the projections.
 */
export function* dumpLines(db: Db, projector: Projector): IterableIterator<string> {
  for (const entity of entitiesOf(db)) {
    for (const row of projector.table(entity).all()) yield dumpLine(entity, row.id, row);
  }
}

/** One line of the dump: null fields and an empty `conflicts` are left out, a deleted record stays in. */
export function dumpLine(
  entity: string,
  id: string,
  row: Pick<ProjectedRow, 'fields' | 'conflicts'>,
): string {
  const fields = Object.fromEntries(Object.entries(row.fields).filter(([, value]) => value !== null));
  const conflicts = Object.keys(row.conflicts).length > 0 ? { conflicts: row.conflicts } : {};
  return canonical({ entity, id, fields, ...conflicts });
}
