import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** An entry as it is to stand in the zip; what is left out is right. */
export interface ZipPart {
  readonly name: string;
  readonly content: Buffer;
  /** Not compressed. */
  readonly stored?: boolean;
  /** The name in front of the content, where it is not the one in the directory. */
  readonly localName?: string;
  /** General purpose flags (APPNOTE 4.4.4): 1 is encrypted. */
  readonly flags?: number;
  readonly method?: number;
  /** What stands in the file, in place of the compressed content. */
  readonly packed?: Buffer;
  /** The unpacked size that the directory tells. */
  readonly size?: number;
  /** The packed size that it tells. */
  readonly packedSize?: number;
  readonly crc?: number;
  /** Where the directory says that it stands; for entries that overlap. */
  readonly offset?: number;
  /** The name's bytes in the directory, where they are no text. */
  readonly rawName?: Buffer;
  /** The directory's extra fields (APPNOTE 4.5). */
  readonly extra?: Buffer;
  readonly comment?: Buffer;
  /** Bytes in front of it that belong to nothing. */
  readonly gap?: Buffer;
  /** Sizes and check sum stand behind the content (APPNOTE 4.3.9). */
  readonly isStreamed?: boolean;
}

/** The end of the directory, where it is not right. */
export interface ZipEnd {
  readonly comment?: Buffer;
  readonly count?: number;
  readonly disk?: number;
  /** Where the directory stands. */
  readonly offset?: number;
  /** With a zip64 record (APPNOTE 4.3.14) that says this in place of what is right. */
  readonly zip64?: { readonly count?: bigint; readonly offset?: bigint; readonly at?: bigint };
}

const UTF8_NAMES = 0x800;
const STREAMED = 8;
const NOTHING = Buffer.alloc(0);
/** 1 January 1980, midnight, as DOS writes it. */
const DOS_DATE = 0x21;

/** A zip (PKWARE APPNOTE 6.3) of the parts in the given order. */
export function packZip(parts: readonly ZipPart[], last: ZipEnd = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const method = part.method ?? (part.stored ? 0 : 8);
    const packed = part.packed ?? (part.stored ? part.content : deflateRawSync(part.content));
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE((part.flags ?? 0) | UTF8_NAMES | (part.isStreamed ? STREAMED : 0), 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt16LE(0, 6);
    common.writeUInt16LE(DOS_DATE, 8);
    common.writeUInt32LE(part.crc ?? crc32(part.content), 10);
    common.writeUInt32LE(part.packedSize ?? packed.length, 14);
    common.writeUInt32LE(part.size ?? part.content.length, 18);
    const localName = Buffer.from(part.localName ?? part.name);
    const gap = part.gap ?? NOTHING;
    const sizes = Buffer.from(common.subarray(10, 22));
    const local = Buffer.concat([signature(0x04034b50), common, localName, packed]);
    if (part.isStreamed) local.fill(0, 14, 26);
    local.writeUInt16LE(localName.length, 26);
    const behind = part.isStreamed ? [signature(0x08074b50), sizes] : [];
    bodies.push(gap, local, ...behind);
    const name = part.rawName ?? Buffer.from(part.name);
    const { extra = NOTHING, comment = NOTHING } = part;
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(part.offset ?? at + gap.length, 10);
    const version = Buffer.from([0x14, 0x00]);
    const entry = Buffer.concat([signature(0x02014b50), version, common, tail, name, extra, comment]);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt16LE(comment.length, 32);
    directory.push(entry);
    at += gap.length + local.length + Buffer.concat(behind).length;
  }
  const listing = Buffer.concat(directory);
  return Buffer.concat([...bodies, listing, endOf(parts.length, at, listing.length, last)]);
}

/** What follows the directory, which has `size` bytes and stands at `at`. */
function endOf(count: number, at: number, size: number, last: ZipEnd): Buffer {
  const { comment = NOTHING, zip64 } = last;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(last.disk ?? 0, 4);
  end.writeUInt16LE((last.count ?? count) & 0xffff, 8);
  end.writeUInt16LE((last.count ?? count) & 0xffff, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(last.offset ?? at, 16);
  end.writeUInt16LE(comment.length, 20);
  if (!zip64) return Buffer.concat([end, comment]);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(zip64.count ?? BigInt(count), 24);
  record.writeBigUInt64LE(zip64.count ?? BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(zip64.offset ?? BigInt(at), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(zip64.at ?? BigInt(at + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, end, comment]);
}

/** An extra field for an entry whose sizes or place stand as 0xffffffff in the directory (APPNOTE 4.5.3). */
export function zip64Extra(...values: readonly bigint[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [i, value] of values.entries()) extra.writeBigUInt64LE(value, 4 + 8 * i);
  return extra;
}

/** The entries of a right zip in the order of its directory, unpacked. */
export function unpackZip(zip: Buffer): Map<string, Buffer> {
  const entries = new Map<string, Buffer>();
  const end = zip.length - 22;
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const content = zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    entries.set(zip.toString('utf8', at + 46, nameEnd), content);
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
