import { Refusal } from '#shared/contract/errors.ts';
import { canonical, type Json } from '#shared/merge/canonical.ts';
import { faultOf, type Change } from '#shared/merge/change.ts';
import { changeId, isFuture, parseChangeId, tick, witness, type Clock } from '#shared/merge/clock.ts';
import { headsOf, project } from '#shared/merge/register.ts';
import { bodyOf, idFromBytes, idToBytes, isSameContent } from './codec.ts';
import { dropDraftsOf } from './drafts.ts';
import { openLogRows } from './log-rows.ts';
import type { Meta } from './meta.ts';
import type { Projector } from './projector.ts';
import type { Steps } from './steps.ts';
import { transaction, type Db } from './sqlite.ts';

/** What a person sets on a record; `seen` replaces the heads that are here when a conflict is settled. */
export interface Write {
  readonly entity: string;
  readonly id: string;
  readonly set?: Readonly<Record<string, Json | undefined>>;
  readonly erase?: readonly string[];
}

/** A change as its author means it, with what it replaces already named. */
export type Meant = Pick<Change, 'entity' | 'record' | 'set' | 'erase' | 'prior'>;

/** What became of the changes of one file. */
export interface Appended {
  readonly firstN: number;
  readonly lastN: number;
  readonly added: number;
  /** Places of changes that were here before. */
  readonly known: readonly number[];
  readonly clockSuspect: number;
  /** The new changes, in the order of their places; none when they are more than a batch, which is read again instead. */
  readonly fresh: readonly Change[];
  /** Values of the file that an erasure had destroyed here already. */
  readonly destroyed: readonly Json[];
}

export interface Log {
  /**
   * Records what a person did, all in one durable transaction, and projects it. Fields that already have the value
   * are left out; refuses a value of the wrong kind with INVALID_INPUT. Returns, for each write, the id of its change, or
   * null when nothing was left to write. `progress` is called with how many are written, inside the transaction.
   */
  write(writes: readonly Write[], progress?: (done: number) => void): (string | null)[];
  /** Records changes whose priors the caller has named, inside the caller's transaction; returns their places. */
  put(changes: readonly Meant[]): number[];
  /**
   * Adds the changes of a file that are new, inside the caller's transaction, unprojected.
   * Refuses with CHANGE_ALTERED when an id stands here with another content.
   */
  append(changes: Iterable<Change>, file: string): Appended;
  /** The changes in id order: all, or those at some places. */
  lines(
    filter?: (change: Change, n: number) => boolean,
    places?: readonly number[],
  ): IterableIterator<{ id: string; body: string; change: Change }>;
  count(): number;
}

/** A change and its place in the log. */
export interface Placed {
  readonly n: number;
  readonly change: Change;
}

interface Disputed {
  readonly line: number;
  readonly n: number;
  readonly change: Change;
  readonly here: string;
  readonly there: string;
}

export interface LogDeps {
  readonly db: Db;
  readonly meta: Meta;
  readonly projector: Projector;
  readonly steps: Pick<Steps, 'take'>;
  readonly laptop: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const DELETED = 'deleted';
/** Changes of a file that are taken from it before they are written. */
const GROUP = 256;

export function openLog({ db, meta, projector, steps, laptop, now }: LogDeps): Log {
  const rows = openLogRows(db);
  const bodyAt = db.prepare('SELECT body FROM change WHERE n = ?').pluck();
  const noteMend = db.prepare('INSERT OR IGNORE INTO hub_mend (n) SELECT ? WHERE EXISTS (SELECT 1 FROM hub)');
  // What an undone import held is never held again by something else. One that brought nothing ends where the log did.
  const nextPlace = db
    .prepare(
      `SELECT max(coalesce((SELECT max(n) FROM change), 0),
                  coalesce((SELECT max(lastN) FROM import WHERE lastN >= firstN), 0)) + 1`,
    )
    .pluck();

  function write(writes: readonly Write[], progress?: (done: number) => void): (string | null)[] {
    return transaction(db, () => {
      projector.catchUp();
      const adding = startAdding();
      const ids = writes.map((one, at) => {
        progress?.(at + 1);
        const changes = projector.changesAt(projector.table(one.entity).places(one.id));
        const body = one.erase ? eraseOf(one.erase, changes) : setOf(one, changes);
        return body ? adding.add({ entity: one.entity, record: one.id, ...body }) : null;
      });
      steps.take(adding.end(), now());
      return ids;
    });
  }

  function put(changes: readonly Meant[]): number[] {
    const adding = startAdding();
    for (const change of changes) adding.add(change);
    return adding.end().map(({ n }) => n);
  }

  /** Adds changes of this laptop at the end of the log, each projected at once. */
  function startAdding(): { add: (meant: Meant) => string; end: () => Placed[] } {
    const added: Placed[] = [];
    const author = meta.get('author') || null;
    let clock = readClock(meta);
    let n = nextPlace.get() as number;
    return {
      add({ entity, record, ...body }) {
        clock = tick(clock, now());
        const change: Change = { id: changeId(clock, laptop), author, entity, record, ...body };
        // The check that guards the door for files holds here too: what is written must be accepted everywhere.
        const fault = faultOf(change);
        if (fault) throw new Refusal('INVALID_INPUT', { at: fault.at, reason: fault.rule });
        rows.add(n, [{ id: idToBytes(change.id), body: bodyOf(change) }]);
        projector.reproject(entity, record, [...projector.table(entity).places(record), n]);
        if (change.erase) dropDraftsOf(db, entity, record);
        added.push({ n, change });
        n += 1;
        return change.id;
      },
      end() {
        writeClock(meta, clock);
        meta.set('projected', String(n - 1));
        return added;
      },
    };
  }

  function append(changes: Iterable<Change>, file: string): Appended {
    const firstN = nextPlace.get() as number;
    const at = now();
    const known: number[] = [];
    let fresh: Change[] | null = [];
    let n = firstN;
    let clockSuspect = 0;
    let clock = readClock(meta);
    let line = 0;
    const disputed: Disputed[] = [];
    for (const group of inGroups(changes, GROUP)) {
      const placed = group.map((change) => ({ id: idToBytes(change.id), body: bodyOf(change) }));
      const places = rows.add(n, placed);
      for (const [i, change] of group.entries()) {
        line += 1;
        const place = places[i]!;
        if (place < n) {
          const here = bodyAt.get(place) as string;
          const there = placed[i]!.body;
          if (!isSameContent(here, there)) disputed.push({ line, n: place, change, here, there });
          known.push(place);
          continue;
        }
        n += 1;
        if (fresh && fresh.push(change) > projector.batch) fresh = null;
        const seen = parseChangeId(change.id);
        if (isFuture(seen, at)) clockSuspect += 1;
        clock = witness(clock, seen, at);
      }
    }
    const destroyed = disputed.length > 0 ? refuseAltered(disputed, file) : [];
    writeClock(meta, clock);
    return { firstN, lastN: n - 1, added: n - firstN, known, clockSuspect, fresh: fresh ?? [], destroyed };
  }

  /**
   * The same id with another content is refused, with one exception: one side's value was blanked by an erasure, and
   * the erasure is known, from here or from the file itself.
   */
  function refuseAltered(disputed: readonly Disputed[], file: string): Json[] {
    projector.catchUp();
    const destroyed: Json[] = [];
    for (const { line, n, change, here, there } of disputed) {
      const fields = fieldsBlankedInOne(here, there);
      const all = projector.changesAt(projector.table(change.entity).places(change.record));
      const erased = fields?.every((field) => erasuresOf(field, all).length > 0) ?? false;
      if (!erased) throw new Refusal('CHANGE_ALTERED', { file, line, change: change.id });
      for (const field of fields ?? []) destroyed.push(change.set?.[field] ?? null);
      noteMend.run(n);
    }
    return destroyed;
  }

  function* lines(
    filter?: (change: Change, n: number) => boolean,
    places?: readonly number[],
  ): IterableIterator<{ id: string; body: string; change: Change }> {
    const rows = (
      places
        ? db
            .prepare('SELECT n, id, body FROM change WHERE n IN (SELECT value FROM json_each(?)) ORDER BY id')
            .iterate(JSON.stringify(places))
        : db.prepare('SELECT n, id, body FROM change ORDER BY id').iterate()
    ) as IterableIterator<{ n: number; id: Buffer; body: string }>;
    for (const row of rows) {
      const id = idFromBytes(row.id);
      const change = { id, ...(JSON.parse(row.body) as Omit<Change, 'id'>) };
      if (!filter || filter(change, row.n)) yield { id, body: row.body, change };
    }
  }

  return {
    write,
    put,
    append,
    lines,
    count: () => db.prepare('SELECT count(*) FROM change').pluck().get() as number,
  };
}

/** The body of a change that sets fields, naming as prior what its author sees; null when nothing would change. */
function setOf(write: Write, changes: readonly Change[]): Pick<Change, 'set' | 'prior'> | null {
  const state = project(changes);
  const heads = headsOf(changes);
  const set: Record<string, Json> = {};
  for (const [field, value] of Object.entries(write.set ?? {})) {
    if (value === undefined) continue;
    const same = canonical(state.fields[field] ?? null) === canonical(value);
    if (!same || state.conflicts[field]) set[field] = value;
  }
  if (Object.keys(set).length === 0) return null;
  const prior: Record<string, string[]> = {};
  const deleting = set[DELETED] !== undefined;
  // Setting `deleted` either way names the heads of all fields: that is what says which edits its author knew of.
  const named = deleting ? new Set([...heads.keys(), ...Object.keys(set)]) : new Set(Object.keys(set));
  if (state.fields[DELETED] === true) named.add(DELETED);
  for (const field of named) {
    const seen = [...(heads.get(field) ?? []).map(({ change }) => change.id), ...erasuresOf(field, changes)];
    if (seen.length > 0) prior[field] = seen.sort();
  }
  return Object.keys(prior).length > 0 ? { set, prior } : { set };
}

function eraseOf(
  fields: readonly string[],
  changes: readonly Change[],
): Pick<Change, 'erase' | 'prior'> | null {
  const heads = headsOf(changes);
  const prior: Record<string, string[]> = {};
  for (const field of fields) {
    const seen = (heads.get(field) ?? []).map(({ change }) => change.id);
    if (seen.length > 0) prior[field] = seen.sort();
  }
  return { erase: [...fields].sort(), ...(Object.keys(prior).length > 0 ? { prior } : {}) };
}

/** Whether anything was erased by a change behind a place in the log. */
export function erasedSince(db: Db, n: number): boolean {
  const any = `SELECT EXISTS (SELECT 1 FROM change WHERE n > ? AND instr(body, '"erase":[') > 0)`;
  return db.prepare(any).pluck().get(n) === 1;
}

function erasuresOf(field: string, changes: readonly Change[]): string[] {
  return changes.filter((change) => change.erase?.includes(field)).map((change) => change.id);
}

/** The fields that are null in just one of two bodies of the same id; null when the bodies differ in anything else. */
function fieldsBlankedInOne(here: string, there: string): string[] | null {
  const [a, b] = [JSON.parse(here) as Change, JSON.parse(there) as Change];
  if (!a.set || !b.set) return null;
  const blanked = Object.keys(a.set).filter(
    (field) => (a.set![field] === null) !== ((b.set![field] ?? null) === null),
  );
  const blank = (change: Change): string =>
    canonical({
      ...change,
      set: { ...change.set, ...Object.fromEntries(blanked.map((field) => [field, null])) },
    });
  return blank(a) === blank(b) ? blanked : null;
}

function* inGroups<T>(all: Iterable<T>, size: number): IterableIterator<T[]> {
  let group: T[] = [];
  for (const one of all) {
    if (group.push(one) < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

function readClock(meta: Meta): Clock {
  const [ms, counter] = (meta.get('clock') ?? '0:0').split(':').map(Number);
  return { ms: ms ?? 0, counter: counter ?? 0 };
}

function writeClock(meta: Meta, clock: Clock): void {
  meta.set('clock', `${clock.ms}:${clock.counter}`);
}
