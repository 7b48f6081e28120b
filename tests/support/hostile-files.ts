import fs from 'node:fs';
import { constants, deflateRawSync } from 'node:zlib';
import type { ErrorCode } from '#shared/contract/errors.ts';
import { LIMITS } from '#main/exchange/format.ts';
import { MAX_EXCHANGE_FILE } from '#shared/contract/limits.ts';
import { knownLine } from './damage-lines.ts';
import {
  changeIdAt,
  dawn,
  dusk,
  exchangeFile,
  recordId,
  sha256,
  type FileDraft,
} from './exchange-builder.ts';
import { opener } from './sealed.ts';
import { zip64Extra, type ZipPart } from './zip-builder.ts';

/** A file that is made to cost whoever reads it, and how it is refused. */
export interface HostileFile {
  readonly what: string;
  readonly code: ErrorCode;
  readonly write: (file: string) => void;
}

const MB = 1024 * 1024;
const NOTHING = Buffer.alloc(0);

const made = (what: string, code: ErrorCode, draft: () => FileDraft): HostileFile => ({
  what,
  code,
  write: (file) => fs.writeFileSync(file, exchangeFile(draft())),
});

/** `changes.jsonl` of these bytes, which hold so many lines, packed as told. */
function text(changes: Buffer, count: number, part: (changes: Buffer) => Partial<ZipPart>): FileDraft {
  return {
    changes,
    manifest: (manifest) => ({ ...manifest, counts: { changes: count, records: {} } }),
    parts: (all) => all.map((one) => (one.name === 'changes.jsonl' ? { ...one, ...part(changes) } : one)),
  };
}

const quickly = (changes: Buffer): Partial<ZipPart> => ({ packed: deflateRawSync(changes, { level: 1 }) });
const stored = (): Partial<ZipPart> => ({ stored: true });

/** The same bytes again and again, packed once: each block starts without knowledge of the one before. */
function repeated(block: Buffer, times: number): Buffer {
  const packed = deflateRawSync(block, { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: times }, () => packed), Buffer.from([3, 0])]);
}

/** Padded with what no reader reads, until it packs just as well as a real text may. */
function withinRatio(packed: Buffer, bytes: number): Buffer {
  return Buffer.concat([packed, Buffer.alloc(Math.max(0, Math.ceil(bytes / 199) - packed.length))]);
}

const line = (n: number, set: string): string =>
  `{"id":"${changeIdAt(n >> 16, dawn, n & 0xffff)}","entity":"store","record":"${recordId(n)}","set":${set}}\n`;

/** So many changes, each with a note of so many letters, and then something else. */
function lines(count: number, letters: number, last: string): Buffer {
  const note = `{"note":"${'ㅋ'.repeat(letters / 3)}"}`;
  const parts: Buffer[] = [];
  for (let n = 0; n < count; n += 10_000) {
    const some = Array.from({ length: Math.min(10_000, count - n) }, (_none, i) => line(n + i, note));
    parts.push(Buffer.from(some.join('')));
  }
  return Buffer.concat([...parts, Buffer.from(last)]);
}

/** Hex digits, each stretch of them so many times: one time packs to a half, two to a quarter. */
function hex(length: number, times: number): string {
  const digest = (i: number): string => sha256(Buffer.from(`${i}`));
  const stretch = (i: number): string =>
    Array.from({ length: 128 }, (_none, j) => digest(i * 128 + j))
      .join('')
      .repeat(times);
  return Array.from({ length: Math.ceil(length / 8192 / times) }, (_none, i) => stretch(i))
    .join('')
    .slice(0, length);
}

/** Made once: it takes longer to make than to refuse. */
const gigabyte = once(() => repeated(Buffer.alloc(64 * MB), 16));
const million = once(() => lines(999_999, 120, '{"id":'));

function once(make: () => Buffer): () => Buffer {
  let found: Buffer | undefined;
  return () => (found ??= make());
}

function photos(count: number, bytes: number, packed?: (photo: Buffer) => Buffer): FileDraft {
  const blobs = Array.from({ length: count }, (_none, i) => {
    const photo = Buffer.alloc(bytes);
    photo.writeUInt32LE(i, 0);
    return photo;
  });
  const names = blobs.map(sha256).sort();
  return {
    blobs,
    parts: (all) =>
      all.map((part) => {
        if (!part.name.startsWith('blobs/')) return part;
        // The last is another than its name says.
        const content = part.name.endsWith(names.at(-1)!) ? Buffer.alloc(bytes, 1) : part.content;
        return packed ? { ...part, content, stored: false, packed: packed(content) } : { ...part, content };
      }),
  };
}

export const hostileFiles: readonly HostileFile[] = [
  {
    what: 'half a gigabyte',
    code: 'FILE_TOO_LARGE',
    write(file) {
      fs.writeFileSync(file, 'PK\u0003\u0004');
      fs.truncateSync(file, 512 * MB);
    },
  },
  {
    what: 'as large as a file may be, and nothing in it',
    code: 'FILE_CUT_SHORT',
    write(file) {
      fs.writeFileSync(file, 'PK\u0003\u0004');
      fs.truncateSync(file, MAX_EXCHANGE_FILE);
    },
  },
  made('a gigabyte of zeros', 'FILE_ENTRY_BOMB', () =>
    text(NOTHING, 1, () => ({ packed: gigabyte(), size: 1024 * MB })),
  ),
  made('a gigabyte of zeros that says it is small', 'FILE_SIZE_WRONG', () =>
    text(Buffer.alloc(1000), 1, () => ({ packed: gigabyte(), size: 1000 })),
  ),
  made('a gigabyte of zeros that says it is as large as it may be', 'FILE_SIZE_WRONG', () => ({
    ...text(NOTHING, 1, () => ({
      packed: withinRatio(gigabyte(), 256 * MB),
      size: 256 * MB,
    })),
    manifest: (manifest) => ({
      ...manifest,
      files: { 'changes.jsonl': { bytes: 256 * MB, sha256: '0'.repeat(64) } },
    }),
  })),
  made('zip64 sizes of an exabyte', 'FILE_ENTRY_BOMB', () =>
    text(NOTHING, 1, () => ({
      size: 0xffff_ffff,
      packedSize: 0xffff_ffff,
      extra: zip64Extra(1n << 60n, 100n),
    })),
  ),
  made('300 MB of one line', 'FILE_ENTRY_BOMB', () =>
    text(NOTHING, 1, () => ({ packed: repeated(Buffer.alloc(50 * MB, 65), 6), size: 300 * MB })),
  ),
  made('250 MB of one line', 'FILE_LINE_TOO_LONG', () =>
    text(Buffer.alloc(250 * MB, 65), 1, (changes) => ({
      packed: withinRatio(repeated(Buffer.alloc(50 * MB, 65), 5), changes.length),
    })),
  ),
  made('50 MB of one deep line', 'FILE_LINE_TOO_LONG', () => text(Buffer.alloc(50 * MB, '['), 1, stored)),
  made('50 lines as deep as they may be long', 'FILE_LINE_UNKNOWN', () => {
    const depth = 500_000;
    const deep = line(1, `{"colour":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    return text(Buffer.from(deep.repeat(50)), 50, stored);
  }),
  made('a million changes, the last of them broken', 'FILE_LINE_INVALID', () =>
    text(million(), 1_000_000, quickly),
  ),
  made('more changes than a million', 'FILE_ENTRY_BOMB', () => text(lines(10, 3, ''), 1_000_001, quickly)),
  made('a million changes that say they are few', 'FILE_COUNT_WRONG', () => text(million(), 1000, quickly)),
  made('lines that hardly pack', 'FILE_TOO_LARGE', () => {
    const all = Array.from({ length: 140 }, (_none, n) => line(n, `{"note":"${hex(MB - 1000, 1)}"}`));
    return text(Buffer.from(all.join('')), 140, quickly);
  }),
  made(
    'lines of a megabyte that pack as badly as they may, the last of them broken',
    'FILE_LINE_INVALID',
    () => {
      const note = `{"note":"${hex(MB - 1000, 2)}"}`;
      const all = Array.from({ length: 210 }, (_none, n) => line(n, note));
      return text(Buffer.from(all.join('') + '{'), 211, quickly);
    },
  ),
  made('lines of a megabyte that pack as well as they may', 'FILE_LINE_INVALID', () => {
    const note = `{"note":"${'a'.repeat(MB - 1000)}"}`;
    const changes = Buffer.from(Array.from({ length: 240 }, (_none, n) => line(n, note)).join('') + '{');
    return text(changes, 241, () => ({
      packed: withinRatio(deflateRawSync(changes, { level: 1 }), changes.length),
    }));
  }),
  made('photos of 250 MB, one of them another', 'FILE_HASH_WRONG', () => photos(8, 31 * MB)),
  made('photos of 480 MB in 3 MB, one of them another', 'FILE_HASH_WRONG', () =>
    photos(15, 32 * MB, (photo) => withinRatio(deflateRawSync(photo, { level: 1 }), photo.length)),
  ),
  made('20,000 entries, one of them another', 'FILE_HASH_WRONG', () => photos(19_997, 10)),
  made('300,000 entries', 'FILE_ENTRY_BOMB', () => ({
    parts: () =>
      Array.from({ length: 300_000 }, (_none, i) => ({ name: `${i}`, content: NOTHING, stored: true })),
    end: { zip64: {} },
  })),
  made('a manifest of four megabytes', 'FILE_ENTRY_MISSING', () => ({
    manifest(manifest) {
      const one = { bytes: 1, sha256: '0'.repeat(64) };
      const hash = (i: number): string => i.toString(16).padStart(64, '0');
      const listed = Array.from({ length: 22_000 }, (_none, i) => [
        `blobs/${hash(i)}`,
        { ...one, sha256: hash(i) },
      ]);
      return { ...manifest, files: { ...(manifest['files'] as object), ...Object.fromEntries(listed) } };
    },
  })),
  made('a manifest as deep as it may be long', 'FILE_MANIFEST_INVALID', () => ({
    manifest: () => `{"files":${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}}`,
    parts: (all) => all.map((part) => (part.name === 'manifest.json' ? { ...part, stored: true } : part)),
  })),
  made('a hundred thousand changes, the last of them altered', 'CHANGE_ALTERED', () => {
    const rival = JSON.stringify({ ...knownLine, set: { name: '연남동시장' } });
    return { author: dusk, ...text(lines(100_000, 120, rival), 100_001, quickly) };
  }),
];

/** The same inside a seal. */
export interface HostileContent {
  readonly what: string;
  readonly code: ErrorCode;
  readonly content: () => Buffer;
  /** Keys that it is sealed for, where it is not this laptop's. */
  readonly to?: readonly string[];
}

function largest(): Buffer {
  // Less what the seal itself takes: a header, and a tag for each 64 KB.
  const bytes = Buffer.alloc(LIMITS.sealed - 2 * LIMITS.sealHeader);
  bytes.write('PK\u0003\u0004');
  return bytes;
}

export const hostileInside: readonly HostileContent[] = [
  { what: 'as large as may be and nothing in it', code: 'FILE_CUT_SHORT', content: largest },
  {
    what: 'for as many others as there may be',
    code: 'FILE_SEALED_FOR_OTHERS',
    content: largest,
    to: Array.from({ length: 500 }, (_none, i) => opener(`${i}`).publicKey),
  },
  {
    what: 'a gigabyte of zeros that says it is as large as it may be',
    code: 'FILE_SIZE_WRONG',
    content: () =>
      exchangeFile({
        ...text(NOTHING, 1, () => ({ packed: withinRatio(gigabyte(), 256 * MB), size: 256 * MB })),
        manifest: (manifest) => ({
          ...manifest,
          files: { 'changes.jsonl': { bytes: 256 * MB, sha256: '0'.repeat(64) } },
        }),
      }),
  },
  {
    what: 'photos of 124 MB, one of them another',
    code: 'FILE_HASH_WRONG',
    content: () => exchangeFile(photos(4, 31 * MB)),
  },
];
