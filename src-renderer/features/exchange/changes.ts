import { parts, type Part, type PartCounts } from '#shared/incoming/effects.ts';
import type { ImportRow } from '#shared/contract/exchange.ts';

/** Where what some imports changed is shown: they are named by the first and the last, since their ids are in order of time. */
export function addressOf(imports: readonly string[]): string {
  const [first, last] = [
    imports.reduce((a, b) => (a < b ? a : b)),
    imports.reduce((a, b) => (a > b ? a : b)),
  ];
  return first === last ? `/exchange/changes/${first}` : `/exchange/changes/${first}/${last}`;
}

/** The imports from one to another, both included, without those that are undone. */
export function importsBetween(rows: readonly ImportRow[], first: string, last: string): ImportRow[] {
  return rows.filter(({ id, undoneAt }) => undoneAt === null && first <= id && id <= last);
}

/** The parts that something happened in, in their order; `other` says least and is told only in the list. */
export function tellingParts(counts: PartCounts): [Part, number][] {
  return parts.filter((part) => part !== 'other' && counts[part] > 0).map((part) => [part, counts[part]]);
}

export function totalOf(counts: PartCounts): number {
  return parts.reduce((sum, part) => sum + counts[part], 0);
}
