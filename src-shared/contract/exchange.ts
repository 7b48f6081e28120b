import { z } from 'zod';
import { call } from './call.ts';
import type { ErrorReport } from './errors.ts';
import { bytes, id, limit, none, type MadeFile } from './shapes.ts';

export interface Manifest {
  format: 'dangol';
  version: number;
  id: string;
  purpose: 'session' | 'kit';
  title: string;
  createdAt: string;
  device: { id: string; name: string; role: string; publicKey: string };
  counts: { changes: number; records: Record<string, number> };
  files: Record<string, { bytes: number; sha256: string }>;
}

export interface LaptopSight {
  id: string;
  name: string;
  /** SHA-256 of the public key, the first 16 bytes, in groups of four hex digits. */
  fingerprint: string;
  firstSeen: boolean;
}

export interface ImportedFile {
  file: string;
  status: 'imported' | 'already' | 'refused';
  /** The id of the import, for `imports.undo`; null when refused. */
  import: string | null;
  /** Changes that were not here before. */
  new: number;
  /** Changes that were here already. */
  known: number;
  /** Fields that newly disagree because of this file. */
  conflicts: number;
  /** New changes whose clock runs more than a day ahead of this laptop's. */
  clockSuspect: number;
  records: Record<string, number>;
  laptop: LaptopSight | null;
  error?: ErrorReport;
}

/** What undoing an import would take away. */
export interface UndoPreview {
  removed: number;
  /** Changes that stay, because another file or this laptop brought them too. */
  kept: number;
  records: number;
  byEntity: Record<string, number>;
  /** The first 200 records; `vanishes` where nothing of them would be left. */
  rows: { entity: string; record: string; title: string; context: string; vanishes: boolean }[];
}

/** What a file brought; of an import that was undone, nothing is told. */
export interface ImportContents {
  /** Records by entity. */
  counts: Record<string, number>;
  rows: {
    entity: string;
    record: string;
    title: string;
    context: string;
    deleted: boolean;
    /** Changes of it in the file, and those of them that were not here before. */
    changes: number;
    fresh: number;
  }[];
  next: string | null;
}

export interface ImportRow {
  id: string;
  file: string;
  title: string;
  purpose: 'session' | 'kit';
  laptop: { id: string; name: string };
  importedAt: string;
  undoneAt: string | null;
  changes: number;
  known: number;
  clockSuspect: number;
}

export const exchange = {
  /** Writes an exchange file; without a filter, of everything in the store. */
  'exchange.export': call<MadeFile & { changes: number; records: Record<string, number> }>()(
    z.strictObject({
      purpose: z.enum(['session', 'kit']).default('session'),
      program: id.optional(),
      sessions: z.array(id).max(10_000).optional(),
      /** An import's id, or a time in ISO 8601: only what came or was written after it. */
      since: z.string().max(64).optional(),
    }),
  ),
  /** Checks a file in full and says what is in it; stores nothing. */
  'exchange.inspect': call<{ manifest: Manifest; laptop: LaptopSight }>()(
    z.strictObject({ file: z.string().max(1000), bytes }),
  ),
  /** Checks a file and adds the changes that are new, all or none. A refusal is a result, not an error. */
  'exchange.import': call<ImportedFile>()(
    z.strictObject({ file: z.string().max(1000), bytes, dryRun: z.boolean().default(false) }),
  ),
  /** Begins a job over many files: several times faster than one by one, since they are projected together. */
  'imports.begin': call<{ run: string }>()(none),
  /** Adds a file to the job: durable when answered; its conflicts are counted by `imports.finish`. */
  'imports.add': call<ImportedFile>()(z.strictObject({ run: id, file: z.string().max(1000), bytes })),
  /**
   * Projects what came in, with progress as the job `import`, and gives every file of the job in the order they were
   * added. A caller who stops before the last file finishes too: what was added is in.
   */
  'imports.finish': call<ImportedFile[]>()(z.strictObject({ run: id })),
  'imports.list': call<ImportRow[]>()(none),
  /** What an import brought: its records by entity and id; `after` is the `next` of the page before. */
  'imports.contents': call<ImportContents>()(
    z.strictObject({
      id,
      entity: z.string().max(64).optional(),
      limit,
      after: z.string().max(200).optional(),
    }),
  ),
  /** What `imports.undo` would do; changes nothing. */
  'imports.preview': call<UndoPreview>()(z.strictObject({ id })),
  /** Takes away what an import alone brought. */
  'imports.undo': call<{ removed: number; kept: number; records: number }>()(z.strictObject({ id })),
};
