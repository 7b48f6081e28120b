import { FUTURE_MS } from '#shared/merge/clock.ts';
import type { ImportRecord } from './imports.ts';
import type { Db } from './sqlite.ts';

/** Which trainers a laptop writes for, and how far its clock runs ahead: read from the log, docs/desk.md says how. */

/** How many records of a trainer a laptop wrote. */
export interface WrittenFor {
  readonly laptop: string;
  readonly trainer: string;
  readonly records: number;
}

/**
 * Visits by the laptop that wrote the first change of them to come here, and by their trainer. The first place in the log
 * is a look-up by key, and a visit has few changes, so this takes some 3 microseconds a visit.
 */
export function visitsByLaptop(db: Db): WrittenFor[] {
  return db
    .prepare(
      `SELECT lower(hex(substr(c.id, 9, 8))) AS laptop, v.trainer, count(*) AS records
       FROM r_visit v JOIN change c ON c.n = CAST(v._n AS INTEGER)
       WHERE v.deleted IS NOT 1 AND v.trainer IS NOT NULL
       GROUP BY 1, 2`,
    )
    .all() as WrittenFor[];
}

/**
 * Marks of attendance that a file brought and its own laptop wrote, by the trainer of the session, where it has one
 * alone: of two nobody can tell whose laptop it was.
 */
export function marksInFile(db: Db, { laptop, firstN, lastN }: ImportRecord): WrittenFor[] {
  return db
    .prepare(
      `SELECT @laptop AS laptop, json_extract(e.trainers, '$[0]') AS trainer, count(DISTINCT a.id) AS records
       FROM change c JOIN live_attendance a ON a.id = json_extract(c.body, '$.record')
       JOIN live_session e ON e.id = a.session
       WHERE c.n BETWEEN @firstN AND @lastN AND lower(hex(substr(c.id, 9, 8))) = @laptop
         AND json_extract(c.body, '$.entity') = 'attendance' AND json_array_length(e.trainers) = 1
       GROUP BY 2`,
    )
    .all({ laptop, firstN, lastN }) as WrittenFor[];
}

/** Changes of one laptop that ran ahead when their file came. */
export interface RanAhead {
  readonly laptop: string;
  readonly ahead: number;
  /** Milliseconds. */
  readonly furthestMs: number;
}

/**
 * Whose changes in a file were from the future when it came, by more than a day, and by how much. A file of a sound laptop
 * may carry those of another. Only files in which the import counted such changes need to be asked about.
 */
export function ranAheadIn(db: Db, { firstN, lastN, importedAt }: ImportRecord): RanAhead[] {
  const at = Date.parse(importedAt);
  const rows = db
    .prepare(
      `SELECT lower(hex(substr(id, 9, 8))) AS laptop, count(*) AS ahead, max(substr(id, 1, 6)) AS furthest
       FROM change WHERE n BETWEEN ? AND ? AND substr(id, 1, 6) > ? GROUP BY 1`,
    )
    .all(firstN, lastN, asClock(at + FUTURE_MS)) as { laptop: string; ahead: number; furthest: Buffer }[];
  return rows.map(({ laptop, ahead, furthest }) => ({
    laptop,
    ahead,
    furthestMs: furthest.readUIntBE(0, 6) - at,
  }));
}

/** A time as a change's id begins with it. */
function asClock(ms: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(ms, 0, 6);
  return bytes;
}
