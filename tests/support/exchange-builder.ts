import { createHash, createPrivateKey, sign, type JsonWebKey } from 'node:crypto';
import keys from '../fixtures/exchange/keys.json' with { type: 'json' };
import { packZip, type ZipEnd, type ZipPart } from './zip-builder.ts';

/**
 * Writes exchange files from their description in docs/exchange-file.md, sharing no code with the program: what it reads
 * must be the format, and not whatever it writes itself. Every stage can be damaged.
 */
export interface Author {
  /** 16 hex digits. */
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly key: JsonWebKey;
}

export const dawn: Author = { id: 'da0000000000000a', name: '새벽', role: 'trainer', key: keys.dawn };
export const dusk: Author = { id: 'd0000000000000b0', name: '저녁', role: 'trainer', key: keys.dusk };
/** A key that belongs to nobody here. */
export const strangerKey: JsonWebKey = keys.stranger;

/** A line of `changes.jsonl`: a change, or text as it is to stand there. */
export type Line = object | string;

/** Loose on purpose: damage is what it is for. */
export type ManifestDraft = Record<string, unknown>;

export interface FileDraft {
  readonly author?: Author;
  readonly lines?: readonly Line[];
  /** The bytes of `changes.jsonl`, where they are no lines of text; the counts are still those of `lines`. */
  readonly changes?: Buffer;
  readonly blobs?: readonly Buffer[];
  readonly title?: string;
  readonly purpose?: 'session' | 'kit';
  /** After the counts, sizes and hashes were taken, before signing: the signature holds. */
  readonly manifest?: (manifest: ManifestDraft) => ManifestDraft | string | Buffer;
  /** The key that signs, where it is not the author's. */
  readonly signer?: JsonWebKey;
  /** What is signed, where it is not what the format says. */
  readonly signed?: (manifest: Buffer) => Buffer;
  /** The signature's text, in place of the right one. */
  readonly signature?: (right: string) => string;
  /** The zip's parts after everything else. */
  readonly parts?: (parts: ZipPart[]) => ZipPart[];
  readonly end?: ZipEnd;
  /** The finished file. */
  readonly bytes?: (file: Buffer) => Buffer;
}

/** The bytes of an exchange file; with nothing but lines, a right one. */
export function exchangeFile(draft: FileDraft): Buffer {
  const author = draft.author ?? dawn;
  const lines = draft.lines ?? [];
  const changes = draft.changes ?? Buffer.from(lines.map((line) => `${textOf(line)}\n`).join(''));
  const blobs = [...(draft.blobs ?? [])].sort((a, b) => (sha256(a) < sha256(b) ? -1 : 1));
  const files: Record<string, unknown> = {
    'changes.jsonl': { bytes: changes.length, sha256: sha256(changes) },
  };
  for (const blob of blobs) files[`blobs/${sha256(blob)}`] = { bytes: blob.length, sha256: sha256(blob) };
  const right = {
    format: 'dangol',
    version: 1,
    id: '0193557a-0000-7000-8000-00000000f11e',
    purpose: draft.purpose ?? 'session',
    title: draft.title ?? '망원시장 방문의 날',
    createdAt: '2026-11-24T09:00:00.000Z',
    device: { id: author.id, name: author.name, role: author.role, publicKey: publicKeyOf(author.key) },
    counts: { changes: lines.length, records: countsOf(lines) },
    files,
  };
  const edited = draft.manifest?.(structuredClone(right)) ?? right;
  const manifest =
    typeof edited === 'string' || Buffer.isBuffer(edited)
      ? Buffer.from(edited)
      : Buffer.from(JSON.stringify(edited));
  const covered = draft.signed?.(manifest) ?? Buffer.concat([Buffer.from('dangol-manifest-v1\n'), manifest]);
  const signature = signed(covered, draft.signer ?? author.key);
  const parts: ZipPart[] = [
    { name: 'manifest.json', content: manifest },
    { name: 'manifest.sig', content: Buffer.from(draft.signature?.(signature) ?? signature) },
    { name: 'changes.jsonl', content: changes },
    ...blobs.map((blob): ZipPart => ({ name: `blobs/${sha256(blob)}`, content: blob, stored: true })),
  ];
  const file = packZip(draft.parts?.(parts) ?? parts, draft.end);
  return draft.bytes?.(file) ?? file;
}

/** The raw 32 bytes in base64. */
function publicKeyOf(key: JsonWebKey): string {
  return Buffer.from(key.x!, 'base64url').toString('base64');
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The id of a change: `minute` minutes after nine in the morning (UTC) of 1 September 2024. */
export function changeIdAt(minute: number, author: Author = dawn, counter = 0): string {
  const ms = Date.UTC(2024, 8, 1, 9, minute);
  return `${ms.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-${author.id}`;
}

/** A record id that reads as its number. */
export function recordId(number: number): string {
  return `0191aaaa-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

function textOf(line: Line): string {
  return typeof line === 'string' ? line : JSON.stringify(line);
}

function signed(bytes: Buffer, key: JsonWebKey): string {
  return sign(null, bytes, createPrivateKey({ key, format: 'jwk' })).toString('base64');
}

function countsOf(lines: readonly Line[]): Record<string, number> {
  const records = new Map<string, Set<string>>();
  for (const line of lines) {
    if (typeof line === 'string') continue;
    const { entity, record } = line as { entity?: unknown; record?: unknown };
    const ids = records.get(String(entity)) ?? new Set();
    records.set(String(entity), ids.add(String(record)));
  }
  const entities = [...records.keys()].sort();
  return Object.fromEntries(entities.map((entity) => [entity, records.get(entity)!.size]));
}
