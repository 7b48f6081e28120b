import type {
  PersonRow,
  ProgramRow,
  SessionRow,
  SessionVisitRow,
  SiteRow,
} from '#shared/contract/sessions.ts';
import { answering } from '#shared/finding/match.ts';
import type { Db } from './sqlite.ts';

type Row = Record<string, string | number | null>;

/** Sessions with the counts that a list shows. */
const sessionSelect = `
SELECT s.id, s.title, s.kind, s."date", s.place, s.status, s.note, s.trainers,
  p.id AS programId, p.name AS programName, t.id AS siteId, t.name AS siteName,
  (SELECT count(*) FROM live_attendance a WHERE a.session = s.id) AS roster,
  (SELECT count(*) FROM live_attendance a WHERE a.session = s.id AND a.status = 'present') AS present,
  (SELECT count(*) FROM live_attendance a WHERE a.session = s.id AND a.status = 'late') AS late,
  (SELECT count(*) FROM live_attendance a WHERE a.session = s.id AND a.status = 'absent') AS absent,
  (SELECT count(*) FROM live_visit v WHERE v.session = s.id) AS visits,
  (SELECT count(*) FROM live_visit v WHERE v.session = s.id AND v.outcome IS NULL) AS visitsOpen,
  (SELECT count(*) FROM live_surveyResponse r WHERE r.session = s.id AND r.submittedAt IS NOT NULL) AS responses
FROM live_session s LEFT JOIN live_program p ON p.id = s.program LEFT JOIN live_site t ON t.id = s.site`;

export function listPrograms(db: Db): ProgramRow[] {
  return db
    .prepare(
      "SELECT id, coalesce(name, '') AS name, kind, startsOn, endsOn FROM live_program ORDER BY startsOn DESC, name",
    )
    .all() as ProgramRow[];
}

export function searchSites(db: Db, text: string, program: string | null, limit: number): SiteRow[] {
  const sites = db
    .prepare(
      `SELECT t.id, coalesce(t.name, '') AS name, t.kind, t.program, t.province, t.district,
         (SELECT count(*) FROM live_store s WHERE s.site = t.id) AS stores
       FROM live_site t WHERE @program IS NULL OR t.program = @program ORDER BY t.name, t.id`,
    )
    .all({ program }) as SiteRow[];
  return answering(sites, text, (site) => [
    site.name,
    [site.province, site.district].filter(Boolean).join(' '),
  ]).slice(0, limit);
}

export function searchPeople(
  db: Db,
  { text, kind, site, limit }: { text: string; kind: string | null; site: string | null; limit: number },
): PersonRow[] {
  const rows = db
    .prepare(
      `SELECT p.id, p.name, p.kind, p.phone, s.id AS storeId, s.name AS storeName
       FROM live_person p LEFT JOIN live_store s ON s.id = p.store
       WHERE (@kind IS NULL OR p.kind = @kind) AND (@site IS NULL OR s.site = @site)
       ORDER BY p.name, p.id LIMIT @most`,
    )
    .all({ kind, site, most: text === '' ? limit : -1 }) as Row[];
  return answering(rows.map(toPerson), text, ({ name, phone, store }) => [
    name,
    phone,
    store?.name ?? null,
  ]).slice(0, limit);
}

/** Newest first; `from` and `to` are days, both included. */
export function listSessions(
  db: Db,
  { from, to, text, limit }: { from: string | null; to: string | null; text: string; limit: number },
): SessionRow[] {
  const rows = db
    .prepare(
      `${sessionSelect}
       WHERE (@from IS NULL OR s."date" >= @from) AND (@to IS NULL OR s."date" <= @to)
         AND (@text = '' OR instr(s.title, @text) OR instr(coalesce(t.name, ''), @text))
       ORDER BY s."date" DESC, s.id DESC LIMIT @limit`,
    )
    .all({ from, to, text, limit }) as Row[];
  return rows.map(toSession);
}

export function getSession(
  db: Db,
  id: string,
): (SessionRow & { note: string | null; trainerIds: string[]; checklistItems: unknown }) | undefined {
  const row = db
    .prepare(
      `SELECT q.*, c.items FROM (${sessionSelect}) q
       LEFT JOIN live_program p ON p.id = q.programId LEFT JOIN live_checklistTemplate c ON c.id = p.checklistTemplate
       WHERE q.id = ?`,
    )
    .get(id) as Row | undefined;
  if (!row) return undefined;
  return {
    ...toSession(row),
    note: row['note'] as string | null,
    trainerIds: row['trainers'] === null ? [] : (JSON.parse(String(row['trainers'])) as string[]),
    checklistItems: row['items'] === null ? null : JSON.parse(String(row['items'])),
  };
}

export function visitsOf(db: Db, session: string): SessionVisitRow[] {
  const rows = db
    .prepare(
      `SELECT v.id, v.outcome, v.startedAt, v.endedAt, s.id AS storeId, s.name AS storeName,
         p.id AS trainerId, p.name AS trainerName,
         (SELECT count(*) FROM live_check c WHERE c.visit = v.id AND c.state IS NOT NULL) AS checks,
         (SELECT count(*) FROM live_check c WHERE c.visit = v.id AND c.state = 'done') AS checksDone
       FROM live_visit v LEFT JOIN live_store s ON s.id = v.store LEFT JOIN live_person p ON p.id = v.trainer
       WHERE v.session = ? ORDER BY v.startedAt DESC, v.id DESC`,
    )
    .all(session) as Row[];
  return rows.map((row) => ({
    id: String(row['id']),
    store: named(row, 'store'),
    trainer: named(row, 'trainer'),
    outcome: row['outcome'] as SessionVisitRow['outcome'],
    startedAt: row['startedAt'] as string | null,
    endedAt: row['endedAt'] as string | null,
    checks: Number(row['checks']),
    checksDone: Number(row['checksDone']),
  }));
}

export function peopleByIds(db: Db, ids: readonly string[]): PersonRow[] {
  const get = db.prepare(
    `SELECT p.id, p.name, p.kind, p.phone, s.id AS storeId, s.name AS storeName
     FROM live_person p LEFT JOIN live_store s ON s.id = p.store WHERE p.id = ?`,
  );
  return ids
    .map((id) => get.get(id) as Row | undefined)
    .filter((row) => row !== undefined)
    .map(toPerson);
}

export function toPerson(row: Row): PersonRow {
  return {
    id: String(row['id']),
    name: String(row['name'] ?? ''),
    kind: row['kind'] as string | null,
    phone: row['phone'] as string | null,
    store: named(row, 'store'),
  };
}

function toSession(row: Row): SessionRow {
  return {
    id: String(row['id']),
    title: String(row['title'] ?? ''),
    kind: row['kind'] as SessionRow['kind'],
    date: row['date'] as string | null,
    place: row['place'] as string | null,
    status: row['status'] as SessionRow['status'],
    program: named(row, 'program'),
    site: named(row, 'site'),
    roster: Number(row['roster']),
    present: Number(row['present']),
    late: Number(row['late']),
    absent: Number(row['absent']),
    visits: Number(row['visits']),
    visitsOpen: Number(row['visitsOpen']),
    responses: Number(row['responses']),
  };
}

/** A joined record as id and name, or null where the other side is missing or deleted. */
export function named(row: Row, prefix: string): { id: string; name: string } | null {
  const id = row[`${prefix}Id`];
  return typeof id === 'string' ? { id, name: String(row[`${prefix}Name`] ?? '') } : null;
}
