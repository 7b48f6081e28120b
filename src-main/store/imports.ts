import { Refusal } from '#shared/contract/errors.ts';
import type { MergedFiles } from '#shared/figures/report-state.ts';
import type { Change } from '#shared/merge/change.ts';
import { changeFrom, idFromBytes } from './codec.ts';
import type { Appended } from './log.ts';
import type { Meta } from './meta.ts';
import type { Projector } from './projector.ts';
import { transaction, type Db } from './sqlite.ts';

/** A file that was imported, live or undone. Times are ISO 8601 UTC. */
export interface ImportRecord {
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
  /** The manifest as it stood in the file. */
  readonly manifest: string;
  readonly laptop: string;
  readonly importedAt: string;
  readonly firstN: number;
  readonly lastN: number;
  readonly added: number;
  readonly known: number;
  readonly clockSuspect: number;
  readonly undoneAt: string | null;
}

/** What undoing takes away and what stays because something else brought it too. */
export interface Undone {
  readonly removed: number;
  readonly kept: number;
  readonly records: number;
  /** The records that the removed changes belong to. */
  readonly touched: readonly { readonly entity: string; readonly record: string }[];
}

export interface Imports {
  add(record: Omit<ImportRecord, 'undoneAt' | keyof Appended>, appended: Appended): void;
  /** A live import of exactly this file. */
  bySha256(sha256: string): ImportRecord | undefined;
  get(id: string): ImportRecord | undefined;
  /** Newest first, undone ones included. */
  list(): ImportRecord[];
  /** The live imports that brought the change at a place in the log; none for what was written here alone. */
  sourcesOf(n: number): ImportRecord[];
  /** Whether a live import brought the change at a place; for many places at once. */
  broughtBy(id: string): (n: number) => boolean;
  /** The import that first brought the change at a place, live or undone; undefined for what was written here. */
  ownerOf(n: number): ImportRecord | undefined;
  /** Takes the import's source away; changes left with no source go, and their records are projected again. */
  undo(id: string, at: string): Undone;
  /**
   * Takes imports out whose changes are the last in the log and not projected yet, as if they had never come. False,
   * and nothing is done, when some of them are projected already.
   */
  forget(ids: readonly string[]): boolean;
}

/** How many files are in now, and when the last of them came. */
export function mergedFiles(db: Db): MergedFiles {
  return db
    .prepare('SELECT count(*) AS files, max(importedAt) AS lastAt FROM import WHERE undoneAt IS NULL')
    .get() as MergedFiles;
}

export function openImports(db: Db, meta: Meta, projector: Projector): Imports {
  const insert = db.prepare(
    `INSERT INTO import (id, file, sha256, manifest, laptop, importedAt, firstN, lastN, added, known, clockSuspect)
     VALUES (@id, @file, @sha256, @manifest, @laptop, @importedAt, @firstN, @lastN, @added, @known, @clockSuspect)`,
  );
  const bySha256 = db.prepare('SELECT * FROM import WHERE sha256 = ? AND undoneAt IS NULL');
  const addSource = db.prepare('INSERT OR IGNORE INTO change_source (n, import) VALUES (?, ?)');
  // Ranges do not overlap: only the first that ends at or after a place can hold it.
  const endsFrom = db.prepare(
    'SELECT * FROM import WHERE lastN >= firstN AND lastN >= ? ORDER BY lastN LIMIT 1',
  );
  const extras = db.prepare(
    'SELECT import.* FROM change_source JOIN import ON import.id = change_source.import WHERE n = ? AND undoneAt IS NULL',
  );

  function ownerOf(n: number): ImportRecord | undefined {
    const next = endsFrom.get(n) as ImportRecord | undefined;
    return next && next.firstN <= n ? next : undefined;
  }

  function sourcesOf(n: number): ImportRecord[] {
    const first = ownerOf(n);
    const others = extras.all(n) as ImportRecord[];
    return first && first.undoneAt === null ? [first, ...others] : others;
  }

  function get(id: string): ImportRecord | undefined {
    return db.prepare('SELECT * FROM import WHERE id = ?').get(id) as ImportRecord | undefined;
  }

  function broughtBy(id: string): (n: number) => boolean {
    const record = get(id);
    if (!record || record.undoneAt !== null) return () => false;
    const also = new Set(
      db.prepare('SELECT n FROM change_source WHERE import = ?').pluck().all(id) as number[],
    );
    return (n) => (n >= record.firstN && n <= record.lastN) || also.has(n);
  }

  function undo(id: string, at: string): Undone {
    return transaction(db, () => {
      const record = get(id);
      if (!record || record.undoneAt !== null) throw new Refusal('NOT_FOUND', { entity: 'import', id });
      projector.catchUp();
      const brought = db
        .prepare(
          'SELECT n, id, body FROM change WHERE n BETWEEN ? AND ? UNION SELECT n, id, body FROM change WHERE n IN (SELECT n FROM change_source WHERE import = ?)',
        )
        .all(record.firstN, record.lastN, id) as { n: number; id: Buffer; body: string }[];
      db.prepare('UPDATE import SET undoneAt = ? WHERE id = ?').run(at, id);
      db.prepare('DELETE FROM change_source WHERE import = ?').run(id);
      const gone = brought.filter(
        (row) => !isErasure(row.body) && ownerOf(row.n) !== undefined && sourcesOf(row.n).length === 0,
      );
      const remove = db.prepare('DELETE FROM change WHERE n = ?');
      for (const { n } of gone) remove.run(n);
      const touched = reprojectWithout(
        gone.map((row) => ({ n: row.n, change: changeFrom(idFromBytes(row.id), row.body) })),
      );
      removeBlobs([id]);
      return { removed: gone.length, kept: brought.length - gone.length, records: touched.length, touched };
    });
  }

  /**
   * An erasure stays when the file that brought it is undone: what it destroyed is gone for good, and without it the
   * same change would stand here and elsewhere with two contents.
   */
  function isErasure(body: string): boolean {
    return (JSON.parse(body) as Pick<Change, 'erase'>).erase !== undefined;
  }

  function reprojectWithout(
    gone: readonly { n: number; change: Change }[],
  ): { entity: string; record: string }[] {
    const touched = new Map<string, { entity: string; record: string; places: Set<number> }>();
    for (const { n, change } of gone) {
      const key = `${change.entity} ${change.record}`;
      const one = touched.get(key) ?? {
        entity: change.entity,
        record: change.record,
        places: new Set<number>(),
      };
      one.places.add(n);
      touched.set(key, one);
    }
    for (const { entity, record, places } of touched.values()) {
      const left = projector
        .table(entity)
        .places(record)
        .filter((n) => !places.has(n));
      projector.reproject(entity, record, left);
    }
    return [...touched.values()].map(({ entity, record }) => ({ entity, record }));
  }

  function forget(ids: readonly string[]): boolean {
    return transaction(db, () => {
      const records = ids.map((id) => get(id)!);
      if (records.some(({ firstN }) => firstN <= Number(meta.get('projected') ?? 0))) return false;
      for (const { id, firstN, lastN } of records) {
        db.prepare('DELETE FROM change WHERE n BETWEEN ? AND ?').run(firstN, lastN);
        db.prepare('DELETE FROM change_source WHERE import = ?').run(id);
        db.prepare('DELETE FROM import WHERE id = ?').run(id);
      }
      removeBlobs(ids);
      return true;
    });
  }

  function removeBlobs(sources: readonly string[]): void {
    const remove = db.prepare('DELETE FROM blob_source WHERE source = ?');
    for (const source of sources) remove.run(source);
    db.prepare('DELETE FROM blob WHERE sha256 NOT IN (SELECT sha256 FROM blob_source)').run();
  }

  return {
    add(record, appended) {
      const { known, destroyed: _destroyed, fresh: _fresh, ...rest } = appended;
      insert.run({ ...record, ...rest, known: known.length });
      // What was written here needs no second source: it never goes when an import is undone, but the history shows it.
      for (const n of known) addSource.run(n, record.id);
    },
    bySha256: (sha256) => bySha256.get(sha256) as ImportRecord | undefined,
    get,
    list: () => db.prepare('SELECT * FROM import ORDER BY importedAt DESC, id DESC').all() as ImportRecord[],
    sourcesOf,
    broughtBy,
    ownerOf,
    undo,
    forget,
  };
}
