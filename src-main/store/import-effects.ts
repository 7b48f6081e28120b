import { setImmediate as aTurn } from 'node:timers/promises';
import { effectsOf, type Part } from '#shared/incoming/effects.ts';
import type { Change } from '#shared/merge/change.ts';
import { project, type RecordState } from '#shared/merge/register.ts';
import { changeFrom, idFromBytes } from './codec.ts';
import type { ImportRecord } from './imports.ts';
import type { Store } from './store.ts';

/** Imports that are looked at as one, by their place in the log: what they brought first is in their ranges. */
export interface Batch {
  readonly imports: readonly ImportRecord[];
  /** Those of them that brought something new, by place. */
  readonly ranges: readonly ImportRecord[];
  /** The last place of any of them; what came later is no effect of theirs. */
  readonly lastN: number;
}

/** An effect, and the change that had it. */
export interface PlacedEffect {
  readonly entity: string;
  readonly record: string;
  readonly part: Part;
  readonly field: string | null;
  /** The place in the log of the last change of the batch that set the field, or that made the record. */
  readonly n: number;
}

/** A record before a batch (null where it was not there) and after it, with the changes that the batch brought. */
export interface BeforeAfter {
  readonly before: RecordState | null;
  readonly after: RecordState;
  readonly brought: readonly { readonly n: number; readonly change: Change }[];
}

/** Changes read at once, and changes that are held until their record's turn; beyond that they are read again. */
const CHUNK = 2_000;
const HELD = 50_000;
/** Milliseconds of work between two turns for others. */
const TURN = 15;

interface Gathered {
  readonly entity: string;
  readonly record: string;
  readonly places: number[];
  /** Of these places; null when they are not held. */
  changes: Change[] | null;
}

export function batchOf(imports: readonly ImportRecord[]): Batch {
  const ranges = imports.filter(({ firstN, lastN }) => firstN <= lastN).sort((a, b) => a.firstN - b.firstN);
  return { imports, ranges, lastN: ranges.at(-1)?.lastN ?? 0 };
}

/** The import of a batch that brought the change at a place. */
export function sourceIn({ ranges }: Batch, n: number): ImportRecord | undefined {
  let [from, to] = [0, ranges.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const one = ranges[middle]!;
    if (n < one.firstN) to = middle;
    else if (n > one.lastN) from = middle + 1;
    else return one;
  }
  return undefined;
}

/**
 * Everything that a batch changed, record by record. Others get their turn meanwhile;
 * `stale` is asked after each and ends it with null: an import that is undone meanwhile takes its changes along.
 */
export async function effectsOfBatch(
  store: Store,
  batch: Batch,
  see: (effect: PlacedEffect, state: BeforeAfter) => void,
  { stale, progress }: { stale: () => boolean; progress: (done: number, total: number) => void },
): Promise<true | null> {
  store.projector.catchUp();
  const total = batch.ranges.reduce((sum, { added }) => sum + added, 0);
  const gathered = new Map<string, Gathered>();
  let turn = performance.now();
  let done = 0;
  async function aPause(): Promise<boolean> {
    if (performance.now() - turn < TURN) return true;
    // Reading and telling are two halves of it.
    progress(Math.floor(done / 2), total);
    await aTurn();
    turn = performance.now();
    return !stale();
  }

  const read = store.db.prepare('SELECT n, id, body FROM change WHERE n > ? AND n <= ? ORDER BY n LIMIT ?');
  const isHeld = total <= HELD;
  for (const { firstN, lastN } of batch.ranges) {
    for (let after = firstN - 1; after < lastN;) {
      const rows = read.all(after, lastN, CHUNK) as { n: number; id: Buffer; body: string }[];
      for (const { n, id, body } of rows) gather(n, changeFrom(idFromBytes(id), body));
      done += rows.length;
      after = rows.length < CHUNK ? lastN : rows.at(-1)!.n;
      if (!(await aPause())) return null;
    }
  }
  // In the order of their keys, as they lie in the tables: a large store is larger than what is held of it.
  for (const key of [...gathered.keys()].sort()) {
    const one = gathered.get(key)!;
    const state = stateOf(store, batch, one.entity, one.record, one);
    for (const effect of effectsOf(one.entity, state.before, state.after)) {
      const { entity, record } = one;
      see({ entity, record, ...effect, n: placeOf(effect.field, state) }, state);
    }
    done += one.places.length;
    one.changes = null;
    if (!(await aPause())) return null;
  }
  return true;

  function gather(n: number, change: Change): void {
    const key = `${change.entity} ${change.record}`;
    let one = gathered.get(key);
    if (!one) {
      const { entity, record } = change;
      gathered.set(key, (one = { entity, record, places: [], changes: isHeld ? [] : null }));
    }
    one.places.push(n);
    one.changes?.push(change);
  }
}

/** A record before and after a batch; the same whenever it is asked, whatever was written later. */
export function beforeAfter(store: Store, batch: Batch, entity: string, record: string): BeforeAfter {
  const places = store.projector
    .table(entity)
    .places(record)
    .filter((n) => sourceIn(batch, n) !== undefined);
  return stateOf(store, batch, entity, record, { places, changes: null });
}

function stateOf(
  store: Store,
  { lastN }: Batch,
  entity: string,
  record: string,
  { places, changes }: Pick<Gathered, 'places' | 'changes'>,
): BeforeAfter {
  const mine = changes ?? store.projector.changesAt(places);
  const brought = places.map((n, i) => ({ n, change: mine[i]! }));
  const own = new Set(places);
  const others = store.projector
    .table(entity)
    .places(record)
    .filter((n) => n <= lastN && !own.has(n));
  if (others.length === 0) return { before: null, after: project(mine), brought };
  const earlier = store.projector.changesAt(others);
  return { before: project(earlier), after: project([...earlier, ...mine]), brought };
}

function placeOf(field: string | null, { brought }: BeforeAfter): number {
  const setter =
    field === null ? brought[0] : brought.findLast(({ change }) => change.set?.[field] !== undefined);
  return (setter ?? brought.at(-1)!).n;
}
