import { crc32, deflateSync } from 'node:zlib';

/** 16 by 12 pixels from red to blue, as Chromium's canvas wrote them: with a colour profile and no metadata. */
export const CANVAS_JPEG = fromBase64(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAMABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAABAIG/8QAFxAAAwEAAAAAAAAAAAAAAAAAAAEDAv/EABQBAQAAAAAAAAAAAAAAAAAAAAX/xAAZEQACAwEAAAAAAAAAAAAAAAAABAECIQX/2gAMAwEAAhEDEQA/AMvTYamy6NhqNjnNVrg2+zOn/9k=',
);
export const CANVAS_WEBP = fromBase64(
  'UklGRigCAABXRUJQVlA4WAoAAAAgAAAADwAACwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggOgAAADACAJ0BKhAADAAMQEIlsAJ0ugADCTE+0wwIAP7w3LcAZ9d7ePpemFZaf20If/1GC54N9n03GagAAAA=',
);

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

/** The JPEG with another segment right after its first marker. */
export function withSegment(jpeg: Uint8Array, marker: number, body: Uint8Array): Uint8Array {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return joined(jpeg.subarray(0, 2), head, body, jpeg.subarray(2));
}

/** The WebP with another chunk at its end. */
export function withRiffChunk(webp: Uint8Array, kind: string, body: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  const whole = joined(webp, text(kind), length, body, new Uint8Array(body.length % 2));
  new DataView(whole.buffer).setUint32(4, whole.length - 8, true);
  return whole;
}

export function pngChunk(kind: string, body: Uint8Array): Uint8Array {
  const named = joined(text(kind), body);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return joined(length, named, check);
}

interface PngOptions {
  /** Chunks before the pixels. */
  readonly chunks?: readonly Uint8Array[];
  /** How the pixels are packed: 0 makes a file as large as they are. */
  readonly level?: number;
  /** The colour byte at a place in the row of pixels; a picture of one grey without it. */
  readonly pixel?: (at: number) => number;
}

/** A PNG of 8-bit RGB pixels that any program opens. */
export function pngOf(width: number, height: number, options: PngOptions = {}): Uint8Array {
  const { chunks = [], level = 9, pixel = () => 0x99 } = options;
  const row = 1 + width * 3;
  const pixels = new Uint8Array(row * height);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = at % row === 0 ? 0 : pixel(at);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  return joined(
    fromBase64('iVBORw0KGgo='),
    pngChunk('IHDR', head),
    ...chunks,
    pngChunk('IDAT', deflateSync(pixels, { level })),
    pngChunk('IEND', new Uint8Array()),
  );
}

export interface ExifOptions {
  readonly little?: boolean;
  /** `2024:06:17 10:11:12` */
  readonly taken?: string;
  readonly offset?: string;
  /** Degrees; the directory of the place is there with them alone. */
  readonly place?: readonly [latitude: number, longitude: number];
  readonly orientation?: number;
}

/** An EXIF block as a camera writes it, from its TIFF header on. Written apart from what the program reads and writes. */
export function exifBlock({ little = true, taken, offset, place, orientation = 1 }: ExifOptions): Uint8Array {
  type Entry = [tag: number, type: number, count: number, value: number | Buffer];
  const u16 = (n: number): Buffer => (little ? Buffer.from([n, n >> 8]) : Buffer.from([n >> 8, n]));
  const u32 = (n: number): Buffer =>
    little ? joinedBuffer(u16(n), u16(n >>> 16)) : joinedBuffer(u16(n >>> 16), u16(n));
  const ascii = (tag: number, value: string): Entry => [tag, 2, value.length + 1, Buffer.from(`${value}\0`)];
  const degrees = (tag: number, value: number): Entry => {
    const of = Math.abs(value);
    const minutes = (of - Math.floor(of)) * 60;
    const seconds = Math.round((minutes - Math.floor(minutes)) * 6000);
    const parts = [Math.floor(of), 1, Math.floor(minutes), 1, seconds, 100];
    return [tag, 5, 3, joinedBuffer(...parts.map(u32))];
  };
  const inner = [...(taken ? [ascii(0x9003, taken)] : []), ...(offset ? [ascii(0x9011, offset)] : [])];
  const gps = place && [
    ascii(1, place[0] < 0 ? 'S' : 'N'),
    degrees(2, place[0]),
    ascii(3, place[1] < 0 ? 'W' : 'E'),
    degrees(4, place[1]),
  ];
  const sizeOf = (entries: readonly Entry[]): number => directory(entries, 0).length;
  const main = (innerAt: number, gpsAt: number): Entry[] => [
    [0x0112, 3, 1, little ? orientation : orientation << 16],
    ...(inner.length > 0 ? [[0x8769, 4, 1, innerAt] as Entry] : []),
    ...(gps ? [[0x8825, 4, 1, gpsAt] as Entry] : []),
  ];
  const innerAt = 8 + sizeOf(main(0, 0));
  const gpsAt = innerAt + (inner.length > 0 ? sizeOf(inner) : 0);
  return joined(
    little ? text('II*\0') : text('MM\0*'),
    u32(8),
    directory(main(innerAt, gpsAt), 8),
    inner.length > 0 ? directory(inner, innerAt) : new Uint8Array(),
    gps ? directory(gps, gpsAt) : new Uint8Array(),
  );

  function directory(entries: readonly Entry[], at: number): Buffer {
    const behind: Buffer[] = [];
    let free = at + 2 + entries.length * 12 + 4;
    const lines = entries.map(([tag, type, count, value]) => {
      const head = [u16(tag), u16(type), u32(count)];
      if (typeof value === 'number') return joinedBuffer(...head, u32(value));
      if (value.length <= 4) return joinedBuffer(...head, value, Buffer.alloc(4 - value.length));
      const here = free;
      behind.push(value);
      free += value.length;
      return joinedBuffer(...head, u32(here));
    });
    return joinedBuffer(u16(entries.length), ...lines, u32(0), ...behind);
  }
}

/** The JPEG with an EXIF block, as a phone gives it. */
export function photoWith(options: ExifOptions, jpeg = CANVAS_JPEG): Uint8Array {
  return withSegment(jpeg, 0xe1, joined(text('Exif\0\0'), exifBlock(options)));
}

export function text(value: string): Uint8Array {
  return new Uint8Array(Buffer.from(value, 'latin1'));
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function joinedBuffer(...parts: readonly Buffer[]): Buffer {
  return Buffer.concat(parts);
}
