import type { ImportRecord } from './imports.ts';
import type { Db } from './sqlite.ts';

/** A record that an import brought changes of. */
export interface BroughtRecord {
  readonly entity: string;
  readonly record: string;
  /** Changes of it in the file. */
  readonly changes: number;
  /** Those of them that were not here before. */
  readonly fresh: number;
}

/**
 * The changes of an import: the range of the log that it owns, and those that were here before it came. Only `entity`
 * and `record` are read of each: the log has no index by record, and needs none for one file.
 */
const BROUGHT = `
  SELECT json_extract(body, '$.entity') AS entity, json_extract(body, '$.record') AS record, fresh
  FROM (SELECT n, 1 AS fresh FROM change WHERE n BETWEEN @firstN AND @lastN
        UNION ALL SELECT n, 0 FROM change_source WHERE import = @id) JOIN change USING (n)`;

/** How many records of each entity an import brought changes of. */
export function countsOf(db: Db, { id, firstN, lastN }: ImportRecord): Record<string, number> {
  const rows = db
    .prepare(
      `SELECT entity, count(DISTINCT record) AS records FROM (${BROUGHT}) GROUP BY entity ORDER BY entity`,
    )
    .all({ id, firstN, lastN }) as { entity: string; records: number }[];
  return Object.fromEntries(rows.map(({ entity, records }) => [entity, records]));
}

/** The next of the records that an import brought changes of, by entity and id. */
export function recordsOf(
  db: Db,
  { id, firstN, lastN }: ImportRecord,
  page: {
    readonly entity: string | null;
    readonly after: { readonly entity: string; readonly record: string } | null;
    readonly limit: number;
  },
): BroughtRecord[] {
  return db
    .prepare(
      `SELECT entity, record, count(*) AS changes, sum(fresh) AS fresh FROM (${BROUGHT})
       WHERE (@only IS NULL OR entity = @only)
         AND (@afterEntity IS NULL OR (entity, record) > (@afterEntity, @afterRecord))
       GROUP BY entity, record ORDER BY entity, record LIMIT @limit`,
    )
    .all({
      id,
      firstN,
      lastN,
      only: page.entity,
      afterEntity: page.after?.entity ?? null,
      afterRecord: page.after?.record ?? null,
      limit: page.limit,
    }) as BroughtRecord[];
}
