import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { CheckRow, VisitView } from '#shared/contract/visits.ts';
import { idFromParts } from '#shared/model/ids.ts';
import { fieldsOf, type RecordOf } from '#shared/model/model.ts';
import { checklistItems } from '#shared/model/templates.ts';
import { labelsBeside } from '../store/template-queries.ts';
import { checksOf, friendsAround, getVisit } from '../store/visit-queries.ts';
import { openSession } from './attendance.ts';
import { dayOf, freshId, mustBeLive, writeRecord, type Deps } from './deps.ts';

type Methods =
  | 'stores.create'
  | 'stores.update'
  | 'visits.start'
  | 'visits.get'
  | 'visits.update'
  | 'visits.renewChecklist'
  | 'checks.mark'
  | 'friends.record';

export function visitHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'stores.create': (input) => createStore(deps, input),
    'stores.update': (input) => updateStore(deps, input),
    'visits.start': (input) => start(deps, input),
    'visits.get': ({ id }) => get(deps, id),
    'visits.update': (input) => update(deps, input),
    'visits.renewChecklist': ({ id }) => renewChecklist(deps, id),
    'checks.mark': (input) => mark(deps, input),
    'friends.record': (input) => recordFriends(deps, input),
  };
}

function createStore(deps: Deps, input: CheckedOf<'stores.create'>): { id: string } {
  mustBeLive(deps, 'site', input.site);
  const id = freshId(deps);
  writeRecord(deps, 'store', id, {
    ...emptyToNull(input),
    site: input.site,
    status: input.status ?? 'active',
  });
  return { id };
}

function updateStore(deps: Deps, { id, ...set }: CheckedOf<'stores.update'>): null {
  mustBeLive(deps, 'store', id);
  writeRecord(deps, 'store', id, emptyToNull(set));
  return null;
}

/** The trainer is the one named, or the session's only one. */
function start(deps: Deps, { session, store, trainer }: CheckedOf<'visits.start'>): { id: string } {
  mustBeLive(deps, 'session', session);
  mustBeLive(deps, 'store', store);
  const fields = deps.store.projector.table('session').get(session)!.fields;
  const trainers = (fields['trainers'] ?? []) as string[];
  const id = freshId(deps);
  writeRecord(deps, 'visit', id, {
    session,
    store,
    trainer: trainer ?? (trainers.length === 1 ? trainers[0]! : null),
    date: (fields['date'] as string | undefined) ?? dayOf(deps.now()),
    startedAt: new Date(deps.now()).toISOString(),
    checklistTemplate: checklistOf(deps, session),
  });
  openSession(deps, session);
  return { id };
}

/** The checklist that the session's programme uses now: a visit stays with it when the programme goes on to another. */
function checklistOf({ store }: Deps, session: unknown): string | null {
  const row = store.db
    .prepare(
      'SELECT g.checklistTemplate AS id FROM live_session e JOIN live_program g ON g.id = e.program WHERE e.id = ?',
    )
    .get(session) as { id: string | null } | undefined;
  return row?.id ?? null;
}

function renewChecklist(deps: Deps, id: string): null {
  mustBeLive(deps, 'visit', id);
  const session = deps.store.projector.table('visit').get(id)?.fields['session'];
  writeRecord(deps, 'visit', id, { checklistTemplate: checklistOf(deps, session ?? null) });
  return null;
}

function get({ store }: Deps, id: string): VisitView {
  const visit = getVisit(store.db, id);
  if (!visit) throw new Refusal('NOT_FOUND', { entity: 'visit', id });
  const { storeId, items: _items, ...rest } = visit;
  const friends = friendsAround(store.db, storeId, visit.date);
  return {
    ...rest,
    store: storeRecord(store.projector.table('store').get(storeId)?.fields ?? {}, storeId),
    checks: checksOfVisit(store, visit),
    friendsToday: friends.today,
    friendsBefore: friends.before,
  };
}

/** A visit's checklist with its answers; nothing for a visit that is not here. */
export function checksAt(store: Deps['store'], id: string): CheckRow[] {
  const visit = getVisit(store.db, id);
  return visit ? checksOfVisit(store, visit) : [];
}

function checksOfVisit(
  store: Deps['store'],
  { id, items, checklist }: NonNullable<ReturnType<typeof getVisit>>,
): CheckRow[] {
  return checkRows(items, checksOf(store.db, id), () => labelsBeside(store, checklist?.id ?? null));
}

/** The template's items in order, then answers to items that the template does not have: an answer never vanishes. */
function checkRows(
  items: unknown,
  answers: ReturnType<typeof checksOf>,
  otherLabels: () => ReadonlyMap<string, string>,
): CheckRow[] {
  const left = new Map(answers.map((answer) => [answer.item, answer]));
  const asked = checklistItems(items).map((item): CheckRow => {
    const answer = left.get(item.key);
    left.delete(item.key);
    return answer ? { ...answer, item } : { item, state: null, value: null, note: null, photo: null };
  });
  const labels = left.size > 0 ? otherLabels() : new Map<string, string>();
  const given = [...left.values()].filter(({ state, value, note, photo }) => state ?? value ?? note ?? photo);
  const others = given.map((answer): CheckRow => ({
    ...answer,
    item: { key: answer.item, label: labels.get(answer.item) ?? answer.item },
  }));
  return [...asked, ...others];
}

function storeRecord(fields: Readonly<Record<string, unknown>>, id: string): RecordOf<'store'> {
  const entries = fieldsOf('store').map(([name]) => [name, fields[name] ?? null]);
  return { id, ...Object.fromEntries(entries) } as RecordOf<'store'>;
}

function update(deps: Deps, { id, ...set }: CheckedOf<'visits.update'>): null {
  mustBeLive(deps, 'visit', id);
  const ends =
    set.outcome === undefined || set.endedAt !== undefined ? {} : { endedAt: endOf(deps, set.outcome) };
  writeRecord(deps, 'visit', id, { ...emptyToNull(set), ...ends });
  return null;
}

function endOf(deps: Deps, outcome: string | null): string | null {
  return outcome === null ? null : new Date(deps.now()).toISOString();
}

function mark(deps: Deps, { visit, item, ...set }: CheckedOf<'checks.mark'>): null {
  mustBeLive(deps, 'visit', visit);
  if (set.photo) mustBeLive(deps, 'photo', set.photo);
  writeRecord(deps, 'check', idFromParts('check', [visit, item]), { visit, item, ...emptyToNull(set) });
  return null;
}

function recordFriends(deps: Deps, { owner, ownerKind, date, friends }: CheckedOf<'friends.record'>): null {
  mustBeLive(deps, ownerKind, owner);
  const id = idFromParts('friendReading', [owner, date]);
  writeRecord(deps, 'friendReading', id, { owner, ownerKind, date, friends });
  return null;
}

/** An emptied text field means that there is no value. */
function emptyToNull<T extends Record<string, unknown>>(set: T): T {
  return Object.fromEntries(
    Object.entries(set).map(([name, value]) => [name, value === '' ? null : value]),
  ) as T;
}
