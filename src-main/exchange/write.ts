import { createHash } from 'node:crypto';
import type { Manifest } from '#shared/contract/exchange.ts';
import { BLOB_PREFIX, CHANGES, FORMAT_VERSION, MANIFEST, SIGNATURE } from './format.ts';
import { signManifest } from './keys.ts';
import { makeZip } from './zip.ts';

export interface ExchangeContent {
  readonly id: string;
  readonly purpose: Manifest['purpose'];
  readonly title: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly device: Manifest['device'];
  readonly privateKey: string;
  /** Lines in id order, each a change as JSON, without line feeds. */
  readonly lines: readonly string[];
  /** Different records by entity. */
  readonly records: Readonly<Record<string, number>>;
  /** By SHA-256. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
  /** Kits that this laptop has; left out of the manifest when there are none. */
  readonly kits?: Manifest['kits'];
  /** Whom a kit is for. */
  readonly recipient?: string;
  /** Session files that are merged here; left out of the manifest when there are none. */
  readonly receipts?: Manifest['receipts'];
  /** Where its trainer may send files; left out of the manifest when there are none. */
  readonly destinations?: Manifest['destinations'];
}

/** The bytes of a signed exchange file; the same content gives the same bytes. */
export async function writeExchangeFile(
  content: ExchangeContent,
): Promise<{ bytes: Buffer; manifest: Manifest }> {
  const changes = Buffer.from(content.lines.map((line) => `${line}\n`).join(''));
  const blobs = [...content.blobs].sort(([a], [b]) => (a < b ? -1 : 1));
  const files: Manifest['files'] = { [CHANGES]: { bytes: changes.length, sha256: sha256(changes) } };
  for (const [name, bytes] of blobs) files[BLOB_PREFIX + name] = { bytes: bytes.byteLength, sha256: name };
  const manifest: Manifest = {
    format: 'dangol',
    version: FORMAT_VERSION,
    id: content.id,
    purpose: content.purpose,
    title: content.title,
    createdAt: content.createdAt,
    device: content.device,
    counts: { changes: content.lines.length, records: sorted(content.records) },
    files,
    ...(content.kits && content.kits.length > 0 && { kits: content.kits }),
    ...(content.recipient !== undefined && { recipient: content.recipient }),
    ...(content.receipts && content.receipts.length > 0 && { receipts: content.receipts }),
    ...(content.destinations && content.destinations.length > 0 && { destinations: content.destinations }),
  };
  const text = Buffer.from(`${JSON.stringify(manifest)}\n`);
  const bytes = await makeZip([
    [MANIFEST, text],
    [SIGNATURE, Buffer.from(signManifest(text, content.privateKey))],
    [CHANGES, changes],
    ...blobs.map(([name, blob]): [string, Uint8Array] => [BLOB_PREFIX + name, blob]),
  ]);
  return { bytes, manifest };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
