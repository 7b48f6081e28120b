import { createHash } from 'node:crypto';
import type { ConflictSide, ConflictView } from '#shared/contract/conflicts.ts';
import { canonical, type Json } from '#shared/merge/canonical.ts';
import { keyOf, type Names, type ShownOption } from './conflict-values.ts';
import type { FormulaCell } from './read-table.ts';

/** One of the different values of a conflict, with everyone who wrote it. */
export interface Choosable {
  readonly value: Json;
  readonly sides: readonly ConflictSide[];
}

/** A conflict with what the workbook says about it. */
export interface ConflictRow {
  readonly view: ConflictView;
  /** The one that is shown first. */
  readonly options: readonly Choosable[];
  /** What stood there before. */
  readonly before: readonly Json[];
  /** Of edited and deleted: what was edited. */
  readonly edits: readonly { readonly field: string; readonly value: Json }[];
  /** The records that the values point to. */
  readonly names: Names;
  /** It is listed and cannot be settled in the workbook. */
  readonly onScreenOnly: boolean;
}

/** A row ready for its sheet. */
export interface BookRow extends ConflictRow {
  readonly shown: readonly ShownOption[];
}

export interface MadeBy {
  readonly laptop: { readonly id: string; readonly name: string };
  /** Milliseconds since 1970. */
  readonly now: number;
}

export const FORMAT = 1;
export const MOST_CHOICES = 20;

/** The different values of a conflict; the one shown stands first. Three laptops with two values make two. */
export function choosablesOf(sides: readonly ConflictSide[]): Choosable[] {
  const groups = Map.groupBy(sides, ({ value }) => canonical(value));
  return [...groups.values()].map((own) => ({ value: own[0]!.value, sides: own }));
}

/** The changes of a conflict as one text. */
export function seenText(view: Pick<ConflictView, 'sides'>): string {
  // Several laptops may stand behind one change that undo has put back.
  const changes = new Set(view.sides.map(({ change }) => change));
  return [...changes].sort().join(' ');
}

/**
 * The check sum of a row: of what says which conflict it is and of the cells that a person reads before choosing. It
 * is there for accidents, such as columns that were sorted apart.
 */
export function checkOf(identity: readonly string[], cells: readonly FormulaCell[]): string {
  const text = canonical([...identity, ...cells.map(keyOf)]);
  return `${FORMAT}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
