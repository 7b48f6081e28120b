import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';
import { textAt } from './bytes.ts';
import { readExif } from './exif.ts';
import { readWebp } from './webp.ts';

/** What is in a picture file beside the picture itself. Nothing in here is decoded: the pixels are the browser's. */
export interface Picture {
  readonly format: 'jpeg' | 'png' | 'webp';
  /** Pixels as they are stored, before any turning that EXIF asks for. */
  readonly width: number;
  readonly height: number;
  /** The EXIF blocks, each from its TIFF header on. */
  readonly exif: readonly Uint8Array[];
  /** There is something where a position may hide and nobody would look: XMP, a maker's block, bytes after the end. */
  readonly hidden: boolean;
  /** There are words that say nothing of the place, such as a comment or the name of a program. */
  readonly words: boolean;
}

export const PICTURE_TYPES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

/** 'foreign': none of the kinds that are stored. 'broken': one of them, and cut short or not to be followed. */
export type PictureFault = 'foreign' | 'broken';

/** Follows a file from its first byte to its last; the whole structure must hold, not just the beginning. */
export function readPicture(bytes: Uint8Array): Picture | PictureFault {
  switch (kindOf(bytes)) {
    case 'JPEG':
      return readJpeg(bytes) ?? 'broken';
    case 'PNG':
      return readPng(bytes) ?? 'broken';
    case 'WebP':
      return readWebp(bytes) ?? 'broken';
    default:
      return 'foreign';
  }
}

const STARTS: readonly (readonly [at: number, start: string, kind: string])[] = [
  [0, '\xff\xd8\xff', 'JPEG'],
  [0, '\x89PNG\r\n\x1a\n', 'PNG'],
  [8, 'WEBP', 'WebP'],
  [0, 'GIF8', 'GIF'],
  [0, 'BM', 'BMP'],
  [0, 'II*\0', 'TIFF'],
  [0, 'MM\0*', 'TIFF'],
  [4, 'ftypavif', 'AVIF'],
  ...['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'].map(
    (brand) => [4, `ftyp${brand}`, 'HEIC'] as const,
  ),
];

/** The kind of picture that the first bytes announce, as people call it; null for what is no picture. */
export function kindOf(bytes: Uint8Array): string | null {
  return STARTS.find(([at, start]) => textAt(bytes, at, start.length) === start)?.[2] ?? null;
}

/** Whether the place where it was taken stands in the file, or may stand where it cannot be read. */
export function mayHoldPosition(picture: Picture): boolean {
  return picture.hidden || picture.exif.some((block) => readExif(block)?.hasPlace ?? true);
}

/** Whether there is anything in the file but the picture. */
export function hasMetadata({ exif, hidden, words }: Picture): boolean {
  return exif.length > 0 || hidden || words;
}
