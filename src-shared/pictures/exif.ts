import { textAt, viewOf } from './bytes.ts';

/** Degrees, north and east positive. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Exif {
  /** Whether the block speaks of the place at all, also where what it says cannot be read. */
  readonly hasPlace: boolean;
  readonly place: Place | null;
  /** When it was taken, ISO 8601 UTC. */
  readonly takenAt: string | null;
}

const TAG = { exif: 0x8769, gps: 0x8825, taken: 0x9003, offset: 0x9011 } as const;
const GPS = { latitudeRef: 1, latitude: 2, longitudeRef: 3, longitude: 4 } as const;
const BYTES_OF_TYPE = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const RATIONAL = 5;
/** The main directory, that of the thumbnail, and a few more; a circle ends here. */
const MAX_DIRECTORIES = 8;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the value stands in the block. */
  readonly at: number;
}

type Directory = ReadonlyMap<number, Entry>;

/** Reads an EXIF block from its TIFF header on; null when it is none or leads nowhere. */
export function readExif(block: Uint8Array): Exif | null {
  const order = textAt(block, 0, 4);
  if (order !== 'II*\0' && order !== 'MM\0*') return null;
  const little = order === 'II*\0';
  const view = viewOf(block);
  try {
    const chain = directoriesOf(view, little);
    const [main] = chain;
    if (!main) return null;
    const inner = follow(main.get(TAG.exif));
    const gps = follow(main.get(TAG.gps));
    return {
      hasPlace: [...chain, ...(inner ? [inner] : [])].some((directory) => directory.has(TAG.gps)),
      place: gps ? placeIn(gps) : null,
      takenAt: inner ? exifInstant(text(inner.get(TAG.taken)), text(inner.get(TAG.offset))) : null,
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }

  function follow(entry: Entry | undefined): Directory | null {
    return entry ? directoryAt(view, view.getUint32(entry.at, little), little).entries : null;
  }

  function text(entry: Entry | undefined): string {
    return entry ? textAt(block, entry.at, Math.min(entry.count, 64)).replace(/\0.*$/s, '') : '';
  }

  function placeIn(gps: Directory): Place | null {
    const latitude = degrees(gps.get(GPS.latitude), text(gps.get(GPS.latitudeRef)), 'S', 90);
    const longitude = degrees(gps.get(GPS.longitude), text(gps.get(GPS.longitudeRef)), 'W', 180);
    return latitude === null || longitude === null ? null : { latitude, longitude };
  }

  /** Three fractions: degrees, minutes, seconds. */
  function degrees(entry: Entry | undefined, ref: string, minus: string, most: number): number | null {
    if (!entry || entry.type !== RATIONAL || entry.count !== 3) return null;
    const [d, m, s] = [0, 8, 16].map((at) => {
      const below = view.getUint32(entry.at + at + 4, little);
      return below === 0 ? NaN : view.getUint32(entry.at + at, little) / below;
    }) as [number, number, number];
    const value = d + m / 60 + s / 3600;
    return value <= most ? (ref.startsWith(minus) ? -value : value) : null;
  }
}

/** The directories that follow one another from the header on. */
function directoriesOf(view: DataView, little: boolean): Directory[] {
  const found: Directory[] = [];
  let at = view.getUint32(4, little);
  while (at !== 0 && found.length < MAX_DIRECTORIES) {
    const { entries, next } = directoryAt(view, at, little);
    found.push(entries);
    at = next;
  }
  return found;
}

/** Throws a RangeError where it leads out of the block. */
function directoryAt(view: DataView, at: number, little: boolean): { entries: Directory; next: number } {
  const count = view.getUint16(at, little);
  const entries = new Map<number, Entry>();
  for (let i = 0; i < count; i += 1) {
    const entry = at + 2 + i * 12;
    const type = view.getUint16(entry + 2, little);
    const values = view.getUint32(entry + 4, little);
    const inside = (BYTES_OF_TYPE[type] ?? 0) * values <= 4;
    entries.set(view.getUint16(entry, little), {
      type,
      count: values,
      at: inside ? entry + 8 : view.getUint32(entry + 8, little),
    });
  }
  const last = at + 2 + count * 12;
  return { entries, next: last + 4 <= view.byteLength ? view.getUint32(last, little) : 0 };
}

/** Cameras write the clock on the wall. Where they do not say which zone's, it is the one we work in. */
const HERE = '+09:00';

/** `2024:06:17 10:11:12` as ISO 8601 UTC; null for what is no time, such as the zeros of a camera that was never set. */
export function exifInstant(text: string, offset: string): string | null {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text);
  if (!found) return null;
  const [, year, month, day, time] = found;
  const zone = /^[+-]\d\d:\d\d$/.test(offset) ? offset : HERE;
  const wall = new Date(`${year}-${month}-${day}T${time}Z`);
  // The 31st of June would quietly become the first of July.
  if (Number.isNaN(wall.getTime()) || !wall.toISOString().startsWith(`${year}-${month}-${day}`)) return null;
  const at = new Date(`${year}-${month}-${day}T${time}${zone}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
