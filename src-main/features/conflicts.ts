import type { ConflictSide, ConflictView } from '#shared/contract/conflicts.ts';
import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { headsOf, unseenEdits, type Head } from '#shared/merge/register.ts';
import { countConflicts, openConflicts, type OpenConflict } from '../store/conflict-queries.ts';
import { originOf } from '../store/history.ts';
import { titleOf } from '../store/titles.ts';
import type { Deps } from './deps.ts';

export function conflictHandlers(deps: Deps): Pick<Handlers, 'conflicts.list' | 'conflicts.settle'> {
  return {
    'conflicts.list': (input) => list(deps, input),
    'conflicts.settle': (input) => settle(deps, input),
  };
}

const DELETED = 'deleted';

function list(deps: Deps, { limit, after }: CheckedOf<'conflicts.list'>): OutputOf<'conflicts.list'> {
  const [entity = '', record = '', field = ''] = after?.split(' ') ?? [];
  const found = openConflicts(deps.store.db, after === undefined ? undefined : { entity, record, field });
  const rows: ConflictView[] = [];
  let next: string | null = null;
  for (const conflict of found) {
    if (rows.length === limit) {
      const last = rows[rows.length - 1]!;
      next = [last.entity, last.record, last.field].join(' ');
      break;
    }
    rows.push(viewOf(deps, conflict));
  }
  return { total: countConflicts(deps.store.db), rows, next };
}

/** The conflict as a person sees it: each side with its origin, the one that is shown marked. */
export function viewOf(
  deps: Deps,
  { entity, record, field }: Pick<OpenConflict, 'entity' | 'record' | 'field'>,
): ConflictView {
  const { store } = deps;
  const sides = sidesOf(deps, entity, record, field);
  return {
    entity,
    record,
    field,
    kind: field === DELETED ? 'editedAndDeleted' : 'values',
    ...titleOf(store, entity, record),
    sides: sides.map(({ head, place }, i): ConflictSide => ({
      change: head.change.id,
      value: head.value,
      ...originOf(store, head.change, deps.now()),
      file: store.imports.sourcesOf(place)[0]?.file ?? null,
      shown: i === 0,
    })),
  };
}

/**
 * The heads that stand against each other, the one shown first. For edited and deleted these are the deletion and,
 * with the value false, each edit that it did not know of.
 */
export function sidesOf(
  deps: Deps,
  entity: string,
  record: string,
  field: string,
): { head: Head; place: number }[] {
  const { projector } = deps.store;
  const places = projector.table(entity).places(record);
  const changes = projector.changesAt(places);
  const heads = headsOf(changes);
  const placeOf = new Map(changes.map((change, i) => [change.id, places[i]!]));
  const own = [...(heads.get(field) ?? [])].reverse();
  const edits = field === DELETED ? unseenEdits(heads).map((change): Head => ({ change, value: false })) : [];
  const sides = [...own, ...edits];
  return sides.map((head) => ({ head, place: placeOf.get(head.change.id)! }));
}

function settle(deps: Deps, input: CheckedOf<'conflicts.settle'>): { change: string } {
  const { entity, record, field, seen } = input;
  const sides = sidesOf(deps, entity, record, field);
  const here = sides.map(({ head }) => head.change.id).sort();
  const row = deps.store.projector.table(entity).get(record);
  if (!row) throw new Refusal('NOT_FOUND', { entity, id: record });
  if (!row.conflicts[field] || here.join() !== [...seen].sort().join()) throw new Refusal('CONFLICT_STALE');
  const [change] = deps.store.log.write([{ entity, id: record, set: { [field]: input.value as Json } }]);
  deps.tell({ kind: 'changed', entities: [entity] });
  return { change: change ?? '' };
}
