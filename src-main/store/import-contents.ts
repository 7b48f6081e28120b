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
 * The records of a live import, by entity and id: those of the range of the log that it owns, and of the changes that
 * were here before it came. Every change of the file is looked at once; the log has no index by record.
 */
export function broughtBy(db: Db, { id, firstN, lastN }: ImportRecord): BroughtRecord[] {
  return db
    .prepare(
      `SELECT json_extract(body, '$.entity') AS entity, json_extract(body, '$.record') AS record,
         count(*) AS changes, sum(fresh) AS fresh
       FROM (SELECT n, 1 AS fresh FROM change WHERE n BETWEEN @firstN AND @lastN
             UNION ALL SELECT n, 0 FROM change_source WHERE import = @id) JOIN change USING (n)
       GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all({ id, firstN, lastN }) as BroughtRecord[];
}
