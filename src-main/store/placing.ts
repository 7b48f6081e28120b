import { isEntityName } from '#shared/model/model.ts';
import type { Db } from './sqlite.ts';

/** It belongs to no programme: templates, notices, those who work with the program. Everybody gets it. */
export const OF_NONE = '';
/** Nobody can tell to which: what it hangs on is not here, or is of a kind that this version does not know. */
const UNPLACED = '?';

/** To what a record hangs, or the programme that it is of. */
type Up = readonly [sql: string, entity: string | null];

/** From a record to the next above; the first query that gives an id is followed. Null: to the programme itself. */
const UP: Readonly<Record<string, readonly Up[]>> = {
  site: [['SELECT program FROM r_site WHERE id = ?', null]],
  store: [['SELECT site FROM r_store WHERE id = ?', 'site']],
  session: [
    ['SELECT program FROM r_session WHERE id = ?', null],
    ['SELECT site FROM r_session WHERE id = ?', 'site'],
  ],
  attendance: [['SELECT session FROM r_attendance WHERE id = ?', 'session']],
  visit: [
    ['SELECT session FROM r_visit WHERE id = ?', 'session'],
    ['SELECT store FROM r_visit WHERE id = ?', 'store'],
  ],
  check: [['SELECT visit FROM r_check WHERE id = ?', 'visit']],
  surveyResponse: [
    ['SELECT session FROM r_surveyResponse WHERE id = ?', 'session'],
    ['SELECT store FROM r_surveyResponse WHERE id = ?', 'store'],
  ],
  friendReading: [
    [`SELECT owner FROM r_friendReading WHERE id = ? AND ownerKind = 'store'`, 'store'],
    [`SELECT owner FROM r_friendReading WHERE id = ? AND ownerKind = 'site'`, 'site'],
  ],
  grant: [['SELECT program FROM r_grant WHERE id = ?', null]],
  award: [['SELECT program FROM r_award WHERE id = ?', null]],
  noticeDelivery: [['SELECT store FROM r_noticeDelivery WHERE id = ?', 'store']],
  match: [
    ['SELECT "left" FROM r_match WHERE id = ?', 'store'],
    ['SELECT "right" FROM r_match WHERE id = ?', 'store'],
  ],
  person: [['SELECT store FROM r_person WHERE id = ?', 'store']],
  photo: ['store', 'visit', 'site', 'session'].map((kind): Up => [
    `SELECT owner FROM r_photo WHERE id = ? AND ownerKind = '${kind}'`,
    kind,
  ]),
};

const BELONG_TO_NONE = new Set(['checklistTemplate', 'surveyTemplate', 'notice', 'destruction']);

/**
 * Says of records to which programme they belong, as the projections have it now, deleted ones too: its id, OF_NONE or
 * UNPLACED. What it has found out it remembers.
 */
export function placing(db: Db): (entity: string, record: string) => string {
  const known = new Map<string, string>();
  const statements = new Map<string, ReturnType<Db['prepare']>>();

  function ask(sql: string, id: string): string | null {
    let found = statements.get(sql);
    if (!found) statements.set(sql, (found = db.prepare(sql).pluck()));
    return (found.get(id) as string | null | undefined) ?? null;
  }

  function climb(entity: string, record: string): string {
    if (entity === 'program') return record;
    if (BELONG_TO_NONE.has(entity)) return OF_NONE;
    if (!isEntityName(entity)) return UNPLACED;
    for (const [sql, next] of UP[entity] ?? []) {
      const above = ask(sql, record);
      if (above === null) continue;
      const found = next === null ? above : place(next, above);
      if (found !== UNPLACED) return found;
    }
    const isStaff =
      entity === 'person' &&
      ask(`SELECT kind IN ('trainer', 'coordinator') FROM r_person WHERE id = ?`, record);
    return isStaff ? OF_NONE : UNPLACED;
  }

  function place(entity: string, record: string): string {
    const key = `${entity} ${record}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = climb(entity, record)));
    return found;
  }

  return place;
}
