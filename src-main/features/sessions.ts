import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { SessionView } from '#shared/contract/sessions.ts';
import { idFromParts } from '#shared/model/ids.ts';
import { checklistItems } from '#shared/model/templates.ts';
import { rosterOf } from '../store/attendance-queries.ts';
import type { Write } from '../store/log.ts';
import {
  getSession,
  listPrograms,
  listSessions,
  peopleByIds,
  searchPeople,
  searchSites,
  visitsOf,
} from '../store/session-queries.ts';
import { dayOf, freshId, mustBeLive, writeRecord, type Deps } from './deps.ts';

type Methods =
  | 'programs.list'
  | 'sites.search'
  | 'people.search'
  | 'sessions.list'
  | 'sessions.get'
  | 'sessions.plan'
  | 'sessions.update';

export function sessionHandlers(deps: Deps): Pick<Handlers, Methods> {
  const { db } = deps.store;
  return {
    'programs.list': () => listPrograms(db),
    'sites.search': ({ text, program, limit }) => searchSites(db, text, program ?? null, limit),
    'people.search': ({ text, kind, site, limit }) =>
      searchPeople(db, { text, kind: kind ?? null, site: site ?? null, limit }),
    'sessions.list': ({ from, to, text, limit }) =>
      listSessions(db, { from: from ?? null, to: to ?? null, text: text.normalize('NFC'), limit }),
    'sessions.get': ({ id }) => get(deps, id),
    'sessions.plan': (input) => plan(deps, input),
    'sessions.update': (input) => update(deps, input),
  };
}

function get({ store }: Deps, id: string): SessionView {
  const session = getSession(store.db, id);
  if (!session) throw new Refusal('NOT_FOUND', { entity: 'session', id });
  const { trainerIds, checklistItems: items, ...row } = session;
  return {
    ...row,
    trainers: peopleByIds(store.db, trainerIds),
    people: rosterOf(store, id).map(({ markedAt, ...person }) => ({
      ...person,
      markedOn: markedAt === null ? null : dayOf(markedAt),
    })),
    visitRows: visitsOf(store.db, id),
    checklistItems: checklistItems(items).length,
  };
}

/** The session and its roster in one transaction; the programme is the site's own unless another is named. */
function plan(deps: Deps, input: CheckedOf<'sessions.plan'>): { id: string } {
  mustBeLive(deps, 'site', input.site);
  const site = deps.store.projector.table('site').get(input.site)!.fields;
  const id = freshId(deps);
  const writes: Write[] = [
    {
      entity: 'session',
      id,
      set: {
        program: input.program ?? (site['program'] as string | undefined) ?? null,
        site: input.site,
        kind: input.kind,
        title: input.title,
        date: input.date,
        place: input.place || null,
        trainers: input.trainers.length > 0 ? input.trainers : null,
        status: 'planned',
      },
    },
    ...input.roster.map((person): Write => ({
      entity: 'attendance',
      id: idFromParts('attendance', [id, person]),
      set: { session: id, person },
    })),
  ];
  deps.store.log.write(writes);
  deps.tell({ kind: 'changed', entities: ['session', 'attendance'] });
  return { id };
}

function update(deps: Deps, { id, ...set }: CheckedOf<'sessions.update'>): null {
  mustBeLive(deps, 'session', id);
  writeRecord(deps, 'session', id, set);
  return null;
}
