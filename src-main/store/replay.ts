import { createHash } from 'node:crypto';
import { faultOf, type Change } from '#shared/merge/change.ts';
import { blobNamesIn } from './blobs.ts';
import { changeFrom, idFromBytes, idToBytes } from './codec.ts';
import type { ImportRecord } from './imports.ts';
import type { KnownLaptop } from './laptops.ts';
import { transaction, type Db } from './sqlite.ts';
import type { Store } from './store.ts';

/** What was taken over from a store that was set aside. */
export interface Replayed {
  readonly changes: number;
  readonly imports: number;
  /** Changes that could not be read, at most so many; null when not even their number could be. */
  readonly lost: number | null;
  /** Pictures and signatures that could not be read; null when not even their names could be. */
  readonly lostBlobs: number | null;
}

interface Row {
  readonly n: number;
  readonly id: Buffer;
  readonly body: string;
}

interface Readable {
  readonly rows: readonly Row[];
  /** Places that could not be read. */
  readonly bad: readonly number[];
}

/** What was written here between two imports, or what an import brought. */
interface Segment {
  readonly import: ImportRecord | null;
  readonly rows: Row[];
}

/**
 * Takes over what an older state of the same store lacks, in its order: each change that is missing, under the import
 * that brought it, so that its origin stays and it can be undone as before. Reads from `old` what can be read there.
 */
export function replay(old: Db, store: Store): Replayed {
  const end = orElse(() => endOf(old), null);
  if (end === null) return { changes: 0, imports: 0, lost: null, lostBlobs: null };
  const { rows, bad } = readRows(old, end);
  const imports = orElse(
    () => old.prepare('SELECT * FROM import ORDER BY firstN').all() as ImportRecord[],
    null,
  );
  const has = store.db.prepare('SELECT n FROM change WHERE id = ?').pluck();
  const at = store.db.prepare('SELECT 1 FROM change WHERE n = ?');
  const missing = rows.filter(({ id }) => has.get(id) === undefined);
  // A place that is taken here most likely holds the same change: both are states of one store.
  const unreadable = bad.filter((n) => at.get(n) === undefined).length;
  // Without the imports nobody can say where a change came from: just what this laptop wrote itself is certain.
  const own = store.laptop().id;
  const certain = imports ? missing : missing.filter(({ id }) => idFromBytes(id).endsWith(own));
  const segments = segmentsOf(store, certain, imports ?? []);
  let changes = 0;
  let lostBlobs: number | null = null;
  transaction(store.db, () => {
    for (const segment of segments) changes += takeOver(old, store, segment);
    lostBlobs = takeBlobs(old, store);
    takeClock(old, store);
  });
  store.projector.catchUp();
  for (const { id, undoneAt } of imports ?? []) {
    if (undoneAt !== null && store.imports.get(id)?.undoneAt === null) store.imports.undo(id, undoneAt);
  }
  return {
    changes,
    imports: segments.filter((segment) => segment.import).length,
    lost: unreadable + missing.length - changes,
    lostBlobs,
  };
}

/** A read that failed is tried once more: a disk may stumble, and what is not taken over here is missed for good. */
function orElse<T, E>(work: () => T, otherwise: E, tries = 2): T | E {
  try {
    return work();
  } catch {
    return tries > 1 ? orElse(work, otherwise, tries - 1) : otherwise;
  }
}

/** The last place in the log; where its own pages do not say so, the tables know how far they had come. */
function endOf(old: Db): number {
  const known = (sql: string): number | null => orElse(() => old.prepare(sql).pluck().get() as number, null);
  const end = known('SELECT coalesce(max(n), 0) FROM change');
  const projected = known("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'projected'");
  if (end === null && !projected) throw new Error('the end of the log cannot be read');
  return end ?? projected!;
}

/** Rows read at once; where that fails they are read one by one. */
const STRETCH = 500;

function readRows(old: Db, end: number): Readable {
  const rows: Row[] = [];
  const bad: number[] = [];
  const stretch = old.prepare('SELECT n, id, body FROM change WHERE n BETWEEN ? AND ? ORDER BY n');
  for (let from = 1; from <= end; from += STRETCH) {
    const to = Math.min(end, from + STRETCH - 1);
    const found = orElse(() => stretch.all(from, to) as Row[], null);
    if (found) rows.push(...found);
    else {
      for (let n = from; n <= to; n += 1) {
        const one = orElse(() => stretch.all(n, n) as Row[], null);
        if (one) rows.push(...one);
        else bad.push(n);
      }
    }
  }
  return { rows, bad };
}

/** The missing rows by what brought them, each import that is missing as one of its own, in the order of the log. */
function segmentsOf(store: Store, missing: readonly Row[], imports: readonly ImportRecord[]): Segment[] {
  const segments: Segment[] = [];
  const waiting = imports.filter(({ id }) => store.imports.get(id) === undefined);
  const begun: { readonly record: ImportRecord; readonly segment: Segment }[] = [];
  const begin = (n: number): void => {
    while (waiting[0] && waiting[0].firstN <= n) {
      const record = waiting.shift()!;
      const segment: Segment = { import: record, rows: [] };
      begun.push({ record, segment });
      segments.push(segment);
    }
  };
  for (const row of missing) {
    begin(row.n);
    const owner = begun.findLast(({ record }) => record.firstN <= row.n && row.n <= record.lastN);
    let target = owner?.segment ?? segments.at(-1);
    if (!target || (!owner && target.import)) segments.push((target = { import: null, rows: [] }));
    target.rows.push(row);
  }
  begin(Infinity);
  return segments;
}

function takeOver(old: Db, store: Store, { import: record, rows }: Segment): number {
  const changes = rows.flatMap((row) => readChange(row) ?? []);
  const appended = store.log.append(changes, record?.file ?? '');
  if (!record) return appended.added;
  const { id, file, sha256, manifest, laptop, importedAt, added, clockSuspect } = record;
  store.imports.add(
    { id, file, sha256, manifest, laptop, importedAt },
    { ...appended, added, known: knownOf(old, store, id), clockSuspect },
  );
  if (record.undoneAt !== null) {
    // What the older store kept of it, it kept because of others, and that holds here too.
    store.db.prepare('UPDATE import SET undoneAt = ? WHERE id = ?').run(record.undoneAt, id);
  }
  const known = orElse(
    () => old.prepare('SELECT * FROM laptop WHERE id = ?').get(laptop) as KnownLaptop | undefined,
    undefined,
  );
  if (known && !store.laptops.get(laptop)) store.laptops.put(known);
  return appended.added;
}

function readChange({ id, body }: Row): Change | null {
  const change = orElse(() => changeFrom(idFromBytes(id), body), null);
  return change && faultOf(change) === null ? change : null;
}

/** Where the changes stand here that an import brought and that were there before it. */
function knownOf(old: Db, store: Store, id: string): number[] {
  const ids = orElse(
    () =>
      old
        .prepare('SELECT id FROM change WHERE n IN (SELECT n FROM change_source WHERE import = ?)')
        .pluck()
        .all(id) as Buffer[],
    [],
  );
  const place = store.db.prepare('SELECT n FROM change WHERE id = ?').pluck();
  return ids.flatMap((one) => (place.get(idToBytes(idFromBytes(one))) as number | undefined) ?? []);
}

/**
 * Pictures and signatures that the log here names, each under those who brought it: one that an erasure destroyed here
 * stays destroyed, and one whose content is not what its name says stays out. Gives how many could not be had.
 */
function takeBlobs(old: Db, store: Store): number | null {
  const sources = orElse(
    () =>
      old.prepare('SELECT sha256, source FROM blob_source ORDER BY sha256').all() as {
        sha256: string;
        source: string;
      }[],
    null,
  );
  if (!sources) return null;
  const lost = new Set<string>();
  const named = namedBlobs(store.db);
  const read = old.prepare('SELECT bytes FROM blob WHERE sha256 = ?').pluck();
  const addSource = store.db.prepare('INSERT OR IGNORE INTO blob_source (sha256, source) VALUES (?, ?)');
  for (const { sha256, source } of sources) {
    if (!named.has(sha256)) continue;
    if (!store.blobs.has(sha256)) {
      const bytes = orElse(() => read.get(sha256) as Buffer | undefined, undefined);
      if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256) {
        lost.add(sha256);
        continue;
      }
      store.blobs.put(bytes, source);
    } else addSource.run(sha256, source);
  }
  return lost.size;
}

function namedBlobs(db: Db): Set<string> {
  const bodies = db.prepare('SELECT body FROM change').pluck().iterate() as IterableIterator<string>;
  const named = new Set<string>();
  for (const body of bodies) for (const name of blobNamesIn(body)) named.add(name);
  return named;
}

/** Its own clock never goes back: an id that was given away in a file must not be given again. */
function takeClock(old: Db, store: Store): void {
  const clock = orElse(
    () => old.prepare("SELECT value FROM meta WHERE key = 'clock'").pluck().get() as string | undefined,
    undefined,
  );
  const ms = (text: string | undefined): number => Number((text ?? '0:0').split(':')[0]);
  if (clock && ms(clock) > ms(store.meta.get('clock'))) store.meta.set('clock', clock);
}
