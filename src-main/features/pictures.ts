import { Refusal } from '#shared/contract/errors.ts';
import type { PictureFile } from '#shared/contract/photos.ts';
import { kindOf, PICTURE_TYPES, readPicture, type Picture } from '#shared/pictures/picture.ts';
import type { Store } from '../store/store.ts';

/** What the bytes are a picture of; refuses what is none, is damaged, or is larger than `most` bytes. */
export function mustBePicture(bytes: Uint8Array, most: number): Picture {
  if (bytes.length > most)
    throw new Refusal('PHOTO_TOO_LARGE', { size: megabytes(bytes.length), limit: megabytes(most) });
  const picture = readPicture(bytes);
  if (typeof picture !== 'string') return picture;
  if (picture === 'broken') throw new Refusal('PHOTO_BROKEN');
  const format = kindOf(bytes);
  throw format === null ? new Refusal('PHOTO_NOT_PICTURE') : new Refusal('PHOTO_FORMAT', { format });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A blob as a page can show it; null where it is not here, or is no picture that this version shows. */
export function pictureFile({ blobs }: Store, sha256: string | null): PictureFile | null {
  const bytes = sha256 === null ? undefined : blobs.get(sha256);
  const picture = bytes && readPicture(bytes);
  return bytes && typeof picture === 'object' ? { type: PICTURE_TYPES[picture.format], bytes } : null;
}
