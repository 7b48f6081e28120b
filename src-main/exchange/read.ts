import { createHash } from 'node:crypto';
import type { Manifest } from '#shared/contract/exchange.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { Change } from '#shared/merge/change.ts';
import {
  BLOB_NAME,
  BLOB_PREFIX,
  CHANGES,
  FORMAT_VERSION,
  LIMITS,
  MANIFEST,
  manifestSchema,
  SIGNATURE,
} from './format.ts';
import { isSignedBy } from './keys.ts';
import { gather, parseLines, type Text } from './lines.ts';
import { isSealed } from './seal.ts';
import { sha256 } from './write.ts';
import { openZip, type ZipEntry } from './zip.ts';

/** By SHA-256; each is unpacked when it is asked for. */
export type PackedBlobs = Pick<ReadonlyMap<string, Buffer>, 'values' | typeof Symbol.iterator>;

/**
 * An exchange file whose names, sizes, signature and hashes hold. Its lines are checked as they are read; those of a
 * large file have been before.
 */
export interface ExchangeFile {
  readonly manifest: Manifest;
  /** The manifest's text as it stands in the file. */
  readonly manifestText: string;
  /** Of the whole file, without a seal. */
  readonly sha256: string;
  readonly blobs: PackedBlobs;
  /** The changes in id order; throws a refusal at the first line that is not one. */
  changes(): IterableIterator<Change>;
}

/**
 * Opens someone else's file, out of its seal (`openSealed`): what is sealed in a seal is refused. Every rule of the format
 * is checked before a line reaches the store.
 */
export async function readExchangeFile(file: string, bytes: Buffer): Promise<ExchangeFile> {
  if (isSealed(bytes)) throw new Refusal('FILE_SEALED', { file, reason: 'sealed twice' });
  const entries = new Map((await openZip(file, bytes)).map((entry) => [entry.name, entry]));
  for (const name of entries.keys()) {
    const ours = name === MANIFEST || name === SIGNATURE || name === CHANGES || BLOB_NAME.test(name);
    if (!ours) throw new Refusal('FILE_ENTRY_FOREIGN', { file, entry: name });
  }
  const manifestBytes = small(file, entries, MANIFEST, LIMITS.manifest);
  const manifest = parseManifest(file, manifestBytes);
  const signature = small(file, entries, SIGNATURE, LIMITS.signature);
  if (!isSignedBy(manifestBytes, signature.toString('latin1'), manifest.device.publicKey)) {
    throw new Refusal('FILE_SIGNATURE_WRONG', { file });
  }
  checkListing(file, manifest, entries);
  const blobs = new Map<string, ZipEntry>();
  for (const [name, entry] of entries) {
    if (!name.startsWith(BLOB_PREFIX)) continue;
    mustBe(file, manifest, name, await hashOf(entry));
    blobs.set(name.slice(BLOB_PREFIX.length), entry);
  }
  const text = await textOf(file, manifest, entries.get(CHANGES)!);
  const changes = (): IterableIterator<Change> => parseLines(file, text, manifest.counts.changes);
  // A large file's last line should not be found wrong only when all others are in the store.
  if (text.isLarge) for (const _change of changes()) void _change;
  return {
    manifest,
    manifestText: manifestBytes.toString('utf8'),
    sha256: sha256(bytes),
    blobs: unpackedOnDemand(blobs),
    changes,
  };
}

function small(file: string, entries: Map<string, ZipEntry>, name: string, limit: number): Buffer {
  const entry = entries.get(name);
  if (!entry) throw new Refusal('FILE_ENTRY_MISSING', { file, entry: name });
  if (entry.bytes > limit) throw new Refusal('FILE_ENTRY_BOMB', { file, entry: name });
  return entry.unpack();
}

function parseManifest(file: string, bytes: Buffer): Manifest {
  let value: unknown;
  try {
    // A byte order mark stays and is no JSON: the text is kept as it stands, and whoever reads it later would stumble.
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    throw new Refusal('FILE_MANIFEST_INVALID', { file, at: 'JSON' }, error);
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > FORMAT_VERSION) {
    throw new Refusal('FILE_VERSION_NEWER', { file, found: version, known: FORMAT_VERSION });
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join('.') || 'manifest';
    throw new Refusal('FILE_MANIFEST_INVALID', { file, at });
  }
  return parsed.data;
}

/** The manifest and the zip name the same files, with the same sizes, within the limits. */
function checkListing(file: string, manifest: Manifest, entries: Map<string, ZipEntry>): void {
  if (!Object.hasOwn(manifest.files, CHANGES))
    throw new Refusal('FILE_MANIFEST_INVALID', { file, at: `files.${CHANGES}` });
  if (manifest.counts.changes > LIMITS.count) throw new Refusal('FILE_ENTRY_BOMB', { file, entry: CHANGES });
  for (const [name, { bytes, sha256: hash }] of Object.entries(manifest.files)) {
    const isBlob = BLOB_NAME.test(name);
    if (name !== CHANGES && !isBlob)
      throw new Refusal('FILE_MANIFEST_INVALID', { file, at: `files.${name}` });
    if (isBlob && name !== BLOB_PREFIX + hash) throw new Refusal('FILE_HASH_WRONG', { file, entry: name });
    const entry = entries.get(name);
    if (!entry) throw new Refusal('FILE_ENTRY_MISSING', { file, entry: name });
    if (entry.bytes !== bytes) throw new Refusal('FILE_SIZE_WRONG', { file, entry: name });
    if (bytes > (isBlob ? LIMITS.blob : LIMITS.changes))
      throw new Refusal('FILE_ENTRY_BOMB', { file, entry: name });
  }
  for (const name of entries.keys()) {
    if (name !== MANIFEST && name !== SIGNATURE && !Object.hasOwn(manifest.files, name)) {
      throw new Refusal('FILE_ENTRY_FOREIGN', { file, entry: name });
    }
  }
}

async function textOf(file: string, manifest: Manifest, entry: ZipEntry): Promise<Text> {
  const { packedBytes } = entry;
  if (packedBytes > LIMITS.changesPacked) {
    throw new Refusal('FILE_TOO_LARGE', { file, bytes: packedBytes, limit: LIMITS.changesPacked });
  }
  const text = await gather(entry.pieces(), entry.bytes);
  mustBe(file, manifest, entry.name, text.sha256);
  return text;
}

async function hashOf(entry: ZipEntry): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of entry.pieces()) hash.update(piece);
  return hash.digest('hex');
}

function mustBe(file: string, manifest: Manifest, entry: string, hash: string): void {
  if (hash !== manifest.files[entry]!.sha256) throw new Refusal('FILE_HASH_WRONG', { file, entry });
}

function unpackedOnDemand(entries: ReadonlyMap<string, ZipEntry>): PackedBlobs {
  function* all(): Generator<[string, Buffer], undefined> {
    for (const [name, entry] of entries) yield [name, entry.unpack()];
    return undefined;
  }
  return {
    [Symbol.iterator]: all,
    *values() {
      for (const [, bytes] of all()) yield bytes;
      return undefined;
    },
  };
}
