import type {
  ConflictEntry,
  ConflictGroup,
  ConflictKey,
  ConflictSide,
  ConflictView,
} from '#shared/contract/conflicts.ts';
import { canonical, type Json } from '#shared/merge/canonical.ts';

/** What can be chosen: a value, with everyone who wrote it. */
export interface Option {
  readonly value: Json;
  /** Latest first, as the core gives them. */
  readonly sides: readonly [ConflictSide, ...ConflictSide[]];
  readonly shown: boolean;
}

/** A line of the list: the shop that the next conflicts belong to, or a conflict. */
export type Line =
  | { readonly kind: 'group'; readonly key: string; readonly group: ConflictGroup; readonly count: number }
  | { readonly kind: 'conflict'; readonly key: string; readonly row: ConflictEntry };

export function keyOf(row: ConflictKey): string {
  return `${row.entity} ${row.record} ${row.field}`;
}

/** The different values of a conflict; the one shown now stands first. Three laptops with two values make two. */
export function optionsOf(row: Pick<ConflictView, 'sides'>): Option[] {
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

/** The list with a heading line before the conflicts of each group. */
export function linesOf(rows: readonly ConflictEntry[], groups: ReadonlyMap<string, ConflictGroup>): Line[] {
  const lines: Line[] = [];
  const counts = new Map<string, number>();
  for (const { group } of rows) counts.set(group, (counts.get(group) ?? 0) + 1);
  let before = '';
  for (const row of rows) {
    const group = groups.get(row.group);
    if (group && row.group !== before) {
      before = row.group;
      lines.push({ kind: 'group', key: before, group, count: counts.get(before) ?? 1 });
    }
    lines.push({ kind: 'conflict', key: keyOf(row), row });
  }
  return lines;
}

/** The conflict to look at when the one at `key` is done with: the next, else the one before, else none. */
export function nextAfter(rows: readonly ConflictKey[], key: string | null): string | null {
  const at = rows.findIndex((row) => keyOf(row) === key);
  const next = at < 0 ? rows[0] : (rows[at + 1] ?? rows[at - 1]);
  return next ? keyOf(next) : null;
}

/** The conflict some steps away, kept within the list. */
export function stepFrom(rows: readonly ConflictKey[], key: string | null, steps: number): string | null {
  const at = rows.findIndex((row) => keyOf(row) === key);
  const to = rows[Math.min(rows.length - 1, Math.max(0, at + steps))];
  return to ? keyOf(to) : null;
}

/** The first conflict of the next group, or of this one and then of the group before; at the end it stays. */
export function groupFrom(rows: readonly ConflictEntry[], key: string | null, by: 1 | -1): string | null {
  const at = rows.findIndex((row) => keyOf(row) === key);
  const here = rows[at];
  if (!here) return rows[0] ? keyOf(rows[0]) : null;
  const isFirst = (place: number): boolean => rows[place]!.group !== rows[place - 1]?.group;
  for (let place = at + by; place >= 0 && place < rows.length; place += by) {
    if (isFirst(place)) return keyOf(rows[place]!);
  }
  return key;
}
