import { textAt, viewOf } from './bytes.ts';
import type { Place } from './exif.ts';

/** Ten-thousandths of a second of arc: about 3 mm. */
const UNITS = 10_000;

/**
 * A JPEG with an EXIF block that says where it was taken and nothing else. The block comes after the JFIF header, which
 * must be first, as browsers write it.
 */
export function withPlace(jpeg: Uint8Array, place: Place): Uint8Array {
  const at = textAt(jpeg, 2, 2) === '\xff\xe0' ? 4 + viewOf(jpeg).getUint16(4) : 2;
  const block = placeBlock(place);
  const segment = new Uint8Array(10 + block.length);
  segment.set([0xff, 0xe1, 0, 0, 0x45, 0x78, 0x69, 0x66, 0, 0]);
  viewOf(segment).setUint16(2, segment.length - 2);
  segment.set(block, 10);
  const whole = new Uint8Array(jpeg.length + segment.length);
  whole.set(jpeg.subarray(0, at));
  whole.set(segment, at);
  whole.set(jpeg.subarray(at), at + segment.length);
  return whole;
}

/** One directory with one entry, the GPS directory, and that with its version, two letters and six fractions. */
function placeBlock({ latitude, longitude }: Place): Uint8Array {
  const GPS_AT = 26;
  const FRACTIONS_AT = GPS_AT + 2 + 5 * 12 + 4;
  const block = new Uint8Array(FRACTIONS_AT + 2 * 24);
  const view = viewOf(block);
  block.set([0x4d, 0x4d, 0, 42, 0, 0, 0, 8]);
  view.setUint16(8, 1);
  entry(10, 0x8825, 4, 1, GPS_AT);
  view.setUint16(GPS_AT, 5);
  entry(GPS_AT + 2, 0, 1, 4, 0x02_03_00_00);
  entry(GPS_AT + 14, 1, 2, 2, letter(latitude < 0 ? 'S' : 'N'));
  entry(GPS_AT + 26, 2, 5, 3, FRACTIONS_AT);
  entry(GPS_AT + 38, 3, 2, 2, letter(longitude < 0 ? 'W' : 'E'));
  entry(GPS_AT + 50, 4, 5, 3, FRACTIONS_AT + 24);
  fractions(FRACTIONS_AT, latitude);
  fractions(FRACTIONS_AT + 24, longitude);
  return block;

  function entry(at: number, tag: number, type: number, count: number, value: number): void {
    view.setUint16(at, tag);
    view.setUint16(at + 2, type);
    view.setUint32(at + 4, count);
    view.setUint32(at + 8, value);
  }

  function letter(of: string): number {
    return of.charCodeAt(0) << 24;
  }

  /** From whole units, so that 59.99999 seconds become the next minute and not sixty seconds. */
  function fractions(at: number, degrees: number): void {
    const units = Math.round(Math.abs(degrees) * 3600 * UNITS);
    const parts = [
      [Math.floor(units / (3600 * UNITS)), 1],
      [Math.floor(units / (60 * UNITS)) % 60, 1],
      [units % (60 * UNITS), UNITS],
    ];
    for (const [i, value] of parts.flat().entries()) view.setUint32(at + i * 4, value);
  }
}
