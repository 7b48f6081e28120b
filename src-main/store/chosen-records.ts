import type { EntityName } from '#shared/model/model.ts';
import type { Db } from './sqlite.ts';

/** The records of a selection: ids by entity. */
export type Chosen = ReadonlyMap<EntityName, ReadonlySet<string>>;

/** Which records go into an exchange file. Without any of these, all of them. */
export interface Selection {
  readonly program?: string | undefined;
  readonly sessions?: readonly string[] | undefined;
  /** Sites with all of their shops and people. */
  readonly sites?: readonly string[] | undefined;
  /** Whose sessions are meant, where `sessions` does not name them. */
  readonly trainers?: readonly string[] | undefined;
  /**
   * What went out before, newest first, with the place where the log ended then. The sessions' own records go along, so
   * that a new date or a deletion arrives, and so does what was decided since about all of it.
   */
  readonly before?: readonly Earlier[] | undefined;
}

export interface Earlier {
  readonly sessions: readonly string[];
  readonly sites: readonly string[];
  readonly lastN: number;
}

/** What the work in the field needs and nothing more, instead of all that hangs together. */
export function isForField({ sites, trainers }: Selection): boolean {
  return sites !== undefined || trainers !== undefined;
}

/** Null for all of them. Deleted records are chosen as others are, or a deletion would not travel. */
export function chosenRecords(db: Db, selection: Selection): Chosen | null {
  if (isForField(selection)) return chooseForField(db, selection);
  return selection.program || selection.sessions ? chooseWhole(db, selection) : null;
}

interface Collector {
  readonly chosen: Map<EntityName, Set<string>>;
  of(entity: EntityName): ReadonlySet<string>;
  add(entity: EntityName, ids: Iterable<string | null>): void;
  /** The first column of a query whose one parameter is a list of ids. */
  pick(sql: string, ids: Iterable<string>): (string | null)[];
}

const among = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`;

function collector(db: Db): Collector {
  const chosen = new Map<EntityName, Set<string>>();
  return {
    chosen,
    of: (entity) => chosen.get(entity) ?? new Set(),
    add(entity, ids) {
      const set = chosen.get(entity) ?? new Set();
      for (const id of ids) if (id !== null) set.add(id);
      chosen.set(entity, set);
    },
    pick: (sql, ids) =>
      db
        .prepare(sql)
        .pluck()
        .all(JSON.stringify([...ids])) as (string | null)[],
  };
}

/** A programme or sessions, with all that hangs together with them. */
function chooseWhole(db: Db, { program, sessions }: Selection): Chosen {
  const to = collector(db);
  const { add, pick, of } = to;
  if (program) {
    add('program', [program]);
    add('site', pick(`SELECT id FROM r_site WHERE ${among('program')}`, [program]));
    add('store', pick(`SELECT id FROM r_store WHERE ${among('site')}`, of('site')));
    add('session', pick(`SELECT id FROM r_session WHERE ${among('program')}`, [program]));
    add('session', pick(`SELECT id FROM r_session WHERE ${among('site')}`, of('site')));
    add('grant', pick(`SELECT id FROM r_grant WHERE ${among('program')}`, [program]));
    add('award', pick(`SELECT id FROM r_award WHERE ${among('program')}`, [program]));
    add('store', pick(`SELECT store FROM r_grant WHERE ${among('program')}`, [program]));
  }
  // Both filters together mean: those sessions of that programme.
  if (sessions) to.chosen.set('session', new Set(sessions));
  addHeld(to);
  add('surveyResponse', pick(`SELECT id FROM r_surveyResponse WHERE ${among('session')}`, of('session')));
  add('store', pick(`SELECT store FROM r_surveyResponse WHERE ${among('id')}`, of('surveyResponse')));
  addVisited(to);
  add('store', pick(`SELECT store FROM r_person WHERE ${among('id')}`, of('person')));
  if (program) add('person', pick(`SELECT id FROM r_person WHERE ${among('store')}`, of('store')));
  add('person', pick(`SELECT person FROM r_award WHERE ${among('id')}`, of('award')));
  addPlaces(to);
  addPhotos(to);
  addDecisions(to);
  addTemplates(to);
  add(
    'surveyTemplate',
    pick(`SELECT template FROM r_surveyResponse WHERE ${among('id')}`, of('surveyResponse')),
  );
  // Few, and the coordinator must have them all, whatever they were about.
  const destructions = db.prepare('SELECT id FROM r_destruction').pluck().all() as string[];
  if (destructions.length > 0) add('destruction', destructions);
  return to.chosen;
}

/**
 * Sessions with their rosters; their sites with every shop, its people, what was counted and visited there before, and
 * all decisions about these shops. No survey answers, grants and awards, and nobody of another site who is not on a
 * roster.
 */
function chooseForField(db: Db, selection: Selection): Chosen {
  const to = collector(db);
  const { add, pick, of } = to;
  if (selection.program) add('program', [selection.program]);
  add('session', selection.sessions ?? sessionsFor(db, selection));
  const sites = selection.sites ?? pick(`SELECT site FROM r_session WHERE ${among('id')}`, of('session'));
  add('site', sites);
  // Nobody walks the whole country: of a nationwide list, 66,000 shops long, only the people on a roster are needed.
  const walked = pick(`SELECT id FROM r_site WHERE kind IS NOT 'nationwide' AND ${among('id')}`, of('site'));
  add('store', pick(`SELECT id FROM r_store WHERE ${among('site')}`, walked as string[]));
  add('person', pick(`SELECT id FROM r_person WHERE ${among('store')}`, of('store')));
  add('person', selection.trainers ?? []);
  addHeld(to);
  addVisited(to);
  // Photos of earlier visits weigh much and are on no screen of the field.
  addPhotos(to);
  addEarlier(to);
  add('session', selection.before?.flatMap(({ sessions }) => sessions) ?? []);
  add('store', pick(`SELECT store FROM r_person WHERE ${among('id')}`, of('person')));
  addPlaces(to);
  addDecisions(to);
  addTemplates(to);
  return to.chosen;
}

/** The sessions of some trainers, at some sites, of a programme: whichever of these is given. Deleted ones too. */
export function sessionsFor(db: Db, { program, sites, trainers }: Selection): string[] {
  const json = (ids: readonly string[] | undefined): string | null => (ids ? JSON.stringify(ids) : null);
  return db
    .prepare(
      `SELECT e.id FROM r_session e LEFT JOIN r_site t ON t.id = e.site
       WHERE (@program IS NULL OR coalesce(e.program, t.program) = @program)
         AND (@sites IS NULL OR e.site IN (SELECT value FROM json_each(@sites)))
         AND (@trainers IS NULL OR json_valid(e.trainers) AND EXISTS (SELECT 1 FROM json_each(e.trainers) o
           WHERE o.value IN (SELECT value FROM json_each(@trainers))))`,
    )
    .pluck()
    .all({ program: program ?? null, sites: json(sites), trainers: json(trainers) }) as string[];
}

/** What was planned for the sessions and who came. */
function addHeld({ add, pick, of }: Collector): void {
  add('program', pick(`SELECT program FROM r_session WHERE ${among('id')}`, of('session')));
  add('site', pick(`SELECT site FROM r_session WHERE ${among('id')}`, of('session')));
  add('attendance', pick(`SELECT id FROM r_attendance WHERE ${among('session')}`, of('session')));
  add('visit', pick(`SELECT id FROM r_visit WHERE ${among('session')}`, of('session')));
  add('person', trainersOf(pick, of('session')));
  add('person', pick(`SELECT person FROM r_attendance WHERE ${among('id')}`, of('attendance')));
}

function trainersOf(pick: Collector['pick'], sessions: Iterable<string>): (string | null)[] {
  return pick(
    `SELECT value FROM r_session, json_each(r_session.trainers) WHERE ${among('r_session.id')}`,
    sessions,
  );
}

function addVisited({ add, pick, of }: Collector): void {
  add('check', pick(`SELECT id FROM r_check WHERE ${among('visit')}`, of('visit')));
  add('person', pick(`SELECT trainer FROM r_visit WHERE ${among('id')}`, of('visit')));
  add('store', pick(`SELECT store FROM r_visit WHERE ${among('id')}`, of('visit')));
}

/** Visits to the shops in other sessions, whose names and trainers are shown beside them; not who was on their rosters. */
function addEarlier(to: Collector): void {
  const { add, pick, of } = to;
  add('visit', pick(`SELECT id FROM r_visit WHERE ${among('store')}`, of('store')));
  add('session', pick(`SELECT session FROM r_visit WHERE ${among('id')}`, of('visit')));
  add('person', trainersOf(pick, of('session')));
  add('program', pick(`SELECT program FROM r_session WHERE ${among('id')}`, of('session')));
  addVisited(to);
}

/** Where the shops are, and what was counted and handed over there. */
function addPlaces({ add, pick, of }: Collector): void {
  add('site', pick(`SELECT site FROM r_store WHERE ${among('id')}`, of('store')));
  add('site', pick(`SELECT site FROM r_session WHERE ${among('id')}`, of('session')));
  add('program', pick(`SELECT program FROM r_site WHERE ${among('id')}`, of('site')));
  const owners = [...of('store'), ...of('site')];
  add('friendReading', pick(`SELECT id FROM r_friendReading WHERE ${among('owner')}`, owners));
  add('noticeDelivery', pick(`SELECT id FROM r_noticeDelivery WHERE ${among('store')}`, of('store')));
  add('notice', pick(`SELECT notice FROM r_noticeDelivery WHERE ${among('id')}`, of('noticeDelivery')));
}

function addPhotos({ add, pick, of }: Collector): void {
  const owners = [...of('store'), ...of('site'), ...of('visit'), ...of('session')];
  add('photo', pick(`SELECT id FROM r_photo WHERE ${among('owner')}`, owners));
}

/**
 * The decisions about the shops, and those that they hang together with: a is the same as x elsewhere and x the same as
 * b, so a and b are one, and where the second is missing somebody is asked about them again.
 */
function addDecisions({ add, pick, of }: Collector): void {
  const shops = new Set(of('store'));
  for (let fresh: Iterable<string> = shops, size = -1; size !== shops.size;) {
    size = shops.size;
    const next = [
      ...pick(`SELECT "right" FROM r_match WHERE decision = 'same' AND ${among('"left"')}`, fresh),
      ...pick(`SELECT "left" FROM r_match WHERE decision = 'same' AND ${among('"right"')}`, fresh),
    ].filter((id) => id !== null && !shops.has(id)) as string[];
    for (const id of next) shops.add(id);
    fresh = next;
  }
  add('match', pick(`SELECT id FROM r_match WHERE ${among('"left"')}`, shops));
  add('match', pick(`SELECT id FROM r_match WHERE ${among('"right"')}`, shops));
}

function addTemplates({ add, pick, of }: Collector): void {
  add(
    'checklistTemplate',
    pick(`SELECT checklistTemplate FROM r_program WHERE ${among('id')}`, of('program')),
  );
  add('checklistTemplate', pick(`SELECT checklistTemplate FROM r_visit WHERE ${among('id')}`, of('visit')));
  add('surveyTemplate', pick(`SELECT surveyTemplate FROM r_program WHERE ${among('id')}`, of('program')));
}
