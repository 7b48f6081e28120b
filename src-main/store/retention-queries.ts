import type { EntityName } from '#shared/model/model.ts';
import { groupsOf } from '#shared/figures/groups.ts';
import type { Change } from '#shared/merge/change.ts';
import { personalEntities, personalFields } from '#shared/retention/personal.ts';
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

/** A record that may hold personal data, and the programmes of which it is a part. */
export interface Holding {
  readonly entity: EntityName;
  readonly id: string;
  readonly programs: ReadonlySet<string>;
}

/**
 * All records of merchants and shops with fields that the model marks as personal, deleted ones too, for their values are
 * in the log. A shop is part of the programme of its site, of what it was given and of where it was visited, asked and
 * taught, and so are all records that were decided to be the same shop; a person of that of their shop and of the
 * sessions on whose rosters they stand. A signature belongs to its session, a photo to what it shows. Those who work with
 * the program (trainers, coordinators) are left out: their names are not kept for a programme.
 */
export function* holdings(db: Db): IterableIterator<Holding> {
  const { stores, people, sessions, sites, visits } = linksOf(db);
  const all = (sql: string): [id: string, a: string | null, b: string | null][] =>
    db.prepare(sql).raw().all() as [string, string | null, string | null][];

  for (const [id] of all('SELECT id FROM r_store')) yield { entity: 'store', id, programs: stores.of(id) };
  for (const [id, store] of all(
    `SELECT id, store FROM r_person WHERE kind IS NULL OR kind NOT IN ('trainer', 'coordinator')`,
  )) {
    const programs = new Set([...people.of(id), ...(store === null ? [] : stores.of(store))]);
    yield { entity: 'person', id, programs };
  }
  for (const [id, session] of all('SELECT id, session FROM r_attendance')) {
    yield { entity: 'attendance', id, programs: sessions.of(session ?? '') };
  }
  const owners: Readonly<Record<string, Links>> = {
    store: stores,
    site: sites,
    session: sessions,
    visit: visits,
  };
  for (const [id, owner, kind] of all('SELECT id, owner, ownerKind FROM r_photo')) {
    yield { entity: 'photo', id, programs: owners[kind ?? '']?.of(owner ?? '') ?? NONE };
  }
}

const NONE: ReadonlySet<string> = new Set();

interface Links {
  of(id: string): ReadonlySet<string>;
  add(id: string | null, programs: Iterable<string | null>): void;
}

function links(nameOf: (id: string) => string = (id) => id): Links {
  const known = new Map<string, Set<string>>();
  return {
    of: (id) => known.get(nameOf(id)) ?? NONE,
    add(id, programs) {
      if (id === null) return;
      const name = nameOf(id);
      const set = known.get(name) ?? new Set<string>();
      for (const program of programs) if (program !== null) set.add(program);
      if (set.size > 0) known.set(name, set);
    },
  };
}

function linksOf(db: Db): Record<'stores' | 'people' | 'sessions' | 'sites' | 'visits', Links> {
  const same = allMatches(db).filter(({ decision }) => decision === 'same');
  const [sites, sessions, visits, people] = [links(), links(), links(), links()];
  const stores = links(groupsOf(same).of);
  const rows = (sql: string): (string | null)[][] => db.prepare(sql).raw().all() as (string | null)[][];

  for (const [id, program] of rows('SELECT id, program FROM r_site')) sites.add(id!, [program!]);
  for (const [id, program, site] of rows('SELECT id, program, site FROM r_session')) {
    sessions.add(id!, program === null ? sites.of(site ?? '') : [program!]);
  }
  for (const [id, site] of rows('SELECT id, site FROM r_store')) stores.add(id!, sites.of(site ?? ''));
  for (const [store, program] of rows('SELECT store, program FROM r_grant')) stores.add(store!, [program!]);
  for (const [store, person, program, site] of rows('SELECT store, person, program, site FROM r_award')) {
    const given = program === null ? sites.of(site ?? '') : [program!];
    stores.add(store!, given);
    people.add(person!, given);
  }
  for (const [store, session] of rows('SELECT store, session FROM r_surveyResponse')) {
    stores.add(store!, sessions.of(session ?? ''));
  }
  for (const [id, store, session] of rows('SELECT id, store, session FROM r_visit')) {
    stores.add(store!, sessions.of(session ?? ''));
    // Without a session it is part of whatever its shop is part of.
    visits.add(id!, session === null ? stores.of(store ?? '') : sessions.of(session!));
  }
  for (const [person, session] of rows('SELECT person, session FROM r_attendance')) {
    people.add(person!, sessions.of(session ?? ''));
  }
  return { stores, people, sessions, sites, visits };
}

/** The personal fields of which the log still holds a value, by `entity id`; of records that hold none there is no entry. */
export function heldInLog(db: Db): Map<string, Set<string>> {
  const marked = new Map(personalEntities.map((entity) => [entity as string, personalFields(entity)]));
  const names = [...new Set([...marked.values()].flat())];
  // The engine passes by what cannot be meant; a text may say the same, so each line that is left is read.
  const any = names.map((name) => `instr(body, '"${name}":') > 0`).join(' OR ');
  const held = new Map<string, Set<string>>();
  const bodies = db.prepare(`SELECT body FROM change WHERE ${any}`).pluck();
  for (const body of bodies.iterate() as IterableIterator<string>) {
    const { entity, record, set } = JSON.parse(body) as Omit<Change, 'id'>;
    for (const field of marked.get(entity) ?? []) {
      if ((set?.[field] ?? null) === null) continue;
      const key = `${entity} ${record}`;
      const fields = held.get(key);
      if (fields) fields.add(field);
      else held.set(key, new Set([field]));
    }
  }
  return held;
}

/** How many deliveries of the outbox still have their content here, made before now. */
export function contentsWaiting(db: Db): number {
  return db.prepare('SELECT count(DISTINCT delivery) FROM delivery_piece').pluck().get() as number;
}

/** The records that hold personal data of one person: their own, and their signatures. */
export function holdingsOfPerson(db: Db, person: string): Pick<Holding, 'entity' | 'id'>[] {
  const signed = db.prepare('SELECT id FROM r_attendance WHERE person = ?').pluck().all(person) as string[];
  return [{ entity: 'person', id: person }, ...signed.map((id) => ({ entity: 'attendance' as const, id }))];
}
