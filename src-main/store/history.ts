import { Refusal } from '#shared/contract/errors.ts';
import type { HistoryEntry } from '#shared/contract/records.ts';
import { isFuture, parseChangeId } from '#shared/merge/clock.ts';
import type { Change } from '#shared/merge/change.ts';
import { erasedIn, headsOf } from '#shared/merge/register.ts';
import type { Store } from './store.ts';

/** Who wrote a change, where and when; `now` in milliseconds since 1970 decides whether its clock is suspect. */
export function originOf(
  store: Store,
  change: Change,
  now: number,
): Pick<HistoryEntry, 'at' | 'clockSuspect' | 'laptop' | 'author'> {
  const clock = parseChangeId(change.id);
  return {
    at: new Date(clock.ms).toISOString(),
    clockSuspect: isFuture(clock, now),
    laptop: { id: clock.laptop, name: laptopName(store, clock.laptop) },
    author: change.author ? { id: change.author, name: personName(store, change.author) } : null,
  };
}

/**
 * Every value that a record's fields have or had, newest first, with its origin; of one field, or of all. Refuses with
 * NOT_FOUND for a record without changes.
 */
export function historyOf(
  store: Store,
  {
    entity,
    id,
    field,
  }: { readonly entity: string; readonly id: string; readonly field?: string | undefined },
  now: number,
): HistoryEntry[] {
  const places = store.projector.table(entity).places(id);
  if (places.length === 0) throw new Refusal('NOT_FOUND', { entity, id });
  const changes = store.projector.changesAt(places);
  const heads = headsOf(changes);
  const erasures = changes.filter((change) => change.erase);
  const entries: HistoryEntry[] = [];
  for (const [i, change] of changes.entries()) {
    const origin = originOf(store, change, now);
    const files = store.imports.sourcesOf(places[i]!).map((source) => ({
      import: source.id,
      file: source.file,
      importedAt: source.importedAt,
    }));
    for (const [name, value] of Object.entries(change.set ?? {})) {
      if (field !== undefined && name !== field) continue;
      const setters = changes.filter((other) => other.set && Object.hasOwn(other.set, name));
      entries.push({
        change: change.id,
        field: name,
        value,
        erased: erasedIn(name, setters, erasures).has(change.id),
        head: heads.get(name)?.some((head) => head.change.id === change.id) ?? false,
        ...origin,
        files,
      });
    }
  }
  return entries.sort((a, b) =>
    a.change === b.change ? (a.field < b.field ? -1 : 1) : a.change < b.change ? 1 : -1,
  );
}

function laptopName(store: Store, id: string): string | null {
  const own = store.laptop();
  return (id === own.id ? own.name : store.laptops.get(id)?.name) ?? null;
}

function personName(store: Store, id: string): string | null {
  const row = store.db.prepare('SELECT name FROM r_person WHERE id = ?').pluck().get(id);
  return typeof row === 'string' ? row : null;
}
