import type { Change } from '#shared/merge/change.ts';
import { parseChangeId } from '#shared/merge/clock.ts';
import { isEntityName, type EntityName } from '#shared/model/model.ts';
import type { Store } from './store.ts';
import type { Db } from './sqlite.ts';

/** Which records go into an exchange file. Without a programme or sessions, all of them. */
export interface Selection {
  readonly program?: string | undefined;
  readonly sessions?: readonly string[] | undefined;
}

/** The records of a selection: ids by entity. */
type Chosen = Map<EntityName, Set<string>>;

/**
 * The log's lines for a selection, in id order. Deleted records go along, or a deletion would not travel; records of
 * entities unknown to this version always go along, since nobody here can tell where they belong. An erasure goes along
 * whatever `isNew` says, or an erased value could come back.
 */
export function* selectLines(
  store: Store,
  selection: Selection,
  isNew: (change: Change, n: number) => boolean,
): IterableIterator<{ id: string; body: string; change: Change }> {
  const chosen = selection.program || selection.sessions ? choose(store.db, selection) : null;
  yield* store.log.lines((change, n) => {
    const { entity, record } = change;
    if (chosen && isEntityName(entity) && !chosen.get(entity)?.has(record)) return false;
    return change.erase !== undefined || isNew(change, n);
  });
}

/**
 * The test for `since`: an import's id, or a time in ISO 8601. Null when it is neither. What was written here counts
 * from its own clock, what was imported from the time of the import.
 */
export function newerThan(store: Store, since: string): ((change: Change, n: number) => boolean) | null {
  const after = store.imports.get(since);
  if (after) return (_change, n) => n > after.lastN;
  const ms = Date.parse(since);
  if (!/^\d{4}-\d{2}-\d{2}/.test(since) || Number.isNaN(ms)) return null;
  return (change, n) => {
    const owner = store.imports.ownerOf(n);
    return (owner ? Date.parse(owner.importedAt) : parseChangeId(change.id).ms) > ms;
  };
}

function choose(db: Db, { program, sessions }: Selection): Chosen {
  const chosen: Chosen = new Map();
  const add = (entity: EntityName, ids: readonly (string | null)[]): void => {
    const set = chosen.get(entity) ?? new Set();
    for (const id of ids) if (id !== null) set.add(id);
    chosen.set(entity, set);
  };
  const pick = (sql: string, ids: Iterable<string>): (string | null)[] =>
    db
      .prepare(sql)
      .pluck()
      .all(JSON.stringify([...ids])) as (string | null)[];
  const of = (entity: EntityName): Set<string> => chosen.get(entity) ?? new Set();
  const among = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`;

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
  if (sessions) chosen.set('session', new Set(sessions));

  add('program', pick(`SELECT program FROM r_session WHERE ${among('id')}`, of('session')));
  add('site', pick(`SELECT site FROM r_session WHERE ${among('id')}`, of('session')));
  for (const [entity, key] of [
    ['attendance', 'session'],
    ['visit', 'session'],
    ['surveyResponse', 'session'],
  ] as const) {
    add(entity, pick(`SELECT id FROM r_${entity} WHERE ${among(key)}`, of('session')));
  }
  add('check', pick(`SELECT id FROM r_check WHERE ${among('visit')}`, of('visit')));
  add(
    'person',
    pick(
      `SELECT value FROM r_session, json_each(r_session.trainers) WHERE ${among('r_session.id')}`,
      of('session'),
    ),
  );
  add('person', pick(`SELECT person FROM r_attendance WHERE ${among('id')}`, of('attendance')));
  add('person', pick(`SELECT trainer FROM r_visit WHERE ${among('id')}`, of('visit')));
  add('store', pick(`SELECT store FROM r_visit WHERE ${among('id')}`, of('visit')));
  add('store', pick(`SELECT store FROM r_surveyResponse WHERE ${among('id')}`, of('surveyResponse')));
  add('store', pick(`SELECT store FROM r_person WHERE ${among('id')}`, of('person')));
  if (program) add('person', pick(`SELECT id FROM r_person WHERE ${among('store')}`, of('store')));
  add('person', pick(`SELECT person FROM r_award WHERE ${among('id')}`, of('award')));
  add('site', pick(`SELECT site FROM r_store WHERE ${among('id')}`, of('store')));
  add('program', pick(`SELECT program FROM r_site WHERE ${among('id')}`, of('site')));
  const owners = [...of('store'), ...of('site')];
  add('friendReading', pick(`SELECT id FROM r_friendReading WHERE ${among('owner')}`, owners));
  add('match', pick(`SELECT id FROM r_match WHERE ${among('"left"')}`, of('store')));
  add('match', pick(`SELECT id FROM r_match WHERE ${among('"right"')}`, of('store')));
  add('noticeDelivery', pick(`SELECT id FROM r_noticeDelivery WHERE ${among('store')}`, of('store')));
  add('notice', pick(`SELECT notice FROM r_noticeDelivery WHERE ${among('id')}`, of('noticeDelivery')));
  add(
    'photo',
    pick(`SELECT id FROM r_photo WHERE ${among('owner')}`, [...owners, ...of('visit'), ...of('session')]),
  );
  add(
    'checklistTemplate',
    pick(`SELECT checklistTemplate FROM r_program WHERE ${among('id')}`, of('program')),
  );
  add('checklistTemplate', pick(`SELECT checklistTemplate FROM r_visit WHERE ${among('id')}`, of('visit')));
  add('surveyTemplate', pick(`SELECT surveyTemplate FROM r_program WHERE ${among('id')}`, of('program')));
  add(
    'surveyTemplate',
    pick(`SELECT template FROM r_surveyResponse WHERE ${among('id')}`, of('surveyResponse')),
  );
  return chosen;
}
