/** A square picture as PNG. */
export interface Drawn {
  readonly size: number;
  readonly png: Buffer;
}

/** The sizes that Windows asks for; its format knows none beyond 256. */
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];

/** A Windows icon: a directory, then the pictures as they are. */
export function icoOf(drawn: readonly Drawn[]): Buffer {
  const pictures = drawn.filter(({ size }) => ICO_SIZES.includes(size));
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length;
  pictures.forEach(({ size, png }, index) => {
    const entry = 6 + 16 * index;
    // A byte each: 256 is written as 0.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** Apple's names of what is in an icon, and their size in dots: each picture for plain and for dense screens. */
const ICNS_KINDS = [
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
] as const;

/** An icon of macOS: tagged pictures one after another. */
export function icnsOf(drawn: readonly Drawn[]): Buffer {
  const parts = ICNS_KINDS.flatMap(([kind, size]) => {
    const found = drawn.find((picture) => picture.size === size);
    return found ? [tagged(kind, found.png)] : [];
  });
  return tagged('icns', Buffer.concat(parts));
}

/** Four letters and a length that counts itself. */
function tagged(kind: string, bytes: Buffer): Buffer {
  const head = Buffer.alloc(8, kind, 'latin1');
  head.writeUInt32BE(8 + bytes.length, 4);
  return Buffer.concat([head, bytes]);
}
