import { Refusal } from '#shared/contract/errors.ts';
import type { HistoryEntry } from '#shared/contract/records.ts';
import { isFuture, parseChangeId } from '#shared/merge/clock.ts';
import type { Change } from '#shared/merge/change.ts';
import { tracesOf, type Trace } from '#shared/merge/provenance.ts';
import { fieldOf } from '#shared/model/model.ts';
import type { Store } from './store.ts';
import { titleOf } from './titles.ts';

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

export interface HistoryQuery {
  readonly entity: string;
  readonly id: string;
  readonly field?: string | undefined;
  /** Also the moments at which values were destroyed. */
  readonly erasures?: boolean;
  /** The entries of so many changes. */
  readonly limit?: number | undefined;
}

/**
 * Every value that a record's fields have or had, newest first, with its origin and what became of it. Refuses with
 * NOT_FOUND for a record without changes.
 */
export function historyOf(store: Store, query: HistoryQuery, now: number): HistoryEntry[] {
  const { entity, id, field, erasures = false } = query;
  const places = store.projector.table(entity).places(id);
  if (places.length === 0) throw new Refusal('NOT_FOUND', { entity, id });
  const changes = store.projector.changesAt(places);
  const placeOf = new Map(changes.map((change, i) => [change.id, places[i]!]));
  const traces = tracesOf(changes, field).filter(({ kind }) => erasures || kind === 'set');
  const shownTitle = titles(store);
  const known = new Map<string, Pick<HistoryEntry, 'at' | 'clockSuspect' | 'laptop' | 'author' | 'files'>>();
  return newest(traces, query.limit).map(({ change, ...trace }) => {
    if (!known.has(change.id)) {
      known.set(change.id, {
        ...originOf(store, change, now),
        files: filesOf(store, placeOf.get(change.id)!),
      });
    }
    return {
      change: change.id,
      ...trace,
      ...known.get(change.id)!,
      titles: shownTitle(entity, trace, changes),
    };
  });
}

/** The traces of the newest changes, whole ones: none is cut in the middle. */
function newest(traces: readonly Trace[], changes: number | undefined): readonly Trace[] {
  if (changes === undefined) return traces;
  const wanted = new Set<string>();
  for (const { change } of traces) if (wanted.size < changes) wanted.add(change.id);
  return traces.filter(({ change }) => wanted.has(change.id));
}

function filesOf(store: Store, place: number): HistoryEntry['files'] {
  return store.imports.sourcesOf(place).map((source) => ({
    import: source.id,
    file: source.file,
    importedAt: source.importedAt,
  }));
}

/** Names the records that a value and those before it point to; each is looked up once. */
function titles(
  store: Store,
): (entity: string, trace: Omit<Trace, 'change'>, changes: readonly Change[]) => Record<string, string> {
  const known = new Map<string, string>();
  return (entity, { field, value, replaced }, changes) => {
    const to = targetOf(entity, field, changes);
    if (to === undefined) return {};
    const ids = [value, ...replaced.map((one) => one.value)].flat().filter((id) => typeof id === 'string');
    const named = ids.map((id): [string, string] => {
      const key = `${to} ${id}`;
      if (!known.has(key)) known.set(key, calledBy(titleOf(store, to, id)));
      return [id, known.get(key)!];
    });
    return Object.fromEntries(named.filter(([, title]) => title !== ''));
  };
}

/** A day alone names nothing: a visit is called by its day and its shop. */
export function calledBy({ title, context }: { title: string; context: string }): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(title) && context !== '' ? `${title} · ${context}` : title;
}

/** The entity that a field points to; where another field says which, as it was last written. */
function targetOf(entity: string, field: string, changes: readonly Change[]): string | undefined {
  const to = fieldOf(entity, field)?.to;
  if (to !== '*') return to;
  const kind = changes.map(({ set }) => set?.[`${field}Kind`]).findLast((value) => typeof value === 'string');
  return typeof kind === 'string' ? kind : undefined;
}

function laptopName(store: Store, id: string): string | null {
  const own = store.laptop();
  return (id === own.id ? own.name : store.laptops.get(id)?.name) ?? null;
}

function personName(store: Store, id: string): string | null {
  const row = store.db.prepare('SELECT name FROM r_person WHERE id = ?').pluck().get(id);
  return typeof row === 'string' ? row : null;
}
