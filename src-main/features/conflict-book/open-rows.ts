import type { ConflictView } from '#shared/contract/conflicts.ts';
import { canonical, type Json } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';
import { tracesOf } from '#shared/merge/provenance.ts';
import { fieldOf } from '#shared/model/model.ts';
import { openConflicts } from '../../store/conflict-queries.ts';
import type { Store } from '../../store/store.ts';
import { titleOf } from '../../store/titles.ts';
import { choosablesOf, MOST_CHOICES, type ConflictRow } from '../../workbook/conflict-rows.ts';
import type { Names } from '../../workbook/conflict-values.ts';
import { changesOf } from '../conflict-desk/sides.ts';
import { viewOf } from '../conflict-desk/view.ts';
import type { Deps } from '../deps.ts';

/** Changes that fit into one cell of a workbook. */
const MOST_SIDES = 500;

/** Every open conflict with all that the workbook says about it. */
export function openRows(deps: Deps): ConflictRow[] {
  deps.store.projector.catchUp();
  return [...openConflicts(deps.store)].map((conflict) => rowOf(deps, viewOf(deps, conflict)));
}

function rowOf({ store }: Deps, view: ConflictView): ConflictRow {
  const { entity, record, field } = view;
  const { changes } = changesOf(store.projector, entity, record);
  const options = choosablesOf(view.sides);
  const before = view.kind === 'values' ? valuesBefore(changes, field) : [];
  const edits = view.kind === 'values' ? [] : editsOf(changes, view);
  const confided = fieldOf(entity, field)?.confidential ?? false;
  return {
    view,
    options,
    before,
    edits,
    names: new Map([
      ...namesOf(store, entity, record, field, [...options.map(({ value }) => value), ...before]),
      ...edits.flatMap((edit) => [...namesOf(store, entity, record, edit.field, [edit.value])]),
    ]),
    onScreenOnly: confided || options.length > MOST_CHOICES || view.sides.length > MOST_SIDES,
  };
}

/** What the authors of the heads saw and replaced; what was destroyed is gone. */
function valuesBefore(changes: readonly Change[], field: string): Json[] {
  const replaced = tracesOf(changes, field)
    .filter(({ head }) => head)
    .flatMap((trace) => trace.replaced.filter(({ erased }) => !erased));
  return [...new Map(replaced.map(({ value }) => [canonical(value), value])).values()];
}

/** What was edited without knowing of the deletion. */
function editsOf(changes: readonly Change[], view: ConflictView): ConflictRow['edits'] {
  const ids = new Set(view.sides.filter(({ value }) => value === false).map(({ change }) => change));
  return tracesOf(changes)
    .filter(({ change, field, head, erased }) => ids.has(change.id) && field !== 'deleted' && head && !erased)
    .map(({ field, value }) => ({ field, value }));
}

/** The names of the records that values of a field point to, by id. */
export function namesOf(
  store: Store,
  entity: string,
  record: string,
  field: string,
  values: readonly Json[],
): Names {
  const declared = fieldOf(entity, field)?.to;
  const kind =
    declared === '*' ? store.projector.table(entity).get(record)?.fields[`${field}Kind`] : declared;
  const names = new Map<string, string>();
  if (typeof kind !== 'string') return names;
  for (const id of values.flat()) {
    if (typeof id !== 'string') continue;
    const { title, context } = titleOf(store, kind, id);
    const name = [title, context].filter((part) => part !== '').join(' · ');
    if (name !== '') names.set(id, name);
  }
  return names;
}
