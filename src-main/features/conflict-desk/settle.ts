import type { ChoiceLeft, ConflictChoice, SettledAll } from '#shared/contract/conflicts.ts';
import type { CheckedOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { titleOf } from '../../store/titles.ts';
import type { Deps } from '../deps.ts';
import { applyJudged, type Judged } from './apply.ts';
import { changesOf, standingHeads } from './sides.ts';
import { standing } from './standing.ts';

/** Settles one; refuses with CONFLICT_STALE when it is not as it was seen. */
export function settle(deps: Deps, input: CheckedOf<'conflicts.settle'>): { change: string } {
  const { entity, record, field, seen } = input;
  const { store } = deps;
  const row = store.projector.table(entity).get(record);
  if (!row) throw new Refusal('NOT_FOUND', { entity, id: record });
  const heads = standingHeads(changesOf(store.projector, entity, record), field);
  const here = heads.map(({ change }) => change.id).sort();
  if (!row.conflicts[field] || here.join() !== [...new Set(seen)].sort().join())
    throw new Refusal('CONFLICT_STALE');
  const [change] = store.log.write([{ entity, id: record, set: { [field]: input.value as Json } }]);
  deps.tell({ kind: 'changed', entities: [entity] });
  return { change: change ?? '' };
}

/** Settles what was looked at before; what is another conflict by now is refused, each by itself. */
export function settleAll(deps: Deps, { choices }: CheckedOf<'conflicts.settleAll'>): SettledAll {
  deps.store.projector.catchUp();
  const judged = choices.map((choice, at) => judge(deps, choice as ConflictChoice, at));
  const { applied, already, refused, rows } = applyJudged(deps, judged, false);
  const left = rows.flatMap(({ conflict, title, status, reason }): ChoiceLeft[] =>
    conflict && (status === 'already' || status === 'refused')
      ? [{ ...conflict, title, status, ...(reason && { reason }) }]
      : [],
  );
  return { applied, already, refused, left };
}

function judge({ store }: Deps, choice: ConflictChoice, row: number): Judged {
  const { entity, record, field, value } = choice;
  const conflict = { entity, record, field };
  const verdict = standing(store, choice, changesOf(store.projector, entity, record));
  if (verdict === 'settle') return { row, title: '', conflict, verdict, value };
  // Only what has to be named is looked up.
  const { title } = titleOf(store, entity, record);
  if (verdict === 'already') return { row, title, conflict, verdict, value };
  return { row, title, conflict, verdict: 'refused', reason: { code: 'CONFLICT_STALE', params: {} } };
}
