import type { ResolvedRow } from '#shared/contract/conflicts.ts';
import type { ErrorReport } from '#shared/contract/errors.ts';
import { canonical, type Json } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';
import { parseChangeId } from '#shared/merge/clock.ts';
import type { Head } from '#shared/merge/register.ts';
import { tracesOf } from '#shared/merge/provenance.ts';
import { fieldOf } from '#shared/model/model.ts';
import { titleOf } from '../../store/titles.ts';
import { chosenPlace, EMPTY, keyOf, optionsShown, wordsOf } from '../../workbook/conflict-values.ts';
import { isBlank, type ReturnedRow } from '../../workbook/read-conflicts.ts';
import type { FormulaCell } from '../../workbook/read-table.ts';
import { sidesOf } from '../conflicts.ts';
import type { Deps } from '../deps.ts';
import { changesOf, namesOf } from './open-rows.ts';
import { EXCEL_ERROR } from '../tables/cells.ts';
import { typedValue, type Typed } from './typed-value.ts';

type About = Pick<ResolvedRow, 'row' | 'title'>;
type Conflict = NonNullable<ResolvedRow['conflict']>;

/** What is to be done with a row, by what stands in the store now. */
export type Judged = About &
  (
    | { readonly verdict: 'settle'; readonly conflict: Conflict; readonly value: Json }
    | { readonly verdict: 'already'; readonly conflict: Conflict; readonly value: Json }
    | { readonly verdict: 'unchanged'; readonly conflict: Conflict }
    | { readonly verdict: 'refused'; readonly conflict: Conflict | null; readonly reason: ErrorReport }
  );

const DELETED = 'deleted';

export function judge(deps: Deps, returned: ReturnedRow): Judged {
  const { entity, record, field, row, seen, chosen } = returned;
  const conflict = entity && record && field ? { entity, record, field } : null;
  const changes = conflict ? changesOf(deps.store, entity, record) : [];
  const title = changes.length > 0 ? titleOf(deps.store, entity, record).title : '';
  const refused = (code: ErrorReport['code']): Judged => ({
    row,
    title,
    conflict,
    verdict: 'refused',
    reason: { code, params: {} },
  });
  if (!conflict) return refused('CONFLICT_ROW_EDITED');
  if (isBlank(chosen)) return { row, title, conflict, verdict: 'unchanged' };
  if (!returned.sound) return refused('CONFLICT_ROW_EDITED');
  if (seen.length === 0) return refused('CONFLICT_ROW_SCREEN');
  const known = new Set(changes.map(({ id }) => id));
  if (!seen.every((id) => known.has(id))) return refused('CONFLICT_ROW_UNKNOWN');
  if (isFormula(chosen) || isError(chosen)) return refused('CONFLICT_ROW_FORMULA');

  const read = valueOf(deps, returned, changes, chosen);
  if ('reason' in read) return { row, title, conflict, verdict: 'refused', reason: read.reason };
  const verdict = standing(deps, returned, changes, read.value);
  return verdict === 'stale'
    ? refused('CONFLICT_STALE')
    : { row, title, conflict, verdict, value: read.value };
}

function isFormula(cell: FormulaCell): cell is { readonly formula: string } {
  return typeof cell === 'object' && cell !== null && !(cell instanceof Date);
}

/** What a formula leaves behind when it is pasted as a value and has none. */
function isError(cell: FormulaCell): boolean {
  return typeof cell === 'string' && EXCEL_ERROR.test(cell.trim());
}

/** The value that was chosen or typed. */
function valueOf(
  { store }: Deps,
  { entity, record, field, seen }: ReturnedRow,
  changes: readonly Change[],
  chosen: Exclude<FormulaCell, { formula: string } | null> | null,
): Typed {
  const values = valuesSeen(changes, field, seen);
  const options = optionsShown(entity, field, values, namesOf(store, entity, record, field, values));
  const declared = fieldOf(entity, field);
  const place = chosenPlace(chosen, options, declared?.kind === 'ref');
  if (typeof place === 'number') return { value: values[place]! };
  const expected = options.map(({ listed }) => wordsOf(listed)).join(', ');
  const isTyped = place === null && field !== DELETED;
  const typed = typedValue(chosen!, field, isTyped ? declared : undefined, expected);
  // To empty a field one says so: an empty cell is a choice that waits.
  return 'value' in typed && keyOf(chosen) === keyOf(EMPTY) ? { value: null } : typed;
}

/** The different values that stood against each other when the workbook was made, in its order. */
function valuesSeen(changes: readonly Change[], field: string, seen: readonly string[]): Json[] {
  const valueBy = new Map(tracesOf(changes, field).map(({ change, value }) => [change.id, value]));
  const latestFirst = [...seen].sort().reverse();
  const own = latestFirst.filter((id) => valueBy.has(id)).map((id) => valueBy.get(id)!);
  // What knew nothing of a deletion sets other fields, and stands for the record as it was.
  const values = own.length < seen.length ? [...own, false] : own;
  return [...new Map(values.map((value) => [canonical(value), value])).values()];
}

/** Whether the conflict is as it was in the workbook, was settled to the same value, or is another one by now. */
function standing(
  deps: Deps,
  { entity, record, field, seen }: ReturnedRow,
  changes: readonly Change[],
  value: Json,
): 'settle' | 'already' | 'stale' {
  const state = deps.store.projector.table(entity).get(record);
  const shown = state?.fields[field] ?? (field === DELETED ? false : null);
  if (!state?.conflicts[field]) return canonical(shown) === canonical(value) ? 'already' : 'stale';
  const heads = sidesOf(deps, entity, record, field).map(({ head }) => head);
  const same = isSame(
    heads.map(({ change }) => change.id),
    seen,
  );
  return same || isOpenAgain(deps.store.laptop().id, heads, field, seen, changes) ? 'settle' : 'stale';
}

/**
 * Whether undo has opened the very conflict again: its values are then new changes of this laptop, which all replace
 * the one that had settled what the workbook shows.
 */
function isOpenAgain(
  laptop: string,
  heads: readonly Head[],
  field: string,
  seen: readonly string[],
  changes: readonly Change[],
): boolean {
  if (field === DELETED) return false;
  const own = heads.every(({ change }) => parseChangeId(change.id).laptop === laptop);
  const replaced = new Set(heads.flatMap(({ change }) => change.prior?.[field] ?? ['']));
  const settler = replaced.size === 1 ? changes.find(({ id }) => replaced.has(id)) : undefined;
  if (!own || !isSame(settler?.prior?.[field] ?? [], seen)) return false;
  const values = heads.map((head) => canonical(head.value));
  const then = valuesSeen(changes, field, seen).map(canonical);
  return isSame([...new Set(values)], then);
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return [...left].sort().join() === [...right].sort().join();
}
