import { hasMetadata, kindOf, readPicture } from '#shared/pictures/picture.ts';
import { readExif, type Exif } from '#shared/pictures/exif.ts';
import { withPlace } from '#shared/pictures/place.ts';
import { fitted, PHOTO_LIMITS, type Size } from '#shared/pictures/size.ts';
import { ApiError } from '../../api.ts';

/** A photo as it goes to the core. */
export interface Prepared {
  readonly bytes: Uint8Array;
  /** ISO 8601 UTC. */
  readonly takenAt: string;
}

/** The first is what a photo looks right at; the second is tried when that is still too large. */
const QUALITIES = [0.85, 0.7] as const;

/** Kinds that a browser knows: what it then cannot open is damaged. */
const USUAL = ['JPEG', 'PNG', 'WebP', 'GIF', 'BMP'];

/**
 * Makes a chosen file what is kept of it: turned upright, no side longer than the limit, and nothing in it but the
 * picture, and the place where that is wanted. Throws an ApiError with the code that says why not.
 */
export async function prepare(file: File, keepPosition: boolean): Promise<Prepared> {
  if (file.size > PHOTO_LIMITS.file) throw tooLarge(file.size, PHOTO_LIMITS.file);
  const bytes = await bytesOf(file);
  const picture = readPicture(bytes);
  if (picture === 'broken') throw new ApiError({ code: 'PHOTO_BROKEN', params: {} });
  const exif = picture === 'foreign' ? null : (picture.exif.map(readExif).find(Boolean) ?? null);
  const bitmap = await decode(file, bytes);
  try {
    const asItIs =
      picture !== 'foreign' &&
      !hasMetadata(picture) &&
      isWithin(picture, PHOTO_LIMITS.side) &&
      bytes.length <= PHOTO_LIMITS.kept;
    const kept = asItIs ? bytes : await encode(bitmap);
    const place = keepPosition ? exif?.place : null;
    return { bytes: place ? withPlace(kept, place) : kept, takenAt: takenAt(exif, file) };
  } finally {
    bitmap.close();
  }
}

/** A picture of some pixels, no larger than what is kept. */
export async function encode(source: ImageBitmap | HTMLVideoElement): Promise<Uint8Array> {
  const from =
    source instanceof HTMLVideoElement
      ? { width: source.videoWidth, height: source.videoHeight }
      : { width: source.width, height: source.height };
  const { width, height } = fitted(from, PHOTO_LIMITS.side);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  // JPEG has no holes: what shows through a picture is paper.
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  let size = 0;
  for (const quality of QUALITIES) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    size = blob.size;
    if (size <= PHOTO_LIMITS.kept) return new Uint8Array(await blob.arrayBuffer());
  }
  throw tooLarge(size, PHOTO_LIMITS.kept);
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (why) {
    const params = { file: file.name, reason: why instanceof DOMException ? why.name : 'unknown' };
    throw new ApiError({ code: 'FILE_UNREADABLE', params });
  }
}

async function decode(file: File, bytes: Uint8Array): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    const kind = kindOf(bytes);
    if (kind === null) throw new ApiError({ code: 'PHOTO_NOT_PICTURE', params: {} });
    if (USUAL.includes(kind)) throw new ApiError({ code: 'PHOTO_BROKEN', params: {} });
    throw new ApiError({ code: 'PHOTO_FORMAT', params: { format: kind } });
  }
}

/** The camera's own time, else the file's, which for something pasted is now. */
function takenAt(exif: Exif | null, { lastModified }: File): string {
  return exif?.takenAt ?? new Date(lastModified || Date.now()).toISOString();
}

function isWithin({ width, height }: Size, side: number): boolean {
  return Math.max(width, height) <= side;
}

function tooLarge(bytes: number, limit: number): ApiError {
  const megabytes = (of: number): string => `${Math.ceil(of / 1024 / 1024)} MB`;
  return new ApiError({
    code: 'PHOTO_TOO_LARGE',
    params: { size: megabytes(bytes), limit: megabytes(limit) },
  });
}
