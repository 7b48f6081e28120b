import { crc32, deflateRawSync } from 'node:zlib';
import type { GoodFile } from './mutate-good.ts';
import { either, refused, same, type Expectation, type Mutate } from './mutation.ts';
import type { Random } from './random.ts';
import { packZip, unpackZip, zip64Extra, type ZipEnd, type ZipPart } from './zip-builder.ts';

/** The parts of a good file, altered or added to, and how its directory is to end. */
interface Altered {
  readonly parts: readonly ZipPart[];
  readonly end?: ZipEnd;
  readonly bytes?: (zip: Buffer) => Buffer;
}

type Alter = (parts: readonly ZipPart[], random: Random) => Altered;
type Kind = readonly [expected: Expectation, alter: Alter];

const foreign = refused('FILE_ENTRY_FOREIGN');
const MAX32 = 0xffff_ffff;

/** One of the parts, drawn at random, with something of it replaced. */
const onOne =
  (change: (part: ZipPart, random: Random) => Partial<ZipPart>): Alter =>
  (parts, random) => {
    const at = random.below(parts.length);
    return { parts: parts.map((part, i) => (i === at ? { ...part, ...change(part, random) } : part)) };
  };
const onAll =
  (change: (part: ZipPart, random: Random) => Partial<ZipPart>): Alter =>
  (parts, random) => ({ parts: parts.map((part) => ({ ...part, ...change(part, random) })) });
const withMore =
  (more: (random: Random) => Partial<ZipPart>): Alter =>
  (parts, random) => {
    const at = random.below(parts.length + 1);
    const part = { name: 'x', content: Buffer.from('x'), stored: random.chance(0.5), ...more(random) };
    return { parts: [...parts.slice(0, at), part, ...parts.slice(at)] };
  };
const ending =
  (end: (parts: readonly ZipPart[], random: Random) => ZipEnd): Alter =>
  (parts, random) => ({ parts, end: end(parts, random) });

const hex64 = (random: Random): string => Buffer.from(random.bytes(32)).toString('hex');

/** Names that lead somewhere else, or look like one of ours to another reader. */
const WILD_NAMES = [
  '../store.db',
  '..',
  './manifest.json',
  'blobs/../manifest.json',
  'blobs//x',
  '/etc/passwd',
  '//server/share',
  'C:/Windows/x',
  'c:manifest.json',
  'blobs\\x',
  '..\\..\\store.db',
  'manifest.json\0',
  'manifest.json\0.txt',
  'manifest.json ',
  ' manifest.json',
  'MANIFEST.JSON',
  'Changes.jsonl',
  'changes.jsonl.',
  'changes.jsonl:$DATA',
  'manifest.json/',
  'blobs/',
  'blobs',
  '',
  '\u202enosj.tsefinam',
  'ｍanifest.json',
  'man\u0131fest.json',
  '__proto__',
  'constructor',
  'CON',
  '메모.txt',
  `blobs/${'a'.repeat(63)}`,
  `blobs/${'a'.repeat(65)}`,
  `blobs/${'A'.repeat(64)}`,
  `blobs/${'a'.repeat(64)}\n`,
  'x'.repeat(60_000),
  '../'.repeat(10_000),
];

const kinds: Record<string, Kind> = {
  'a wild name': [foreign, withMore((random) => ({ name: random.pick(WILD_NAMES) }))],
  'a part by a wild name': [
    refused('FILE_ENTRY_FOREIGN', 'FILE_ENTRY_MISSING'),
    onOne((_part, random) => ({ name: random.pick(WILD_NAMES) })),
  ],
  'a name that is no UTF-8': [
    foreign,
    withMore(() => ({ rawName: Buffer.from([0x62, 0xff, 0xfe, 0xc0, 0xaf, 0xed, 0xa0, 0x80]) })),
  ],
  'two names for one entry': [
    foreign,
    withMore(() => ({ name: 'manifest.json.bak', extra: unicodePath('manifest.json.bak', '../x') })),
  ],
  'a name that its extra field makes ours': [
    refused('FILE_ENTRY_REPEATED'),
    withMore(() => ({ name: 'y', extra: unicodePath('y', 'manifest.json') })),
  ],
  'an entry twice': [
    refused('FILE_ENTRY_REPEATED'),
    (parts, random) => ({ parts: [...parts, random.pick(parts)] }),
  ],
  'an entry twice, with two contents': [
    refused('FILE_ENTRY_REPEATED'),
    (parts, random) => {
      const other = { ...random.pick(parts), content: Buffer.from('{}') };
      return { parts: random.chance(0.5) ? [other, ...parts] : [...parts, other] };
    },
  ],
  'a photo that nobody listed': [foreign, withMore((random) => ({ name: `blobs/${hex64(random)}` }))],
  'an entry less': [
    refused('FILE_ENTRY_MISSING'),
    (parts, random) => {
      const gone = random.pick(parts);
      return { parts: parts.filter((part) => part !== gone) };
    },
  ],
  'no entries': [refused('FILE_NOT_ZIP', 'FILE_ENTRY_MISSING', 'FILE_CUT_SHORT'), () => ({ parts: [] })],
  'an encrypted entry': [
    // One that is stored has then a size that does not fit either.
    refused('FILE_ENTRY_FOREIGN', 'FILE_NOT_ZIP'),
    onOne((_part, random) => ({ flags: 1 | random.below(0x40) })),
  ],
  'a strongly encrypted entry': [refused('FILE_NOT_ZIP'), onOne(() => ({ flags: 0x41 }))],
  'an unknown way of packing': [
    foreign,
    onOne((_part, random) => ({ method: random.pick([1, 6, 9, 12, 14, 93, 95, 98, 99, 0xffff]) })),
  ],
  'packed, and said to be stored': [
    refused('FILE_NOT_ZIP'),
    onOne((part) => ({ method: 0, packed: deflateRawSync(Buffer.concat([part.content, part.content])) })),
  ],
  'stored, and said to be packed': [
    refused('FILE_NOT_ZIP', 'FILE_SIZE_WRONG'),
    onOne((part) => ({ method: 8, packed: part.content })),
  ],
  'a size that is not so': [
    refused('FILE_SIZE_WRONG', 'FILE_ENTRY_BOMB'),
    onOne((part, random) => ({
      stored: false,
      packed: deflateRawSync(part.content),
      size: part.content.length + 1 + random.below(random.pick([1, 1000, 0x7fff_0000])),
    })),
  ],
  'a packed size that is not so': [
    refused('FILE_NOT_ZIP', 'FILE_SIZE_WRONG', 'FILE_ENTRY_BOMB'),
    onOne((part, random) => {
      const packed = deflateRawSync(part.content);
      return { stored: false, packed, packedSize: random.below(packed.length - 1) };
    }),
  ],
  'a bomb': [
    refused('FILE_ENTRY_BOMB'),
    onOne((_part, random) => {
      const content = Buffer.alloc(1_100_000 + random.below(1_000_000), random.below(256));
      return { content, stored: false };
    }),
  ],
  'more behind the packed content': [
    same,
    onOne((part, random) => ({
      stored: false,
      packed: Buffer.concat([deflateRawSync(part.content), random.bytes(1 + random.below(100))]),
    })),
  ],
  'an entry in the place of another': [
    refused(
      'FILE_NOT_ZIP',
      'FILE_ENTRY_BOMB',
      'FILE_SIZE_WRONG',
      'FILE_HASH_WRONG',
      'FILE_SIGNATURE_WRONG',
      'FILE_MANIFEST_INVALID',
    ),
    (parts, random) => {
      const at = 1 + random.below(parts.length - 1);
      return { parts: parts.map((part, i) => (i === at ? { ...part, offset: 0 } : part)) };
    },
  ],
  'a place that is none': [
    refused('FILE_NOT_ZIP'),
    onOne((_part, random) => ({ offset: 1_000_000 + random.below(MAX32 - 1_000_000) })),
  ],
  'zip64 sizes': [
    same,
    onAll((part) => {
      const packed = deflateRawSync(part.content);
      const extra = zip64Extra(BigInt(part.content.length), BigInt(packed.length));
      return { stored: false, packed, size: MAX32, packedSize: MAX32, extra };
    }),
  ],
  'zip64 sizes that are not so': [
    refused('FILE_ENTRY_BOMB', 'FILE_NOT_ZIP'),
    onOne((_part, random) => ({
      stored: false,
      size: MAX32,
      packedSize: MAX32,
      extra: zip64Extra(huge(random), huge(random)),
    })),
  ],
  'zip64 sizes that are missing': [
    refused('FILE_NOT_ZIP', 'FILE_ENTRY_BOMB'),
    onOne((_part, random) => ({
      stored: false,
      size: MAX32,
      packedSize: MAX32,
      extra: random.pick([Buffer.alloc(0), Buffer.from([1, 0, 0, 0]), Buffer.from([1, 0, 4, 0, 1, 2, 3, 4])]),
    })),
  ],
  'a zip64 place that is none': [
    refused('FILE_NOT_ZIP'),
    onOne((_part, random) => ({ offset: MAX32, extra: zip64Extra(huge(random)) })),
  ],
  'an extra field that goes on too long': [
    refused('FILE_NOT_ZIP'),
    onOne(() => ({ extra: Buffer.from([0x75, 0x70, 0xff, 0xff, 1]) })),
  ],
  'a zip64 directory': [same, ending(() => ({ zip64: {} }))],
  'a zip64 directory of wild numbers': [
    refused('FILE_NOT_ZIP', 'FILE_CUT_SHORT', 'FILE_ENTRY_MISSING'),
    ending((_parts, random) => ({
      zip64: random.pick([
        { offset: huge(random) },
        { count: huge(random) },
        { at: huge(random) },
        { count: 0n },
      ]),
    })),
  ],
  'more entries than there are': [
    refused('FILE_NOT_ZIP', 'FILE_CUT_SHORT'),
    ending((parts, random) => ({ count: parts.length + 1 + random.below(60_000) })),
  ],
  'fewer entries than there are': [
    refused('FILE_ENTRY_MISSING'),
    ending((parts, random) => ({ count: random.below(3) })),
  ],
  'on several disks': [
    refused('FILE_NOT_ZIP'),
    ending((_parts, random) => ({ disk: 1 + random.below(0xffff) })),
  ],
  'a directory somewhere else': [
    refused('FILE_NOT_ZIP', 'FILE_CUT_SHORT'),
    ending((_parts, random) => ({ offset: 1 + random.below(random.pick([40, MAX32])) })),
  ],
  'something in front': [
    refused('FILE_NOT_ZIP'),
    (parts, random) => ({
      parts,
      bytes: (zip) => Buffer.concat([Buffer.from('#!/bin/sh\n'), random.bytes(20), zip]),
    }),
  ],
  'a zip in front': [
    refused('FILE_NOT_ZIP', 'FILE_CUT_SHORT', 'FILE_ENTRY_MISSING', 'FILE_ENTRY_FOREIGN'),
    (parts) => ({
      parts,
      bytes: (zip) => Buffer.concat([packZip([{ name: 'a', content: Buffer.from('a') }]), zip]),
    }),
  ],
  'something behind': [
    refused('FILE_NOT_ZIP', 'FILE_CUT_SHORT'),
    (parts, random) => ({
      parts,
      bytes: (zip) => Buffer.concat([zip, random.bytes(1 + random.below(70_000))]),
    }),
  ],
  'a second end in the comment': [
    refused('FILE_NOT_ZIP', 'FILE_CUT_SHORT'),
    (parts) => ({
      parts,
      end: { comment: Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(30, 1)]) },
    }),
  ],
  'an empty zip behind': [either, (parts) => ({ parts, bytes: (zip) => Buffer.concat([zip, packZip([])]) })],
  'another order': [same, (parts, random) => ({ parts: random.shuffled(parts) })],
  'stored or packed otherwise': [
    same,
    onAll((part, random) => ({
      stored: random.chance(0.4),
      ...(random.chance(0.4) && {
        stored: false,
        packed: deflateRawSync(part.content, { level: random.below(10) }),
      }),
    })),
  ],
  'wrong check sums': [same, onAll((_part, random) => ({ crc: random.below(MAX32) }))],
  'other names in front of the contents': [
    same,
    onAll((_part, random) => ({ localName: random.pick(WILD_NAMES) })),
  ],
  'sizes behind the contents': [
    same,
    onAll((part) => ({ stored: false, packed: deflateRawSync(part.content), isStreamed: true })),
  ],
  comments: [same, onAll((_part, random) => ({ comment: Buffer.from(random.bytes(random.below(300))) }))],
  'a comment at the end': [
    same,
    ending((_parts, random) => ({ comment: Buffer.alloc(random.below(0xffff), 0x20) })),
  ],
  'extra fields of other programs': [
    same,
    onAll(() => ({
      extra: Buffer.from('55540500010000000075780b000104000000000400000000', 'hex').subarray(0, 9),
    })),
  ],
  'gaps between the entries': [
    same,
    (parts, random) => ({
      // Not in front of the first: a zip starts with its first entry.
      parts: parts.map((part, i) =>
        i === 0 ? part : { ...part, gap: Buffer.from(random.bytes(random.below(500))) },
      ),
    }),
  ],
  'overlapping entries': [
    refused('FILE_ENTRY_BOMB'),
    (parts, random) => ({
      parts: [
        ...parts,
        ...Array.from({ length: 60 }, (): ZipPart => ({
          name: `blobs/${hex64(random)}`,
          content: Buffer.alloc(0),
          packedSize: 900,
          size: 900,
          method: 0,
          offset: 0,
        })),
      ],
    }),
  ],
};

export const changedZip: Mutate = (random: Random, good: GoodFile) => {
  const kind = random.pick(Object.keys(kinds));
  const [expected, alter] = kinds[kind]!;
  const entries = [...unpackZip(good.bytes)];
  const parts = entries.map(([name, content]): ZipPart => ({
    name,
    content,
    stored: name.startsWith('blobs/'),
  }));
  const altered = alter(parts, random);
  const zip = packZip(altered.parts, altered.end);
  return { what: `zip: ${kind}`, bytes: altered.bytes?.(zip) ?? zip, expected };
};

/** Info-ZIP's extra field that says what an entry is really called. */
function unicodePath(name: string, other: string): Buffer {
  const data = Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), Buffer.from(other)]);
  data.writeUInt32LE(crc32(name), 1);
  const head = Buffer.from([0x75, 0x70, 0, 0]);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

function huge(random: Random): bigint {
  return random.pick([0xffff_ffffn, 1n << 40n, (1n << 53n) + 1n, (1n << 63n) - 1n, (1n << 64n) - 1n]);
}
