import { z } from 'zod';
import type { Json } from '../merge/canonical.ts';
import type { Fate, Replaced } from '../merge/provenance.ts';
import { entityNames } from '../model/model.ts';
import { call } from './call.ts';
import { id, line } from './shapes.ts';

export interface RecordView {
  entity: string;
  id: string;
  /** Null fields are left out; unknown fields are in. */
  fields: Record<string, Json>;
  conflicts: Record<string, readonly Json[]>;
}

/** One value that a field has or had, with where it comes from. */
export interface HistoryEntry {
  change: string;
  field: string;
  value: Json;
  erased: boolean;
  /** Whether no later change replaced it. */
  head: boolean;
  /** What became of the value. */
  fate: Fate;
  /** Takes part in a conflict that nobody has settled yet. */
  disputed: boolean;
  /** The values that its author saw and replaced; none for the first, several when a conflict was settled. */
  replaced: readonly Replaced[];
  /** `erase`: no value, but the moment at which those of the field were destroyed. Only with `erasures`. */
  kind: 'set' | 'erase';
  /** What the records are called that the values point to, by id; those that are not here are left out. */
  titles: Record<string, string>;
  /** ISO 8601 UTC, from the change's clock. */
  at: string;
  /** Whether that clock ran far ahead of the laptop that received the change. */
  clockSuspect: boolean;
  laptop: { id: string; name: string | null };
  author: { id: string; name: string | null } | null;
  /** The imports that brought it; empty for what was recorded here. */
  files: { import: string; file: string; importedAt: string }[];
}

const entity = z.enum(entityNames as [string, ...string[]]);
const set = z.record(z.string(), z.json());

/** Any record by its entity: for scripts, the history panel and what has no screen of its own yet. */
export const records = {
  'records.get': call<RecordView>()(z.strictObject({ entity: z.string(), id })),
  /** Newest first; with `limit`, the entries of so many changes. */
  'records.history': call<HistoryEntry[]>()(
    z.strictObject({
      entity: z.string(),
      id,
      field: z.string().optional(),
      erasures: z.boolean().default(false),
      limit: z.int().min(1).max(1_000_000).optional(),
    }),
  ),
  /** Makes a record (without `id`) or sets fields of one; null clears a field. */
  'records.write': call<{ id: string; change: string }>()(z.strictObject({ entity, id: id.optional(), set })),
  'records.delete': call<{ change: string }>()(z.strictObject({ entity, id })),
  /** Destroys the values of some fields everywhere they went or will come from; cannot be undone. */
  'records.erase': call<{ change: string }>()(
    z.strictObject({
      ...{ entity, id },
      fields: z.array(z.string()).min(1).max(100),
      /** Stands in the record of access. */
      reason: line.optional(),
    }),
  ),
  'records.restore': call<{ change: string }>()(z.strictObject({ entity, id })),
};
