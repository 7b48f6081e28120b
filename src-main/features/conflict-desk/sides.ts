import type { Change } from '#shared/merge/change.ts';
import { headsOf, unseenEdits, type Head } from '#shared/merge/register.ts';
import { originalsOf } from '#shared/merge/reopened.ts';
import type { Projector } from '../../store/projector.ts';

/** A value that stands against others: the change that holds it, and the ones that first wrote it. */
export interface Side {
  readonly head: Head;
  readonly written: readonly { readonly change: Change; readonly place: number }[];
}

/** A record's changes, their places in the log, and which of them are heads. */
export interface Changes {
  readonly changes: readonly Change[];
  readonly places: readonly number[];
  readonly heads: ReadonlyMap<string, readonly Head[]>;
}

export function changesOf(projector: Projector, entity: string, record: string): Changes {
  const places = projector.table(entity).places(record);
  return changesFrom(projector.changesAt(places), places);
}

export function changesFrom(changes: readonly Change[], places: readonly number[]): Changes {
  return { changes, places, heads: headsOf(changes) };
}

/**
 * The heads that stand against each other, the one shown first. For edited and deleted these are the deletion and,
 * with the value false, each edit that it did not know of.
 */
export function standingHeads({ heads }: Pick<Changes, 'heads'>, field: string): Head[] {
  const own = [...(heads.get(field) ?? [])].reverse();
  const edits =
    field === 'deleted' ? unseenEdits(heads).map((change): Head => ({ change, value: false })) : [];
  return [...own, ...edits];
}

export function sidesOf({ changes, places, heads }: Changes, field: string): Side[] {
  return standingHeads({ heads }, field).map((head) => {
    // An edit stands against a deletion with its own fields.
    const sets = Object.hasOwn(head.change.set ?? {}, field);
    const written = sets ? originalsOf(changes, field, head.change) : [head.change];
    return { head, written: written.map((change) => ({ change, place: places[changes.indexOf(change)]! })) };
  });
}
