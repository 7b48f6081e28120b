import { z } from 'zod';
import { parts, type Part, type PartCounts } from '../incoming/effects.ts';
import type { Json } from '../merge/canonical.ts';
import { call } from './call.ts';
import type { ErrorReport } from './errors.ts';
import type { Place } from './outbox.ts';
import { bytes, id, laptopId, limit, none, type MadeFile } from './shapes.ts';

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
  /** In a session file: the newest kits that the laptop has, and when it merged them (ISO 8601). */
  kits?: { id: string; importedAt: string }[] | undefined;
  /** In a kit: the person whom it was made for. */
  recipient?: string | undefined;
  /** In a kit: the newest session files of the recipient that are merged, and when they were (ISO 8601). */
  receipts?: { id: string; importedAt: string }[] | undefined;
  /**
   * In a kit: where its trainer may send files. `place` is a `Place` of this version or of another one. `secret` is an
   * age file in base64, for laptops of the trainer alone.
   */
  destinations?: { id: string; name: string; place?: unknown; secret?: string | undefined }[] | undefined;
}

/** A destination as a kit tells of it; never with its secret. */
export interface KitDestination {
  name: string;
  place: Place;
}

/** What became of the destinations in a kit. */
export interface KitDestinations {
  /** They are new here, and can be sent to. */
  added: KitDestination[];
  /** They came from the same laptop before and are different now. */
  changed: KitDestination[];
  /** A person changed them here, so they stay as they are. */
  kept: string[];
  /** They wait until a person has confirmed the key of that laptop. */
  held: KitDestination[];
  /** They need a password that did not come along; some of those above. */
  withoutSecret: string[];
  /** So many were of a kind that this version does not know, or could not be used. */
  leftOut: number;
}

export interface LaptopSight {
  id: string;
  name: string;
  /** SHA-256 of the public key, the first 16 bytes, in groups of four hex digits. */
  fingerprint: string;
  firstSeen: boolean;
}

/** What is in a file, summed up from its changes: docs/exchange-file.md says what each counts. */
export interface FileDigest {
  /** Who did the work in it; the name as the file or this store has it, null where neither does. At most 50. */
  trainers: { id: string; name: string | null }[];
  /** First and last day of the work in it, Asia/Seoul; null where there is none. */
  days: { from: string; to: string } | null;
  visits: number;
  /** People who were present or late. */
  attendance: number;
  /** Survey responses that were handed in. */
  responses: number;
  /** Shops of which nothing is here; null where there is no store to compare with. */
  newStores: number | null;
  /** Changes that are not here yet; null where there is no store, or the file has over 50,000 changes. */
  fresh: number | null;
  /** False when there are too many records to count each: the counts are then at least so many. */
  whole: boolean;
  /** The programmes that it holds, or whose sessions, sites, grants and awards it holds. */
  programs: ProgramSight[];
}

/** A programme as a file tells of it; the name is null where the file does not say it. */
export interface ProgramSight {
  id: string;
  name: string | null;
}

/** A file as it is before anything of it is stored. */
export interface FileSight {
  /** Without its `destinations`, which are below. */
  manifest: Manifest;
  laptop: LaptopSight;
  /** Where a kit says that files can be sent, as far as this version knows it; left out where it says nothing. */
  destinations?: KitDestination[];
  /** Of the whole file, without its seal: two names of one file have the same, sealed or not. */
  sha256: string;
  /** It came sealed, and this laptop could open it. */
  sealed: boolean;
  /** How many laptops can open it, this one among them; which ones nobody can tell. 0 where it was not sealed. */
  recipients: number;
  digest: FileDigest;
  /** The live import that brought exactly this file. */
  already: { import: string; file: string; importedAt: string } | null;
  /** The programmes in it that are somebody else's (docs/decisions/0019-files-in.md). */
  unknownPrograms: ProgramSight[];
}

export interface LaptopName {
  id: string;
  name: string;
}

/** For which laptops a file can be sealed, beside this one. */
export interface SealSight {
  laptops: LaptopName[];
  /** Those for which it is not: a person said that their key is not theirs. */
  refused: LaptopName[];
}

/** A file that the system handed to the program, such as by a double-click: read, or why it could not be. */
export type OpenedFile = { file: string; bytes: Uint8Array } | { file: string; error: ErrorReport };

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
  /** Programmes that it brought and that this store did not know: it may be another coordinator's file. */
  unknownPrograms: ProgramSight[];
  /** Of a kit that says where files can be sent. */
  destinations?: KitDestinations;
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

/** What merged files changed, summed up by market and by who did it. */
export interface ImportSummary {
  /** Files that are still merged; an undone one changed nothing. */
  files: number;
  /** When the last of them was merged, ISO 8601 UTC. */
  importedAt: string;
  counts: PartCounts;
  /** By name of the market, then of the person; what belongs to no market last. */
  groups: {
    site: { id: string; name: string } | null;
    /** The laptop where nobody is named; its name may be empty. */
    by: { kind: 'person' | 'laptop'; id: string; name: string };
    counts: PartCounts;
  }[];
}

/** One thing that is different since files were merged. */
export interface ChangeRow {
  part: Part;
  entity: string;
  record: string;
  title: string;
  context: string;
  /** Null: the record is new. */
  field: string | null;
  /** The values shown before and after the merge; of a survey's answers only which questions have one. */
  before: Json;
  after: Json;
  /** The different values of a conflict. */
  values: Json[];
  /** Names of the records that the values point to, by id. */
  names: Record<string, string>;
  /** The file that it came in. */
  import: string;
  file: string;
}

export interface ImportChanges {
  rows: ChangeRow[];
  /** Of all pages. */
  total: number;
  next: number | null;
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
  /**
   * Writes an exchange file; without a filter, of everything in the store. `sealedFor` are the laptops that can open it,
   * beside this one; null where everybody can. Refuses to seal with SEAL_NO_COORDINATOR, SEAL_LAPTOP_UNKNOWN,
   * SEAL_KEY_REFUSED, SEAL_KEY_UNUSABLE or SEAL_TOO_LARGE; nothing is made then.
   */
  'exchange.export': call<
    MadeFile & { changes: number; records: Record<string, number>; sealedFor: LaptopName[] | null }
  >()(
    z.strictObject({
      purpose: z.enum(['session', 'kit']).default('session'),
      program: id.optional(),
      sessions: z.array(id).max(10_000).optional(),
      /** Sites with all of their shops and people; with these or `trainers` it is only what the field needs (docs/kits.md). */
      sites: z.array(id).max(1000).optional(),
      /** Whose sessions are meant, where `sessions` does not name them. */
      trainers: z.array(id).max(100).optional(),
      /** An import's id, or a time in ISO 8601: only what came or was written after it. */
      since: z.string().max(64).optional(),
      /**
       * Laptops known here, or whoever coordinates the sessions: only they, and this laptop, can open the file then.
       * Without it, everybody can.
       */
      sealFor: z
        .array(z.union([laptopId, z.literal('coordinator')]))
        .min(1)
        .max(100)
        .optional(),
    }),
  ),
  /** For whom `coordinator` would seal a file of these sessions. */
  'exchange.coordinators': call<SealSight>()(z.strictObject({ sessions: z.array(id).max(10_000) })),
  /**
   * The next file that the system handed to the program, each once; null when none is left. The event `opened` tells that
   * there are some. A shell that has them answers this after the core, which has none, has let it through.
   */
  'exchange.opened': call<OpenedFile | null>()(none),
  /** Checks a file in full and says what is in it, and whose; stores nothing. */
  'exchange.inspect': call<FileSight>()(z.strictObject({ file: z.string().max(1000), bytes })),
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
  /**
   * What imports changed, looked at as one: as the records were before the first and after the last of them, whatever was
   * written since. Progress as the job `changes`. NOT_FOUND when all of them are undone.
   */
  'imports.summary': call<ImportSummary>()(z.strictObject({ imports: z.array(id).min(1).max(5000) })),
  /** The same as a list, in the order in which it came: of one part, of one group, or all. */
  'imports.changes': call<ImportChanges>()(
    z.strictObject({
      imports: z.array(id).min(1).max(5000),
      part: z.enum(parts).optional(),
      /** The market, and the id of the person or laptop, of one group of the summary. */
      group: z.strictObject({ site: id.nullable(), by: z.string().max(64) }).optional(),
      limit,
      /** The `next` of the page before. */
      after: z.int().min(0).optional(),
    }),
  ),
  /** What `imports.undo` would do; changes nothing. */
  'imports.preview': call<UndoPreview>()(z.strictObject({ id })),
  /**
   * Takes away what an import alone brought. `destinations`: of a kit, the names of those that went with it, and of those
   * that stay since something waits for them or a person changed them here.
   */
  'imports.undo': call<{
    removed: number;
    kept: number;
    records: number;
    destinations?: { removed: string[]; waiting: string[]; changed: string[] };
  }>()(z.strictObject({ id })),
};
