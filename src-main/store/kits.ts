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
  taken(limit: number): { id: string; importedAt: string }[];
  /** The laptop that made the newest of these; null where none came. */
  lastGiver(): string | null;
}

/** Whoever reads a file checks its manifest, but one that came before this member was known may hold anything there. */
function kitsIn(manifest: string): { id: string; at: number }[] {
  const { kits } = JSON.parse(manifest) as { kits?: unknown };
  if (!Array.isArray(kits)) return [];
  return (kits as Partial<Record<'id' | 'importedAt', unknown> | null>[]).flatMap((one) => {
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

interface KitFileRow {
  readonly manifest: string;
  readonly laptop: string;
  readonly importedAt: string;
}
type KitFile = Omit<KitFileRow, 'manifest'> & { readonly manifest: Manifest };

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
  const kitFiles = db.prepare(
    `SELECT manifest, laptop, importedAt FROM import
     WHERE undoneAt IS NULL AND laptop <> ? AND instr(manifest, '"kit"') > 0 ORDER BY importedAt DESC, id DESC`,
  );

  function* came(): Generator<KitFile, undefined> {
    for (const row of kitFiles.iterate(ownLaptop) as IterableIterator<KitFileRow>) {
      const manifest = JSON.parse(row.manifest) as Manifest;
      if (manifest.purpose === 'kit') yield { ...row, manifest };
    }
    return undefined;
  }

  function receipts(): Receipt[] {
    const rows = telling.all() as {
      manifest: string;
      laptop: string;
      importedAt: string;
      laptopName: string;
    }[];
    const told = rows.flatMap(({ manifest, ...by }) =>
      kitsIn(manifest).map(({ id, at }): Receipt => ({
        kit: id,
        laptop: by.laptop,
        laptopName: by.laptopName,
        // A clock that runs ahead is not believed.
        importedAt: at < Date.parse(by.importedAt) ? new Date(at).toISOString() : by.importedAt,
      })),
    );
    return told.sort((a, b) => (a.importedAt < b.importedAt ? 1 : -1));
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
    taken: (limit) => [...came().take(limit)].map(({ manifest: { id }, importedAt }) => ({ id, importedAt })),
    lastGiver: () => [...came().take(1)][0]?.laptop ?? null,
  };
}
