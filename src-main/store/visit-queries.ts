import type { CheckRow, ChecklistRef, FriendReadingRow, VisitView } from '#shared/contract/visits.ts';
import type { CodeOf } from '#shared/model/model.ts';
import { named } from './session-queries.ts';
import type { Db } from './sqlite.ts';

type Row = Record<string, string | number | null>;

/** A visit with the names around it and the checklist that it goes by; undefined when it is not here. */
export function getVisit(
  db: Db,
  id: string,
):
  | (Pick<
      VisitView,
      | 'id'
      | 'session'
      | 'site'
      | 'trainer'
      | 'date'
      | 'startedAt'
      | 'endedAt'
      | 'outcome'
      | 'note'
      | 'sameDay'
      | 'checklist'
    > & { storeId: string; items: unknown })
  | undefined {
  const row = db
    .prepare(
      `SELECT v.id, v."date", v.startedAt, v.endedAt, v.outcome, v.note, v.store AS storeId,
         e.id AS sessionId, e.title AS sessionName, t.id AS siteId, t.name AS siteName,
         p.id AS trainerId, p.name AS trainerName, c.id AS checklistId, c.items, c.name AS checklistName, c.version AS checklistVersion,
         n.id AS nowId, n.name AS nowName, n.version AS nowVersion,
         (SELECT count(*) FROM live_visit o WHERE o.store = v.store AND o."date" = v."date" AND o.id <> v.id) AS sameDay
       FROM live_visit v
       LEFT JOIN live_session e ON e.id = v.session
       LEFT JOIN live_site t ON t.id = e.site
       LEFT JOIN live_person p ON p.id = v.trainer
       LEFT JOIN live_program g ON g.id = e.program
       LEFT JOIN r_checklistTemplate c ON c.id = coalesce(v.checklistTemplate, g.checklistTemplate)
       LEFT JOIN live_checklistTemplate n ON n.id = g.checklistTemplate AND n.id <> v.checklistTemplate
       WHERE v.id = ?`,
    )
    .get(id) as Row | undefined;
  if (!row) return undefined;
  const session = named(row, 'session');
  const checklist = checklistNamed(row, 'checklist');
  return {
    id: String(row['id']),
    session: { id: session?.id ?? '', title: session?.name ?? '' },
    site: named(row, 'site'),
    trainer: named(row, 'trainer'),
    date: String(row['date'] ?? ''),
    startedAt: row['startedAt'] as string | null,
    endedAt: row['endedAt'] as string | null,
    outcome: row['outcome'] as CodeOf<'visit', 'outcome'> | null,
    note: row['note'] as string | null,
    sameDay: Number(row['sameDay']),
    storeId: String(row['storeId'] ?? ''),
    items: row['items'] === null ? null : JSON.parse(String(row['items'])),
    checklist: checklist && { ...checklist, now: checklistNamed(row, 'now') },
  };
}

function checklistNamed(row: Row, prefix: string): ChecklistRef | null {
  const found = named(row, prefix);
  return found && { ...found, version: Number(row[`${prefix}Version`] ?? 1) };
}

export type CheckAnswer = Omit<CheckRow, 'item'> & { item: string };

/** The answers of a visit; a photo that was removed is none. */
export function checksOf(db: Db, visit: string): CheckAnswer[] {
  return db
    .prepare(
      `SELECT c.item, c.state, c.value, c.note, p.id AS photo
       FROM live_check c LEFT JOIN live_photo p ON p.id = c.photo WHERE c.visit = ?`,
    )
    .all(visit) as CheckAnswer[];
}

/** The reading of a day, and the latest one before it. */
export function friendsAround(
  db: Db,
  owner: string,
  day: string,
): { today: FriendReadingRow | null; before: FriendReadingRow | null } {
  const get = (sql: string): FriendReadingRow | null =>
    (db
      .prepare(
        `SELECT "date", friends FROM live_friendReading WHERE owner = ? AND friends IS NOT NULL AND ${sql}`,
      )
      .get(owner, day) as FriendReadingRow | undefined) ?? null;
  return { today: get('"date" = ?'), before: get('"date" < ? ORDER BY "date" DESC LIMIT 1') };
}
