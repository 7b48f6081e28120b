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
}

const UTF8_NAMES = 0x800;
/** 1 January 1980, midnight, as DOS writes it. */
const DOS_DATE = 0x21;

/** A zip (PKWARE APPNOTE 6.3, without zip64) of the parts in the given order. */
export function packZip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const method = part.method ?? (part.stored ? 0 : 8);
    const packed = part.packed ?? (part.stored ? part.content : deflateRawSync(part.content));
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE((part.flags ?? 0) | UTF8_NAMES, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt16LE(0, 6);
    common.writeUInt16LE(DOS_DATE, 8);
    common.writeUInt32LE(part.crc ?? crc32(part.content), 10);
    common.writeUInt32LE(part.packedSize ?? packed.length, 14);
    common.writeUInt32LE(part.size ?? part.content.length, 18);
    const localName = Buffer.from(part.localName ?? part.name);
    const local = Buffer.concat([signature(0x04034b50), common, localName, packed]);
    local.writeUInt16LE(localName.length, 26);
    bodies.push(local);
    const name = Buffer.from(part.name);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(part.offset ?? at, 10);
    const version = Buffer.from([0x14, 0x00]);
    const entry = Buffer.concat([signature(0x02014b50), version, common, tail, name]);
    entry.writeUInt16LE(name.length, 28);
    directory.push(entry);
    at += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, listing, end]);
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
