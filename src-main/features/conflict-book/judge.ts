import type { ErrorReport } from '#shared/contract/errors.ts';
import type { Change } from '#shared/merge/change.ts';
import { fieldOf } from '#shared/model/model.ts';
import { titleOf } from '../../store/titles.ts';
import { chosenPlace, EMPTY, keyOf, optionsShown, wordsOf } from '../../workbook/conflict-values.ts';
import { isBlank, type ReturnedRow } from '../../workbook/read-conflicts.ts';
import type { FormulaCell } from '../../workbook/read-table.ts';
import { changesOf } from '../conflict-desk/sides.ts';
import { standing, valuesSeen } from '../conflict-desk/standing.ts';
import type { Judged } from '../conflict-desk/apply.ts';
import type { Deps } from '../deps.ts';
import { namesOf } from './open-rows.ts';
import { EXCEL_ERROR } from '../tables/cells.ts';
import { typedValue, type Typed } from './typed-value.ts';

const DELETED = 'deleted';

export function judge(deps: Deps, returned: ReturnedRow): Judged {
  const { entity, record, field, row, seen, chosen } = returned;
  const conflict = entity && record && field ? { entity, record, field } : null;
  const of = changesOf(deps.store.projector, entity, record);
  const changes = conflict ? of.changes : [];
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
  const verdict = standing(deps.store, { ...conflict, seen, value: read.value }, of);
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
