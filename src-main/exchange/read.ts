import { isUtf8 } from 'node:buffer';
import type { Manifest } from '#shared/contract/exchange.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { faultOf, type Change } from '#shared/merge/change.ts';
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
import { sha256 } from './write.ts';
import { openZip, type ZipEntry } from './zip.ts';

/** An exchange file whose names, sizes, signature and hashes hold. Its lines are checked as they are read. */
export interface ExchangeFile {
  readonly manifest: Manifest;
  /** The manifest's text as it stands in the file. */
  readonly manifestText: string;
  /** Of the whole file. */
  readonly sha256: string;
  readonly blobs: ReadonlyMap<string, Buffer>;
  /** The changes in id order; throws a refusal at the first line that is not one. */
  changes(): IterableIterator<Change>;
}

/** Opens someone else's file. Every rule of the format is checked before a line reaches the store. */
export async function readExchangeFile(file: string, bytes: Buffer): Promise<ExchangeFile> {
  const entries = new Map((await openZip(file, bytes)).map((entry) => [entry.name, entry]));
  for (const name of entries.keys()) {
    const ours = name === MANIFEST || name === SIGNATURE || name === CHANGES || BLOB_NAME.test(name);
    if (!ours) throw new Refusal('FILE_ENTRY_FOREIGN', { file, entry: name });
  }
  const manifestBytes = await small(file, entries, MANIFEST, LIMITS.manifest);
  const manifest = parseManifest(file, manifestBytes);
  const signature = await small(file, entries, SIGNATURE, LIMITS.signature);
  if (!isSignedBy(manifestBytes, signature.toString('latin1'), manifest.device.publicKey)) {
    throw new Refusal('FILE_SIGNATURE_WRONG', { file });
  }
  checkListing(file, manifest, entries);
  const changes = await listed(file, manifest, entries.get(CHANGES)!);
  if (!isUtf8(changes)) {
    throw new Refusal('FILE_LINE_INVALID', { file, line: firstBrokenLine(changes), reason: 'UTF-8' });
  }
  const blobs = new Map<string, Buffer>();
  for (const [name, entry] of entries) {
    if (name.startsWith(BLOB_PREFIX)) {
      blobs.set(name.slice(BLOB_PREFIX.length), await listed(file, manifest, entry));
    }
  }
  return {
    manifest,
    manifestText: manifestBytes.toString('utf8'),
    sha256: sha256(bytes),
    blobs,
    changes: () => parseLines(file, changes, manifest.counts.changes),
  };
}

async function small(
  file: string,
  entries: Map<string, ZipEntry>,
  name: string,
  limit: number,
): Promise<Buffer> {
  const entry = entries.get(name);
  if (!entry) throw new Refusal('FILE_ENTRY_MISSING', { file, entry: name });
  if (entry.bytes > limit) throw new Refusal('FILE_ENTRY_BOMB', { file, entry: name });
  return entry.unpack();
}

function parseManifest(file: string, bytes: Buffer): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
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

async function listed(file: string, manifest: Manifest, entry: ZipEntry): Promise<Buffer> {
  const content = await entry.unpack();
  if (sha256(content) !== manifest.files[entry.name]!.sha256) {
    throw new Refusal('FILE_HASH_WRONG', { file, entry: entry.name });
  }
  return content;
}

function* parseLines(file: string, bytes: Buffer, expected: number): IterableIterator<Change> {
  let line = 0;
  let last = '';
  for (let start = 0; start < bytes.length;) {
    line += 1;
    let end = bytes.indexOf(0x0a, start);
    if (end < 0) end = bytes.length;
    if (end - start > LIMITS.line) throw new Refusal('FILE_LINE_TOO_LONG', { file, line });
    const change = parseLine(file, line, bytes.toString('utf8', start, end));
    if (change.id <= last) throw new Refusal('FILE_ORDER_WRONG', { file, line });
    last = change.id;
    yield change;
    start = end + 1;
  }
  if (line !== expected)
    throw new Refusal('FILE_COUNT_WRONG', { file, at: `counts.changes ${expected}, ${line}` });
}

/** The number of the first line that is no UTF-8; a line feed is never part of another character. */
function firstBrokenLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}

function parseLine(file: string, line: number, text: string): Change {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal('FILE_LINE_INVALID', { file, line, reason: 'JSON' }, error);
  }
  const fault = faultOf(value);
  if (fault) throw new Refusal('FILE_LINE_UNKNOWN', { file, line, rule: fault.rule, at: fault.at });
  return value as Change;
}
