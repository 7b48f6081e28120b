import type {
  AwardSheet,
  SheetVisit,
  SignInPerson,
  SignInSheet,
  StoreSheet,
} from '#shared/contract/print.ts';
import type { FriendReadingRow } from '#shared/contract/visits.ts';
import type { Db } from './sqlite.ts';

type Row = Record<string, string | number | null>;

export function signInSession(
  db: Db,
  id: string,
): (Omit<SignInSheet, 'trainers' | 'people'> & { trainerIds: string[] }) | undefined {
  const row = db
    .prepare(
      `SELECT s.id, coalesce(s.title, '') AS title, s.kind, s."date", s.startsAt, s.endsAt, s.place, s.trainers,
         p.name AS program, t.name AS site
       FROM live_session s LEFT JOIN live_program p ON p.id = s.program LEFT JOIN live_site t ON t.id = s.site
       WHERE s.id = ?`,
    )
    .get(id) as Row | undefined;
  if (!row) return undefined;
  const { trainers, ...rest } = row;
  return {
    ...(rest as unknown as Omit<SignInSheet, 'trainers' | 'people'>),
    trainerIds: trainers === null ? [] : (JSON.parse(String(trainers)) as string[]),
  };
}

/** The roster by name, the phone as it was written, the signature as what its picture is known by. */
export function signInPeople(
  db: Db,
  session: string,
): (Omit<SignInPerson, 'signature'> & { signature: string | null })[] {
  return db
    .prepare(
      `SELECT a.id, coalesce(p.name, '') AS name, s.name AS shop, p.phone, a.status, a.signedAt, a.signature
       FROM live_attendance a LEFT JOIN live_person p ON p.id = a.person LEFT JOIN live_store s ON s.id = p.store
       WHERE a.session = ? ORDER BY p.name IS NULL, p.name, a.id`,
    )
    .all(session) as ReturnType<typeof signInPeople>;
}

/** What a shop's own record says, with the address of its channel as it was written. */
export function sheetStore(
  db: Db,
  id: string,
):
  | (Omit<StoreSheet, 'channelLink' | 'checklist' | 'visits' | 'friends' | 'grants' | 'awards'> & {
      channelUrl: string | null;
    })
  | undefined {
  return db
    .prepare(
      `SELECT s.id, coalesce(s.name, '') AS name, s.category, s.status, t.name AS site, p.name AS program,
         coalesce(s.roadAddress, s.lotAddress) AS address, s.unit, s.ownerName, s.phone,
         s.channelUrl, s.channelOpenedOn, s.mapPlaceUrl, s.mapRegisteredOn
       FROM live_store s LEFT JOIN live_site t ON t.id = s.site LEFT JOIN live_program p ON p.id = t.program
       WHERE s.id = ?`,
    )
    .get(id) as ReturnType<typeof sheetStore>;
}

/** Of the records that stand for one shop, those that are here and not deleted. */
export function liveStores(db: Db, ids: readonly string[]): string[] {
  return listOf<{ id: string }>(
    db,
    `SELECT id FROM live_store WHERE id IN (SELECT value FROM json_each(?))`,
    ids,
  ).map(({ id }) => id);
}

export function sheetVisits(db: Db, stores: readonly string[]): SheetVisit[] {
  return listOf(
    db,
    `SELECT v.id, v."date", e.title AS session, p.name AS trainer, v.outcome,
       (SELECT count(*) FROM live_check c WHERE c.visit = v.id AND c.state IS NOT NULL) AS checks,
       (SELECT count(*) FROM live_check c WHERE c.visit = v.id AND c.state = 'done') AS checksDone
     FROM live_visit v LEFT JOIN live_session e ON e.id = v.session LEFT JOIN live_person p ON p.id = v.trainer
     WHERE v.store IN (SELECT value FROM json_each(?))
     ORDER BY v."date" DESC, v.startedAt DESC, v.id DESC`,
    stores,
  );
}

/** Several readings of a day, of one shop under two records: the one with the greatest id. */
export function sheetFriends(db: Db, stores: readonly string[]): FriendReadingRow[] {
  const rows = listOf<FriendReadingRow>(
    db,
    `SELECT "date", friends FROM live_friendReading
     WHERE owner IN (SELECT value FROM json_each(?)) AND friends IS NOT NULL AND "date" IS NOT NULL
     ORDER BY "date", id`,
    stores,
  );
  return rows.filter(({ date }, i) => date !== rows[i + 1]?.date);
}

export function sheetGrants(db: Db, stores: readonly string[]): StoreSheet['grants'] {
  return listOf(
    db,
    `SELECT id, amount, grantedOn, usedAmount FROM live_grant WHERE store IN (SELECT value FROM json_each(?))
     ORDER BY grantedOn IS NULL, grantedOn, id`,
    stores,
  );
}

export function sheetAwards(db: Db, stores: readonly string[]): StoreSheet['awards'] {
  return listOf(
    db,
    `SELECT a.id, a.title, a.awardedOn, p.name AS person
     FROM live_award a LEFT JOIN live_person p ON p.id = a.person
     WHERE a.store IN (SELECT value FROM json_each(?)) ORDER BY a.awardedOn IS NULL, a.awardedOn, a.id`,
    stores,
  );
}

/** In the order in which they are handed over: by day, then market, then as they were written down. */
export function awardSheets(
  db: Db,
  { program, award }: { readonly program: string | null; readonly award: string | null },
): AwardSheet[] {
  return db
    .prepare(
      `SELECT a.id, a.title, a.awardedOn, p.name AS person, s.name AS store, t.name AS site, g.name AS program
       FROM live_award a LEFT JOIN live_person p ON p.id = a.person LEFT JOIN live_store s ON s.id = a.store
       LEFT JOIN live_site t ON t.id = coalesce(a.site, s.site) LEFT JOIN live_program g ON g.id = a.program
       WHERE (@program IS NULL OR a.program = @program) AND (@award IS NULL OR a.id = @award)
       ORDER BY a.awardedOn IS NULL, a.awardedOn, t.name, a.id`,
    )
    .all({ program, award }) as AwardSheet[];
}

export interface CardShop {
  readonly id: string;
  readonly name: string;
  readonly channelUrl: string | null;
}

/** The shops of a market that may get a card, by name; null when the market has more than `most`. */
export function shopsOfSite(db: Db, site: string, most: number): CardShop[] | null {
  // Counted first, and no further than it matters: to sort 60,000 names takes longer than a person notices.
  const count = db
    .prepare('SELECT count(*) FROM (SELECT 1 FROM r_store WHERE site = ? LIMIT ?)')
    .pluck()
    .get(site, most + 1) as number;
  if (count > most) return null;
  return db
    .prepare(`${cardSelect} WHERE s.site = ? AND ${isThere} ORDER BY s.name, s.id`)
    .all(site) as CardShop[];
}

/** The shops that a session visited, and those of the people on its roster. */
export function shopsOfSession(db: Db, session: string): CardShop[] {
  return db
    .prepare(
      `${cardSelect} WHERE ${isThere} AND s.id IN (
         SELECT v.store FROM live_visit v WHERE v.session = @session
         UNION SELECT p.store FROM live_attendance a JOIN live_person p ON p.id = a.person WHERE a.session = @session)
       ORDER BY s.name, s.id`,
    )
    .all({ session }) as CardShop[];
}

const cardSelect = `SELECT s.id, coalesce(s.name, '') AS name, s.channelUrl FROM live_store s`;
const isThere = `coalesce(s.status, '') NOT IN ('closed', 'declined')`;

/** The name of a programme, or the title of a session; undefined when it is not here. */
export function nameOf(db: Db, entity: 'program' | 'site' | 'session', id: string): string | undefined {
  const field = entity === 'session' ? 'title' : 'name';
  return db.prepare(`SELECT coalesce(${field}, '') FROM live_${entity} WHERE id = ?`).pluck().get(id) as
    string | undefined;
}

function listOf<T>(db: Db, sql: string, ids: readonly string[]): T[] {
  return db.prepare(sql).all(JSON.stringify(ids)) as T[];
}
