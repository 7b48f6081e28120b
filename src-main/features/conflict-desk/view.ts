import type { ConflictKey, ConflictSide, ConflictView } from '#shared/contract/conflicts.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { Change } from '#shared/merge/change.ts';
import { tracesOf } from '#shared/merge/provenance.ts';
import { valueBefore, valueSeen, type Before } from '#shared/merge/value-before.ts';
import { originOf } from '../../store/history.ts';
import { lookOnce } from '../../store/look.ts';
import { titleOf } from '../../store/titles.ts';
import type { Deps } from '../deps.ts';
import { addNames } from './gather.ts';
import { changesOf, sidesOf, type Side } from './sides.ts';

/** The conflict as a person sees it; refuses with CONFLICT_STALE when it is not open. */
export function view(deps: Deps, key: ConflictKey): ConflictView {
  deps.store.projector.catchUp();
  const row = deps.store.projector.table(key.entity).get(key.record);
  if (!row) throw new Refusal('NOT_FOUND', { entity: key.entity, id: key.record });
  if (!row.conflicts[key.field]) throw new Refusal('CONFLICT_STALE');
  return viewOf(deps, key);
}

/** Each side with its origin, the one that is shown first. */
export function viewOf(deps: Deps, { entity, record, field }: ConflictKey): ConflictView {
  const { store } = deps;
  const of = changesOf(store.projector, entity, record);
  const isDeletion = field === 'deleted';
  const sides = sidesOf(of, field).flatMap((side, at) =>
    sidesView(deps, of.changes, side, at === 0, isDeletion),
  );
  const before: Before = isDeletion ? { kind: 'none' } : valueBefore(of.changes, field);
  return {
    entity,
    record,
    field,
    kind: isDeletion ? 'editedAndDeleted' : 'values',
    ...titleOf(store, entity, record),
    sides,
    before,
    names: namesOf(deps, { entity, record, field }, sides, before),
  };
}

/** One for each who wrote the value: after undo there can be several behind one change. */
function sidesView(
  deps: Deps,
  changes: readonly Change[],
  { head, written }: Side,
  shown: boolean,
  isDeletion: boolean,
): ConflictSide[] {
  const edits = isDeletion && head.value === false ? editsOf(changes, head.change) : [];
  return written.map(({ change, place }) => {
    const [source] = deps.store.imports.sourcesOf(place);
    return {
      change: head.change.id,
      value: head.value,
      ...originOf(deps.store, change, deps.now()),
      file: source?.file ?? null,
      import: source?.id ?? null,
      edits,
      shown,
    };
  });
}

/** What a change edited that still stands, and what its author had seen there. */
function editsOf(changes: readonly Change[], change: Change): ConflictSide['edits'] {
  return tracesOf(changes)
    .filter(
      (trace) => trace.change.id === change.id && trace.field !== 'deleted' && trace.head && !trace.erased,
    )
    .map(({ field, value }) => ({ field, from: valueSeen(changes, field, change), to: value }));
}

function namesOf(
  { store }: Deps,
  { entity, record, field }: ConflictKey,
  sides: readonly ConflictSide[],
  before: Before,
): Record<string, string> {
  const look = lookOnce(store.db);
  const names: Record<string, string> = {};
  const row = store.projector.table(entity).get(record)!;
  addNames(names, look, { entity, field, row }, [...sides.map(({ value }) => value), valueIn(before)]);
  for (const edit of sides.flatMap(({ edits }) => edits)) {
    addNames(names, look, { entity, field: edit.field, row }, [edit.to, valueIn(edit.from)]);
  }
  return names;
}

function valueIn(before: Before) {
  return before.kind === 'value' ? before.value : undefined;
}
