import { headsOf } from '#shared/merge/register.ts';
import type { NewConflict, Projector } from '../store/projector.ts';

/** Which file brought which of the fields that newly disagree. */
export interface NewConflicts<Owner> {
  /** How many are a file's doing. */
  of(owner: Owner): number;
  /** Forgets those that agree again: what one file of a run opened, a later one may have settled. */
  dropSettled(): void;
  end(): void;
}

/**
 * Watches what is projected, and gives each field that newly disagrees to whoever brought the last of its heads, by its
 * place in the log. A batch that is rolled back is projected again and counts once.
 */
export function newConflicts<Owner>(
  projector: Projector,
  ownerOf: (place: number) => Owner | undefined,
): NewConflicts<Owner> {
  const open = new Map<string, { readonly conflict: Where; readonly owner: Owner }>();
  const counts = new Map<Owner, number>();
  const add = (owner: Owner, by: 1 | -1): unknown => counts.set(owner, (counts.get(owner) ?? 0) + by);

  function forget(key: string): void {
    const before = open.get(key);
    if (before) add(before.owner, -1);
    open.delete(key);
  }

  const unwatch = projector.watch((conflict) => {
    const owner = ownerOf(lastHead(conflict));
    if (owner === undefined) return;
    const { entity, record, field } = conflict;
    const key = `${entity} ${record} ${field}`;
    forget(key);
    open.set(key, { conflict: { entity, record, field }, owner });
    add(owner, 1);
  });

  return {
    of: (owner) => counts.get(owner) ?? 0,
    dropSettled() {
      for (const [key, { conflict }] of open) {
        const { entity, record, field } = conflict;
        if (!projector.table(entity).get(record)?.conflicts[field]) forget(key);
      }
    },
    end: unwatch,
  };
}

type Where = Pick<NewConflict, 'entity' | 'record' | 'field'>;

function lastHead({ field, places, changes }: NewConflict): number {
  const heads = new Set(
    headsOf(changes)
      .get(field)
      ?.map(({ change }) => change.id),
  );
  const all = field === 'deleted';
  return Math.max(...places.filter((_place, i) => all || heads.has(changes[i]!.id)));
}
