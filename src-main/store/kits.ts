import type { Manifest } from '#shared/contract/exchange.ts';
import type { Db } from './sqlite.ts';

/** A kit that was made here. */
export interface KitRecord {
  /** Of its manifest. */
  readonly id: string;
  readonly trainer: string;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  readonly sessions: readonly string[];
  readonly sites: readonly string[];
  readonly changes: number;
  /** Where the log ended. */
  readonly lastN: number;
}

/** A laptop said in a file of its own that it has a kit. */
export interface Receipt {
  readonly kit: string;
  readonly laptop: string;
  readonly laptopName: string;
  /** ISO 8601 UTC, never later than the file that says so. */
  readonly importedAt: string;
}

export interface Kits {
  add(kit: KitRecord): void;
  /** The kits made for a trainer, newest first. */
  madeFor(trainer: string): KitRecord[];
  /** What the live imports tell, newest first: an import that is undone takes its word along. */
  receipts(): Receipt[];
  /** The kits that came here and were not taken out again, newest first. */
  taken(limit: number): Told[];
  /** The laptop that made the newest of these; null where none came. */
  lastGiver(): string | null;
  /** The laptop that made the first kit that ever came here, be it taken out again since; null where none came. */
  firstGiver(): string | null;
  /** The session files of some laptops, of all when none is named, that came here and were not taken out, newest first. */
  merged(laptops: readonly string[], limit: number): Told[];
  /** The session files of which a live kit says that they are merged elsewhere, by their id: since when, ISO 8601 UTC. */
  confirmed(): Map<string, string>;
}

/** A file that is merged: the id in its manifest, and when, ISO 8601 UTC. */
interface Told {
  readonly id: string;
  readonly importedAt: string;
}

/** A file that came, and whose it is. */
type Came = Told & { readonly laptop: string };

const toldOf = ({ id, importedAt }: Came): Told => ({ id, importedAt });

/** Whoever reads a file checks its manifest, but one that came before a member was known may hold anything there. */
function toldIn(manifest: string, member: 'kits' | 'receipts'): { id: string; at: number }[] {
  const told = (JSON.parse(manifest) as Record<string, unknown>)[member];
  if (!Array.isArray(told)) return [];
  return (told as Partial<Record<'id' | 'importedAt', unknown> | null>[]).flatMap((one) => {
    const at = typeof one?.importedAt === 'string' ? Date.parse(one.importedAt) : NaN;
    return typeof one?.id === 'string' && !Number.isNaN(at) ? [{ id: one.id, at }] : [];
  });
}

interface Row {
  readonly id: string;
  readonly trainer: string;
  readonly madeAt: string;
  readonly chosen: string;
  readonly changes: number;
  readonly lastN: number;
}

export function openKits(db: Db, ownLaptop: string): Kits {
  const insert = db.prepare(
    `INSERT INTO kit (id, trainer, madeAt, chosen, changes, lastN)
     VALUES (@id, @trainer, @madeAt, @chosen, @changes, @lastN)`,
  );
  const of = db.prepare('SELECT * FROM kit WHERE trainer = ? ORDER BY madeAt DESC, id DESC');
  const telling = db.prepare(
    `SELECT i.manifest, i.laptop, i.importedAt, coalesce(l.name, '') AS laptopName
     FROM import i LEFT JOIN laptop l ON l.id = i.laptop
     WHERE i.undoneAt IS NULL AND instr(i.manifest, '"kits"') > 0`,
  );
  const files = db.prepare(
    `SELECT manifest, laptop, importedAt FROM import
     WHERE undoneAt IS NULL AND laptop <> ? AND instr(manifest, ?) > 0 ORDER BY importedAt DESC, id DESC`,
  );
  const first = db.prepare(
    // In the order in which they came, whatever the clock said.
    `SELECT manifest, laptop FROM import WHERE laptop <> ? AND instr(manifest, '"kit"') > 0 ORDER BY rowid`,
  );
  const confirming = db.prepare(
    `SELECT manifest, importedAt FROM import
     WHERE undoneAt IS NULL AND laptop <> ? AND instr(manifest, '"receipts"') > 0`,
  );

  function receipts(): Receipt[] {
    const rows = telling.all() as {
      manifest: string;
      laptop: string;
      importedAt: string;
      laptopName: string;
    }[];
    const told = rows.flatMap(({ manifest, ...by }) =>
      toldIn(manifest, 'kits').map(({ id, at }): Receipt => ({
        kit: id,
        laptop: by.laptop,
        laptopName: by.laptopName,
        importedAt: believed(at, by.importedAt),
      })),
    );
    return told.sort((a, b) => (a.importedAt < b.importedAt ? 1 : -1));
  }

  /** The newest files of a purpose, each once, however often it was merged and taken out. */
  function newest(purpose: Manifest['purpose'], from: (laptop: string) => boolean, limit: number): Came[] {
    const found = new Map<string, Came>();
    const rows = files.iterate(ownLaptop, `"${purpose}"`) as IterableIterator<
      Record<'manifest' | 'laptop' | 'importedAt', string>
    >;
    for (const { manifest, laptop, importedAt } of rows) {
      if (!from(laptop)) continue;
      const { id, purpose: is } = JSON.parse(manifest) as Manifest;
      if (is !== purpose || found.has(id)) continue;
      found.set(id, { id, laptop, importedAt });
      if (found.size === limit) break;
    }
    return [...found.values()];
  }

  function firstGiver(): string | null {
    const rows = first.iterate(ownLaptop) as IterableIterator<Record<'manifest' | 'laptop', string>>;
    for (const { manifest, laptop } of rows) {
      if ((JSON.parse(manifest) as Manifest).purpose === 'kit') return laptop;
    }
    return null;
  }

  return {
    add: ({ sessions, sites, ...kit }) =>
      void insert.run({ ...kit, chosen: JSON.stringify({ sessions, sites }) }),
    madeFor: (trainer) =>
      (of.all(trainer) as Row[]).map(({ chosen, ...row }) => ({
        ...row,
        ...(JSON.parse(chosen) as Pick<KitRecord, 'sessions' | 'sites'>),
      })),
    receipts,
    taken: (limit) => newest('kit', () => true, limit).map(toldOf),
    lastGiver: () => newest('kit', () => true, 1)[0]?.laptop ?? null,
    firstGiver,
    merged: (laptops, limit) =>
      newest('session', (laptop) => laptops.length === 0 || laptops.includes(laptop), limit).map(toldOf),
    confirmed() {
      const rows = confirming.all(ownLaptop) as { manifest: string; importedAt: string }[];
      const found = new Map<string, string>();
      for (const { manifest, importedAt } of rows) {
        for (const { id, at } of toldIn(manifest, 'receipts')) {
          const since = believed(at, importedAt);
          if (since < (found.get(id) ?? '~')) found.set(id, since);
        }
      }
      return found;
    },
  };
}

/** A clock that runs ahead is not believed: nothing was known before the file that says so. */
function believed(at: number, importedAt: string): string {
  return at < Date.parse(importedAt) ? new Date(at).toISOString() : importedAt;
}
