import type { EntityName } from '#shared/model/model.ts';
import { groupsOf } from '#shared/figures/groups.ts';
import { dueEntities } from '#shared/retention/personal.ts';
import type { Period } from '#shared/retention/period.ts';
import { allMatches } from './duplicate-queries.ts';
import type { Db } from './sqlite.ts';

/** A programme with the end of its work and the period that was decided for it. */
export interface ProgramPeriod extends Period {
  readonly id: string;
  readonly name: string;
}

/** Deleted ones too: what was recorded for them is here all the same. */
export function programPeriods(db: Db): ProgramPeriod[] {
  return db
    .prepare(
      `SELECT id, coalesce(name, '') AS name, endsOn, retentionMonths AS months FROM r_program
       WHERE deleted IS NOT 1 OR id IN (SELECT program FROM r_site) OR id IN (SELECT program FROM r_session)
       ORDER BY startsOn, name, id`,
    )
    .all() as ProgramPeriod[];
}

/** A record that holds something that falls due, and the programmes of which it is a part. */
export interface Holding {
  readonly entity: EntityName;
  readonly id: string;
  /** Which of its fields, as `heldBits` says it. */
  readonly bits: number;
  /** Equal sets are one object, of a call. */
  readonly programs: ReadonlySet<string>;
}

type Row = readonly [id: string, bits: number | null, a: string | null, b: string | null];

/**
 * All records of merchants and shops that hold something, deleted ones too, for their values are in the log. A shop is
 * part of the programme of its site, of what it was given and of where it was visited, asked and taught, and so are all
 * records that were decided to be the same shop; a person of that of their shop and of the sessions on whose rosters they
 * stand. A signature and a survey's answers belong to their session, a visit with its checks too, a photo to what it shows.
 * Those who work with the program (trainers, coordinators) are left out: their names are not kept for a programme.
 */
export function* holdings(db: Db): IterableIterator<Holding> {
  const shops = db.prepare('SELECT id, _held, site, NULL FROM r_store').raw().all() as Row[];
  const { sets, stores, people, sessions, sites, visits } = linksOf(db, shops);
  const owners: Readonly<Record<string, Links>> = {
    store: stores,
    site: sites,
    session: sessions,
    visit: visits,
  };
  const held: Partial<Record<EntityName, [columns: string, programsOf: (row: Row) => ReadonlySet<string>]>> =
    {
      person: ['store, kind', ([id, , store]) => sets.union(people.of(id), stores.of(store))],
      attendance: ['session, NULL', ([, , session]) => sessions.of(session)],
      session: ['NULL, NULL', ([id]) => sessions.of(id)],
      visit: ['NULL, NULL', ([id]) => visits.of(id)],
      check: ['visit, NULL', ([, , visit]) => visits.of(visit)],
      surveyResponse: [
        'session, store',
        ([, , session, store]) => (session === null ? stores.of(store) : sessions.of(session)),
      ],
      photo: ['owner, ownerKind', ([, , owner, kind]) => owners[kind ?? '']?.of(owner) ?? sets.none],
    };
  for (const [id, bits] of shops)
    if (bits !== null) yield { entity: 'store', id, bits, programs: stores.of(id) };
  for (const entity of dueEntities) {
    if (entity === 'store') continue;
    const [columns, programsOf] = held[entity]!;
    const rows = db.prepare(`SELECT id, _held, ${columns} FROM r_${entity} WHERE _held IS NOT NULL`).raw();
    for (const row of rows.all() as Row[]) {
      if (entity === 'person' && (row[3] === 'trainer' || row[3] === 'coordinator')) continue;
      yield { entity, id: row[0], bits: row[1]!, programs: programsOf(row) };
    }
  }
}

/** Sets of programmes: there are few, and each is made once. */
interface Sets {
  readonly none: ReadonlySet<string>;
  one(program: string | null): ReadonlySet<string>;
  union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string>;
}

function openSets(): Sets {
  const none: ReadonlySet<string> = new Set();
  const known = new Map<string, ReadonlySet<string>>();
  const made = (ids: readonly string[]): ReadonlySet<string> => {
    const key = ids.join(' ');
    let set = known.get(key);
    if (!set) known.set(key, (set = new Set(ids)));
    return set;
  };
  return {
    none,
    one: (program) => (program === null ? none : made([program])),
    union(a, b) {
      if (a === b || b.size === 0) return a;
      return a.size === 0 ? b : made([...new Set([...a, ...b])].sort());
    },
  };
}

interface Links {
  of(id: string | null): ReadonlySet<string>;
  add(id: string | null, programs: ReadonlySet<string>): void;
}

function links(sets: Sets, nameOf: (id: string) => string = (id) => id): Links {
  const known = new Map<string, ReadonlySet<string>>();
  return {
    of: (id) => (id === null ? sets.none : (known.get(nameOf(id)) ?? sets.none)),
    add(id, programs) {
      if (id === null || programs.size === 0) return;
      const name = nameOf(id);
      const before = known.get(name) ?? sets.none;
      const now = sets.union(before, programs);
      if (now !== before) known.set(name, now);
    },
  };
}

function linksOf(
  db: Db,
  shops: readonly Row[],
): { sets: Sets } & Record<'stores' | 'people' | 'sessions' | 'sites' | 'visits', Links> {
  const sets = openSets();
  const same = groupsOf(allMatches(db).filter(({ decision }) => decision === 'same'));
  const [sites, sessions, visits, people] = [links(sets), links(sets), links(sets), links(sets)];
  const stores = links(sets, (id) => (same.isJoined(id) ? same.of(id) : id));
  const rows = (sql: string): (string | null)[][] => db.prepare(sql).raw().all() as (string | null)[][];
  const given = (program: string | null, site: string | null): ReadonlySet<string> =>
    program === null ? sites.of(site) : sets.one(program);

  for (const [id, program] of rows('SELECT id, program FROM r_site')) sites.add(id!, sets.one(program!));
  for (const [id, program, site] of rows('SELECT id, program, site FROM r_session')) {
    sessions.add(id!, given(program!, site!));
  }
  for (const [id, , site] of shops) stores.add(id, sites.of(site));
  for (const [store, program] of rows('SELECT store, program FROM r_grant'))
    stores.add(store!, sets.one(program!));
  for (const [store, person, program, site] of rows('SELECT store, person, program, site FROM r_award')) {
    stores.add(store!, given(program!, site!));
    people.add(person!, given(program!, site!));
  }
  for (const [store, session] of rows('SELECT DISTINCT store, session FROM r_surveyResponse')) {
    stores.add(store!, sessions.of(session!));
  }
  const made = rows('SELECT id, store, session FROM r_visit');
  for (const [, store, session] of made) stores.add(store!, sessions.of(session!));
  // Without a session a visit is part of whatever its shop is part of, which is known by now.
  for (const [id, store, session] of made) {
    visits.add(id!, session === null ? stores.of(store!) : sessions.of(session!));
  }
  for (const [person, session] of rows('SELECT person, session FROM r_attendance')) {
    people.add(person!, sessions.of(session!));
  }
  return { sets, stores, people, sessions, sites, visits };
}

/** How many exchange files of the outbox still have their content here, made before now. */
export function contentsWaiting(db: Db): number {
  const sql = `SELECT count(*) FROM delivery WHERE kind <> 'report' AND state <> 'sent' AND sha256 IS NOT NULL`;
  return db.prepare(sql).pluck().get() as number;
}

/** Exchange files that left for one destination, whole or perhaps in part. Times are milliseconds since 1970. */
export interface SentFiles {
  readonly to: string;
  readonly kind: string;
  readonly files: number;
  readonly first: number;
  readonly last: number;
}

export function sentFiles(db: Db): SentFiles[] {
  return db
    .prepare(
      `SELECT name AS "to", kind, count(*) AS files, min(at) AS first, max(at) AS last
       FROM (SELECT t.name, d.destination, d.kind, coalesce(d.sentAt, d.triedAt, d.queuedAt) AS at
             FROM delivery d JOIN destination t ON t.id = d.destination
             WHERE d.kind <> 'report' AND (d.state = 'sent' OR d.exposed = 1))
       GROUP BY destination, kind ORDER BY name, kind`,
    )
    .all() as SentFiles[];
}

/** An exchange file that is on its way at a time, by its title. */
export function sendingNow(db: Db, now: number): string | undefined {
  const sql = `SELECT title FROM delivery WHERE kind <> 'report' AND state = 'sending' AND leaseUntil > ?`;
  return db.prepare(sql).pluck().get(now) as string | undefined;
}

/** The records that hold personal data of one person: their own, and their signatures. */
export function holdingsOfPerson(db: Db, person: string): Omit<Holding, 'programs'>[] {
  return db
    .prepare(
      `SELECT 'person' AS entity, id, _held AS bits FROM r_person WHERE id = @person AND _held IS NOT NULL
       UNION ALL
       SELECT 'attendance', id, _held FROM r_attendance WHERE person = @person AND _held IS NOT NULL`,
    )
    .all({ person }) as Omit<Holding, 'programs'>[];
}
