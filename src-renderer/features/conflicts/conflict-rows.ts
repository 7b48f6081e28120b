import { canonical, type Json } from '#shared/merge/canonical.ts';
import type { ConflictSide, ConflictView } from '#shared/contract/conflicts.ts';

/** What can be chosen: a value, with everyone who wrote it. */
export interface Option {
  readonly value: Json;
  /** Latest first, as the core gives them. */
  readonly sides: readonly [ConflictSide, ...ConflictSide[]];
  readonly shown: boolean;
}

/** A line of the list: the record that the next conflicts belong to, or a conflict. */
export type Line =
  | { readonly kind: 'record'; readonly key: string; readonly row: ConflictView; readonly count: number }
  | { readonly kind: 'conflict'; readonly key: string; readonly row: ConflictView };

export function keyOf(row: Pick<ConflictView, 'entity' | 'record' | 'field'>): string {
  return `${row.entity} ${row.record} ${row.field}`;
}

/** The different values of a conflict; the one shown now stands first. Three laptops with two values make two. */
export function optionsOf(row: ConflictView): Option[] {
  const byValue = new Map<string, [ConflictSide, ...ConflictSide[]]>();
  for (const side of row.sides) {
    const text = canonical(side.value);
    const sides = byValue.get(text);
    if (sides) sides.push(side);
    else byValue.set(text, [side]);
  }
  return [...byValue.values()]
    .map((sides) => ({ value: sides[0].value, sides, shown: sides.some(({ shown }) => shown) }))
    .sort((left, right) => Number(right.shown) - Number(left.shown));
}

/** The list with a heading line before the conflicts of each record. */
export function linesOf(rows: readonly ConflictView[]): Line[] {
  const lines: Line[] = [];
  const counts = new Map<string, number>();
  const place = (row: ConflictView): string => `${row.entity} ${row.record}`;
  for (const row of rows) counts.set(place(row), (counts.get(place(row)) ?? 0) + 1);
  let before = '';
  for (const row of rows) {
    if (place(row) !== before) {
      before = place(row);
      lines.push({ kind: 'record', key: before, row, count: counts.get(before) ?? 1 });
    }
    lines.push({ kind: 'conflict', key: keyOf(row), row });
  }
  return lines;
}

/** The conflict to look at when the one at `key` is done with: the next, else the one before, else none. */
export function nextAfter(rows: readonly ConflictView[], key: string | null): string | null {
  const at = rows.findIndex((row) => keyOf(row) === key);
  const next = at < 0 ? rows[0] : (rows[at + 1] ?? rows[at - 1]);
  return next ? keyOf(next) : null;
}

/** The conflict some steps away, kept within the list. */
export function stepFrom(rows: readonly ConflictView[], key: string | null, steps: number): string | null {
  const at = rows.findIndex((row) => keyOf(row) === key);
  const to = rows[Math.min(rows.length - 1, Math.max(0, at + steps))];
  return to ? keyOf(to) : null;
}
