import { z } from 'zod';
import type { Manifest } from '#shared/contract/exchange.ts';
import { MAX_EXCHANGE_FILE, MOST_KIT_DESTINATIONS } from '#shared/contract/limits.ts';
import { LAPTOP_ID } from '#shared/merge/clock.ts';

/** The exchange file, version 1 (docs/exchange-file.md). */
export const FORMAT_VERSION = 1;

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';
export const CHANGES = 'changes.jsonl';
export const BLOB_PREFIX = 'blobs/';
export const BLOB_NAME = /^blobs\/[0-9a-f]{64}$/;

/**
 * Bytes, unless it says otherwise. A file beyond these is refused before it is unpacked. They are chosen so that whatever
 * a file holds, it is refused within 512 MB of memory and 10 seconds (tests/property/hostile-files.test.ts), and are a
 * multiple of the largest real file, a full export of the national demo: 9 MB, 68 MB unpacked, 208,000 changes.
 */
export const LIMITS = {
  file: MAX_EXCHANGE_FILE,
  /** A sealed file: it is in memory twice while it is opened. */
  sealed: 128 * 1024 * 1024,
  /** In front of what is sealed, for whom it is: 500 laptops. Each is tried. */
  sealHeader: 64 * 1024,
  manifest: 4 * 1024 * 1024,
  signature: 1024,
  changes: 256 * 1024 * 1024,
  /** The same as it lies in the file. */
  changesPacked: 64 * 1024 * 1024,
  /** Lines of `changes.jsonl`. */
  count: 1_000_000,
  /** Lines beyond this are held packed while they are read. */
  heldText: 8 * 1024 * 1024,
  line: 1024 * 1024,
  blob: 32 * 1024 * 1024,
  unpacked: 512 * 1024 * 1024,
  entries: 20_000,
  /** Real files pack about 10 to 1; a bomb packs 1,000 to 1. */
  ratio: 200,
  /** Entries under this size may pack as well as they like. */
  ratioFrom: 1024 * 1024,
} as const;

/** Kits that a session file may name; it names the newest few. */
const MOST_KITS = 100;
/** Session files that a kit may name. */
const MOST_RECEIPTS = 1000;
/** Characters of a sealed secret: 4,000 bytes for 100 laptops. */
export const MOST_SECRET = 32_768;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const instant = z.iso.datetime({ offset: true }).max(40);
/** UTF-8 cannot hold half a surrogate pair, JSON's escapes can. */
const text = z.string().refine((value) => value.isWellFormed(), 'well-formed Unicode');

const told = z.object({ id: text.min(1).max(64), importedAt: instant });

/** What it leads to is asked one by one: a kind that is not known here is no reason to refuse the kit. */
const destination = z.object({
  id: text.min(1).max(64),
  name: text.max(200),
  place: z.unknown(),
  secret: z.base64().max(MOST_SECRET).optional(),
});

/** Members that this version does not know are let through: fields may be added. */
export const manifestSchema = z.object({
  format: z.literal('dangol'),
  version: z.literal(FORMAT_VERSION),
  id: text.min(1).max(64),
  purpose: z.enum(['session', 'kit']),
  title: text.max(1000),
  createdAt: instant,
  device: z.object({
    id: z.string().regex(LAPTOP_ID),
    name: text.max(200),
    role: text.max(40),
    publicKey: z.string().max(64),
  }),
  counts: z.object({ changes: count, records: z.record(text, count) }),
  files: z.record(z.string(), z.object({ bytes: count, sha256 })),
  kits: z.array(told).max(MOST_KITS).optional(),
  recipient: text.min(1).max(64).optional(),
  receipts: z.array(told).max(MOST_RECEIPTS).optional(),
  destinations: z.array(destination).max(MOST_KIT_DESTINATIONS).optional(),
}) satisfies z.ZodType<Manifest>;
