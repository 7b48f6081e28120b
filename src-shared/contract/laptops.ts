import { z } from 'zod';
import type { Awaited } from '../desk/expected.ts';
import { call } from './call.ts';
import type { KitDestination, LaptopSight } from './exchange.ts';
import { laptopId, none } from './shapes.ts';

/** waiting: nobody has compared the fingerprint yet · confirmed: a person has · unknown: a person says it is not theirs. */
export const keyVerdicts = ['waiting', 'confirmed', 'unknown'] as const;
export type KeyVerdict = (typeof keyVerdicts)[number];

/** A key as it was met here. Times are ISO 8601 UTC. */
export interface LaptopKey {
  fingerprint: string;
  /** When it was first seen, or accepted in place of the one before. */
  since: string;
  verdict: KeyVerdict;
  /** When a person said so; null while waiting. */
  judgedAt: string | null;
}

export interface LaptopRow {
  id: string;
  /** As its last file called it. */
  name: string;
  role: string;
  firstSeenAt: string;
  key: LaptopKey;
  /** Those before, the latest first. */
  earlierKeys: LaptopKey[];
  /** The last file that is in; null when all were undone. */
  lastFile: { import: string; title: string; file: string; createdAt: string; importedAt: string } | null;
  /** Files that are in, those that were undone, and changes that the former brought first. */
  files: number;
  undone: number;
  changes: number;
  /** The trainers whose visits it began; without a visit, those whose classes it marked alone. Most first. */
  recordsFor: { id: string; name: string; records: number }[];
  /** Changes that it wrote more than a day ahead of this laptop's clock, and the furthest of them in milliseconds. */
  clock: { ahead: number; furthestMs: number };
  /** Its trainers' sessions that are late. */
  late: number;
}

export interface LateSession {
  id: string;
  title: string;
  date: string;
  /** Days since. */
  days: number;
  kind: string | null;
  site: string | null;
  missing: Awaited[];
}

export interface LateTrainer {
  /** Null for sessions that have no trainer. */
  trainer: { id: string; name: string } | null;
  laptops: { id: string; name: string; lastImportedAt: string | null }[];
  /** The longest ago first. */
  sessions: LateSession[];
}

export const laptops = {
  /** Every laptop whose file was seen here: those to be asked about first, then those with something late, then by name. */
  'laptops.list': call<LaptopRow[]>()(none),
  /** What is expected and has not come, by trainer; a session of two trainers stands under both. Rule: docs/desk.md. */
  'laptops.late': call<{ sessions: number; trainers: LateTrainer[] }>()(none),
  /**
   * What a person says of the key that a laptop has now. Refused with LAPTOP_KEY_STALE when it is not the key with this
   * fingerprint any more. Nothing is removed, whatever they say. Where confirming it lets in the destinations of its kits,
   * they are the answer.
   */
  'laptops.judge': call<KitDestination[] | null>()(
    z.strictObject({ id: laptopId, fingerprint: z.string().max(64), verdict: z.enum(keyVerdicts) }),
  ),
  /** Accepts the new key of a laptop that was known under another one: the person has compared the fingerprints. */
  'laptops.accept': call<LaptopSight>()(z.strictObject({ id: laptopId, publicKey: z.string().max(64) })),
};
