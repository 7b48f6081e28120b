import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { z } from 'zod';
import type { Manifest } from '#shared/contract/exchange.ts';
import { BLOB_PREFIX, CHANGES, FORMAT_VERSION, manifestSchema } from '../exchange/format.ts';
import { signManifest, SIGNED } from '../exchange/keys.ts';
import { seal } from '../exchange/seal.ts';

const deflated = promisify(deflateRaw);

/** Parcels of one programme, one laptop, sealed or not: their numbers have no hole. */
export interface StreamKey {
  /** Its id; '' for what belongs to none, '?' where nobody could tell. */
  readonly programme: string;
  readonly laptop: string;
  readonly sealed: boolean;
}

export function keyOf({ programme, laptop, sealed }: StreamKey): string {
  return `${programme} ${laptop} ${sealed}`;
}

/** What a parcel says beside what the manifest of a file says. */
const place = z.object({
  hub: z.string().max(64),
  programme: z.string().max(64),
  /** Whose stream it is: the laptop that pushed it first. */
  laptop: z.string().max(16),
  sealed: z.boolean(),
  number: z.int().min(1),
  /** SHA-256 of the manifest before it, in hex; null for the first. */
  previous: z.string().nullable(),
  /** SHA-256 over the 16 bytes of each id, in order: holds the same after values were blanked. */
  ids: z.string(),
  /** In the manifest of whoever mended it: the digest of the first one, and the erasures that came along. */
  mends: z.object({ digest: z.string(), extra: z.array(z.string().max(34)).max(10_000) }).optional(),
});

export const parcelSchema = manifestSchema.extend({ parcel: place });

export type ParcelManifest = Manifest & { parcel: z.infer<typeof place> };

/**
 * A parcel holds at most so much, so that a cut costs little and a reader needs little memory. A line alone may have 1 MB.
 */
export const PARCEL = {
  changes: 20_000,
  bytes: 4 * 1024 * 1024,
  blobs: 64 * 1024 * 1024,
} as const;

/**
 * What a push takes at once, and so most of what it makes parcels of. Far less than a reader takes: whoever works in the
 * window meanwhile waits while so much is sorted, signed and sealed, and at the pull while it goes into the log.
 */
export const AT_ONCE = { changes: 4000, bytes: 1024 * 1024 } as const;

/** Bytes of a row of the hub, manifests and all, beyond which it is not even fetched: it cannot be a parcel. */
export const MOST_ROW = 20 * 1024 * 1024;

/** Bytes of a blob in one row. */
export const PIECE = 1024 * 1024;

export const SALT_BYTES = 32;

/** Without which nobody can try out which phone number gives the sum that a manifest has: it goes when a value is blanked. */
export function digestOfLines(salt: Uint8Array, lines: Uint8Array): string {
  return createHash('sha256').update(salt).update(lines).digest('hex');
}

export function digestOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function digestOfIds(ids: Iterable<Uint8Array>): string {
  const hash = createHash('sha256');
  for (const id of ids) hash.update(id);
  return hash.digest('hex');
}

export interface ParcelContent {
  readonly id: string;
  readonly title: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly device: Manifest['device'];
  readonly privateKey: string;
  readonly parcel: Omit<ParcelManifest['parcel'], 'ids'>;
  /** Of the changes that are not extra, 16 bytes each, in order. */
  readonly ids: readonly Uint8Array[];
  /** Each a change as JSON, in id order. */
  readonly lines: readonly string[];
  readonly records: Readonly<Record<string, number>>;
  /** Bytes by SHA-256. */
  readonly blobs: ReadonlyMap<string, number>;
  /** 32 random bytes. */
  readonly salt: Uint8Array;
  /** Keys that can open it; without them everybody can who may read the row. */
  readonly keys: readonly string[] | null;
}

export interface MadeParcel {
  readonly manifest: string;
  readonly signature: string;
  readonly digest: string;
  readonly content: Buffer;
}

/** Signs and packs a parcel, and seals it where it is to be. */
export async function makeParcel(content: ParcelContent): Promise<MadeParcel> {
  const lines = Buffer.from(content.lines.map((line) => `${line}\n`).join(''));
  const files: Manifest['files'] = {
    [CHANGES]: { bytes: lines.length, sha256: digestOfLines(content.salt, lines) },
  };
  for (const [sha256, bytes] of [...content.blobs].sort()) files[BLOB_PREFIX + sha256] = { bytes, sha256 };
  const manifest: ParcelManifest = {
    format: 'dangol',
    version: FORMAT_VERSION,
    id: content.id,
    purpose: 'session',
    title: content.title,
    createdAt: content.createdAt,
    device: content.device,
    counts: { changes: content.lines.length, records: { ...content.records } },
    files,
    parcel: { ...content.parcel, ids: digestOfIds(content.ids) },
  };
  const text = JSON.stringify(manifest);
  const packed = Buffer.concat([content.salt, await deflated(lines)]);
  return {
    manifest: text,
    signature: signManifest(Buffer.from(text), content.privateKey, SIGNED.parcel),
    digest: digestOfText(text),
    content: content.keys ? await seal(packed, content.keys) : packed,
  };
}
