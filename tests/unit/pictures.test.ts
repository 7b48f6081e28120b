import exifr from 'exifr';
import { describe, expect, it } from 'vitest';
import { exifInstant, readExif } from '#shared/pictures/exif.ts';
import { hasMetadata, kindOf, mayHoldPosition, readPicture, type Picture } from '#shared/pictures/picture.ts';
import { withPlace } from '#shared/pictures/place.ts';
import { fitted } from '#shared/pictures/size.ts';
import {
  CANVAS_JPEG,
  CANVAS_WEBP,
  exifBlock,
  joined,
  photoWith,
  pngChunk,
  pngOf,
  text,
  withRiffChunk,
  withSegment,
} from '#tests/support/pictures.ts';

const MANGWON = [37.5561, 126.9062] as const;

function picture(bytes: Uint8Array): Picture {
  const read = readPicture(bytes);
  if (typeof read === 'string') throw new Error(read);
  return read;
}

const canvasPng = pngOf(16, 12);
const xmp = text('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude="37,33.366N"/>');

/** A WebP whose last part claims a byte more than the file says there is, and the byte is there. */
function longerPart(): Uint8Array {
  const bytes = joined(withRiffChunk(CANVAS_WEBP, 'EXIF', text('ab')), text('xxxx'));
  bytes[bytes.length - 4 - 2 - 4] = 4;
  return bytes;
}

describe('a picture', () => {
  it.each([
    ['jpeg', CANVAS_JPEG],
    ['png', canvasPng],
    ['webp', CANVAS_WEBP],
  ])('%s is read to its end, with its size and nothing else in it', (format, bytes) => {
    expect(readPicture(bytes)).toEqual({
      format,
      width: 16,
      height: 12,
      exif: [],
      hidden: false,
      words: false,
    });
    expect(hasMetadata(picture(bytes))).toBe(false);
  });

  it.each([
    ['jpeg', CANVAS_JPEG],
    ['png', canvasPng],
    ['webp', CANVAS_WEBP],
  ])('%s cut short anywhere is no picture, and is not read past its end', (_format, bytes) => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(typeof readPicture(bytes.subarray(0, length)), `${length} bytes`).toBe('string');
    }
  });

  it.each([
    ['a text', text('not a picture at all'), 'foreign', null],
    ['a program', text('MZ\x90\0'), 'foreign', null],
    ['nothing', new Uint8Array(), 'foreign', null],
    ['a phone’s own kind', text('\0\0\0\x24ftypheic\0\0\0\0mif1'), 'foreign', 'HEIC'],
    ['a moving picture', text('GIF89a'), 'foreign', 'GIF'],
    [
      'a page behind a picture’s first bytes',
      joined(CANVAS_JPEG.subarray(0, 3), text('<html>')),
      'broken',
      'JPEG',
    ],
    ['a JPEG without pixels', text('\xff\xd8\xff\xd9'), 'broken', 'JPEG'],
    ['a WebP with a part that is longer than the whole', longerPart(), 'broken', 'WebP'],
    ['a PNG of no width', pngOf(0, 12), 'broken', 'PNG'],
  ])('%s is told apart', (_what, bytes, fault, kind) => {
    expect(readPicture(bytes)).toBe(fault);
    expect(kindOf(bytes)).toBe(kind);
  });

  it('with any byte changed is still followed or refused, and never throws', () => {
    for (const whole of [
      photoWith({ place: MANGWON, taken: '2024:06:17 10:11:12' }),
      canvasPng,
      CANVAS_WEBP,
    ]) {
      for (let at = 0; at < whole.length; at += 1) {
        for (const value of [0, 0xff, 0x7f]) {
          const changed = whole.slice();
          changed[at] = value;
          const read = readPicture(changed);
          if (typeof read !== 'string') mayHoldPosition(read);
        }
      }
    }
  });
});

describe('the place where a picture was taken', () => {
  it.each([
    ['EXIF of a JPEG', photoWith({ place: MANGWON })],
    ['EXIF of a JPEG, the other way round', photoWith({ place: MANGWON, little: false })],
    ['EXIF of a PNG', pngOf(4, 4, { chunks: [pngChunk('eXIf', exifBlock({ place: MANGWON }))] })],
    ['EXIF of a WebP', withRiffChunk(CANVAS_WEBP, 'EXIF', exifBlock({ place: MANGWON }))],
    [
      'EXIF of a WebP behind a name',
      withRiffChunk(CANVAS_WEBP, 'EXIF', joined(text('Exif\0\0'), exifBlock({ place: MANGWON }))),
    ],
    ['EXIF that cannot be read', withSegment(CANVAS_JPEG, 0xe1, text('Exif\0\0II*\0\xff\xff\xff\x7f'))],
    ['XMP of a JPEG', withSegment(CANVAS_JPEG, 0xe1, xmp)],
    ['XMP of a PNG', pngOf(4, 4, { chunks: [pngChunk('iTXt', text('XML:com.adobe.xmp\0\0\0\0\0<x/>'))] })],
    ['XMP of a WebP', withRiffChunk(CANVAS_WEBP, 'XMP ', xmp)],
    [
      'a profile as ImageMagick writes it',
      pngOf(4, 4, { chunks: [pngChunk('zTXt', text('Raw profile type exif\0\0x'))] }),
    ],
    ['a maker’s own block', withSegment(CANVAS_JPEG, 0xed, text('Photoshop 3.0\0'))],
    ['a second picture behind the first', joined(CANVAS_JPEG, photoWith({ place: MANGWON }))],
    ['bytes behind a PNG', joined(canvasPng, text('37.5561,126.9062'))],
    ['bytes behind a WebP', joined(CANVAS_WEBP, text('37.5561,126.9062'))],
  ])('is found in %s', (_where, bytes) => {
    expect(mayHoldPosition(picture(bytes))).toBe(true);
    expect(hasMetadata(picture(bytes))).toBe(true);
  });

  it.each([
    ['a JPEG with the time alone', photoWith({ taken: '2024:06:17 10:11:12', orientation: 6 })],
    ['a JPEG with a comment', withSegment(CANVAS_JPEG, 0xfe, text('made by a program'))],
    ['a PNG with a comment', pngOf(4, 4, { chunks: [pngChunk('tEXt', text('Software\0x'))] })],
  ])('is not claimed of %s, which has more than pixels all the same', (_what, bytes) => {
    expect(mayHoldPosition(picture(bytes))).toBe(false);
    expect(hasMetadata(picture(bytes))).toBe(true);
  });

  it.each([
    [37.5561, 126.9062],
    [-33.8568, 151.2153],
    [64.1466, -21.9426],
    [0, 0],
    [89.9999999, -179.9999999],
  ])(
    '%d, %d is written so that another program reads it, and nothing with it',
    async (latitude, longitude) => {
      const bytes = withPlace(CANVAS_JPEG, { latitude, longitude });
      const [block] = picture(bytes).exif;
      const ours = readExif(block!)!;
      const theirs = (await exifr.gps(Buffer.from(bytes))) as { latitude: number; longitude: number };
      for (const read of [ours.place!, theirs]) {
        expect(read.latitude).toBeCloseTo(latitude, 6);
        expect(read.longitude).toBeCloseTo(longitude, 6);
      }
      const all = (await exifr.parse(Buffer.from(bytes), {
        tiff: true,
        exif: true,
        gps: true,
        xmp: true,
      })) as object;
      expect(
        Object.keys(all).filter((key) => !/^GPS(Latitude|Longitude|Version)|^(lat|long)itude$/.test(key)),
      ).toEqual([]);
      expect(picture(bytes)).toMatchObject({ width: 16, height: 12, hidden: false, words: false });
    },
  );

  it('stays between full minutes', () => {
    const bytes = withPlace(CANVAS_JPEG, { latitude: 37.9999999999, longitude: 1 / 60 - 1e-12 });
    expect(readExif(picture(bytes).exif[0]!)?.place).toEqual({ latitude: 38, longitude: 1 / 60 });
  });
});

describe('when a picture was taken', () => {
  it.each([true, false])('is read from either order of bytes (%s)', async (little) => {
    const options = { little, taken: '2024:06:17 10:11:12', offset: '+09:00', place: MANGWON } as const;
    const read = readExif(exifBlock(options));
    expect(read?.takenAt).toBe('2024-06-17T01:11:12.000Z');
    expect(read?.place?.latitude).toBeCloseTo(MANGWON[0], 4);
    // The block of this test means the same to a reader that is not ours.
    const theirs = (await exifr.gps(Buffer.from(photoWith(options)))) as { longitude: number };
    expect(theirs.longitude).toBeCloseTo(MANGWON[1], 4);
  });

  it.each([
    ['2024:06:17 10:11:12', '', '2024-06-17T01:11:12.000Z'],
    ['2024:06:17 10:11:12', '+01:00', '2024-06-17T09:11:12.000Z'],
    ['2024:06:17 10:11:12', 'nonsense', '2024-06-17T01:11:12.000Z'],
    ['2024:01:01 00:00:00', '', '2023-12-31T15:00:00.000Z'],
    ['0000:00:00 00:00:00', '', null],
    ['2024:06:31 10:11:12', '', null],
    ['    :  :     :  :  ', '', null],
    ['', '', null],
  ])('"%s" "%s" is %s', (taken, offset, meant) => expect(exifInstant(taken, offset)).toBe(meant));
});

it.each([
  [4000, 3000, 1600, 1200],
  [3000, 4000, 1200, 1600],
  [1600, 900, 1600, 900],
  [16, 12, 16, 12],
  [20_000, 3, 1600, 1],
  [1, 20_000, 1, 1600],
  [1601, 1601, 1600, 1600],
])('%i x %i within 1600 is %i x %i', (width, height, w, h) => {
  expect(fitted({ width, height }, 1600)).toEqual({ width: w, height: h });
});
