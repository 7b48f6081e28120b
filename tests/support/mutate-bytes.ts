import { goodFiles, type GoodFile } from './mutate-good.ts';
import { either, type Mutate, type Mutation } from './mutation.ts';
import type { Random } from './random.ts';

type Change = (random: Random, file: Buffer) => Buffer;

/** Numbers at which readers of zips have gone wrong. */
const WILD_NUMBERS = [0, 1, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];

/** What befalls a file on its way, and what someone does who knows nothing of its format. */
const changes: Record<string, Change> = {
  'one bit': (random, file) => flipped(random, file, 1),
  'a few bits': (random, file) => flipped(random, file, 2 + random.below(30)),
  cut: (random, file) => file.subarray(0, random.below(file.length)),
  'its beginning gone': (random, file) => file.subarray(1 + random.below(file.length - 1)),
  'bytes inserted': (random, file) =>
    replaced(random, file, 0, Buffer.from(random.bytes(1 + random.below(64)))),
  'bytes removed': (random, file) => replaced(random, file, 1 + random.below(64), Buffer.alloc(0)),
  'bytes zeroed': (random, file) => {
    const length = 1 + random.below(512);
    return replaced(random, file, length, Buffer.alloc(length));
  },
  'bytes made up': (random, file) => {
    const length = 1 + random.below(64);
    return replaced(random, file, length, Buffer.from(random.bytes(length)));
  },
  'a part of it twice': (random, file) => {
    const at = random.below(file.length);
    const part = file.subarray(at, at + 1 + random.below(256));
    return replaced(random, file, 0, part);
  },
  'two parts swapped': (random, file) => {
    const [a, b, c] = [0, 0, 0].map(() => random.below(file.length)).sort((x, y) => x - y) as [
      number,
      number,
      number,
    ];
    return Buffer.concat([file.subarray(0, a), file.subarray(b, c), file.subarray(a, b), file.subarray(c)]);
  },
  spliced: (random, file) => {
    const other = random.pick(goodFiles()).bytes;
    return Buffer.concat([
      file.subarray(0, random.below(file.length)),
      other.subarray(random.below(other.length)),
    ]);
  },
  'a part of another': (random, file) => {
    const other = random.pick(goodFiles()).bytes;
    const from = random.below(other.length);
    const part = other.subarray(from, from + 1 + random.below(400));
    return replaced(random, file, part.length, part);
  },
  'a wild number': (random, file) => {
    const copy = Buffer.from(file);
    copy.writeUInt32LE(random.pick(WILD_NUMBERS), random.below(file.length - 4));
    return copy;
  },
  'a wild number in the directory': (random, file) => {
    const copy = Buffer.from(file);
    // The end record tells where the directory starts; all that a reader believes first stands from there on.
    const directory = file.readUInt32LE(file.length - 6);
    const at = directory + random.below(file.length - directory - 4);
    if (random.chance(0.5)) copy.writeUInt32LE(random.pick(WILD_NUMBERS), at);
    else copy.writeUInt16LE(random.pick(WILD_NUMBERS) & 0xffff, at);
    return copy;
  },
};

/** The kinds that need not know what the file is: whatever becomes of it, it is none of the good ones. */
const blind = Object.keys(changes).filter(
  (kind) => kind !== 'spliced' && kind !== 'a wild number in the directory',
);

/** A file as something befell it, by a kind that goes for any file. */
export function befallen(random: Random, file: Buffer): { what: string; bytes: Buffer } {
  const what = random.pick(blind);
  return { what, bytes: changes[what]!(random, file) };
}

export const changedBytes: Mutate = (random: Random, good: GoodFile): Mutation => {
  const kind = random.pick(Object.keys(changes));
  return { what: `bytes: ${kind}`, bytes: changes[kind]!(random, good.bytes), expected: either };
};

function flipped(random: Random, file: Buffer, count: number): Buffer {
  const copy = Buffer.from(file);
  for (let i = 0; i < count; i += 1) copy[random.below(copy.length)]! ^= 1 << random.below(8);
  return copy;
}

/** With `length` bytes at a random place replaced. */
function replaced(random: Random, file: Buffer, length: number, by: Buffer): Buffer {
  const at = random.below(file.length);
  return Buffer.concat([file.subarray(0, at), by, file.subarray(at + length)]);
}
