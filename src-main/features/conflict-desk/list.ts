import { inShort } from '#shared/conflicts/short.ts';
import type { CheckedOf, OutputOf } from '#shared/contract/contract.ts';
import type { ConflictEntry } from '#shared/contract/conflicts.ts';
import { canonical, type Json } from '#shared/merge/canonical.ts';
import { fieldOf } from '#shared/model/model.ts';
import type { Deps } from '../deps.ts';
import { addNames, valuesOf, type Gathered, type Gathering } from './gather.ts';
import { viewOf } from './view.ts';

/** As much of a text as a wide list can show. */
const COLUMNS = 80;
/** A larger value, such as a checklist, is looked at in full or not at all. */
const MOST_LETTERS = 4000;

/** A page of what is open, of all that was gathered. */
export function list(
  deps: Deps,
  { rows, groups, look }: Gathering,
  { limit, after, inFull }: CheckedOf<'conflicts.list'>,
): OutputOf<'conflicts.list'> {
  const from = after === undefined ? 0 : placeAfter(rows, after);
  const page = rows.slice(from, from + limit);
  const names: Record<string, string> = {};
  const entries = page.map((row) => {
    const values = valuesOf(row.conflict);
    addNames(names, look, row.conflict, values);
    return entryOf(row, values);
  });
  const shown = new Set(page.map(({ group }) => group));
  const last = page.at(-1);
  const isEnd = !last || from + page.length >= rows.length;
  return {
    total: rows.length,
    later: rows.reduce((count, { later }) => count + Number(later), 0),
    rows: entries,
    // What is gathered is open, or it would have been gathered anew.
    views: page
      .filter(({ later }) => !later)
      .slice(0, inFull)
      .map((row) => viewOf(deps, row)),
    groups: groups.filter(({ key }) => shown.has(key)),
    names,
    next: isEnd ? null : `${from + page.length} ${keyOf(last)}`,
  };
}

function entryOf({ conflict: _conflict, ...entry }: Gathered, values: readonly Json[]): ConflictEntry {
  const confided = fieldOf(entry.entity, entry.field)?.confidential ?? false;
  return { ...entry, values: confided ? [] : short(values) };
}

function short(values: readonly Json[]): Json[] {
  if (values.some((value) => typeof value === 'object' && canonical(value).length > MOST_LETTERS)) return [];
  const texts = values.map((value) => (typeof value === 'string' ? value : ''));
  const cut = inShort(texts, COLUMNS);
  return values.map((value, at) => (typeof value === 'string' ? cut[at]! : value));
}

/** Where the page after a row begins; where that row is settled by now, the place it had. */
function placeAfter(rows: readonly Gathered[], after: string): number {
  const [place = '0', ...key] = after.split(' ');
  const at = rows.findIndex((row) => keyOf(row) === key.join(' '));
  return at >= 0 ? at + 1 : Math.max(0, Number(place) - 1 || 0);
}

function keyOf({ entity, record, field }: Pick<ConflictEntry, 'entity' | 'record' | 'field'>): string {
  return `${entity} ${record} ${field}`;
}
