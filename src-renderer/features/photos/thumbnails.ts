import type { PhotoRow } from '#shared/contract/photos.ts';
import { call } from '../../api.ts';
import { lanes } from './lanes.ts';

/** Device pixels of a thumbnail's side: twice what it is shown at. */
const SIDE = 224;
/** Thumbnails kept in memory, about 20 KB each; beyond that the one used longest ago goes. */
const MOST = 400;

const made = new Map<string, string>();
/** A screen of thirty photos must not ask for thirty files at once. */
const fetching = lanes(3);

/** The address of a photo's thumbnail, made once and kept; null when the picture is not here. */
export async function thumbnailOf({ id, sha256 }: PhotoRow): Promise<string | null> {
  if (sha256 === null) return null;
  const known = used(sha256);
  if (known) return known;
  return fetching(async () => {
    const meanwhile = used(sha256);
    if (meanwhile) return meanwhile;
    const file = await call('photos.bytes', { id });
    if (!file) return null;
    const url = URL.createObjectURL(await shrunk(pictureBlob(file)));
    made.set(sha256, url);
    forgetOldest();
    return url;
  });
}

/** The bytes of a picture as an image element takes them. */
export function pictureBlob({ type, bytes }: { type: string; bytes: Uint8Array }): Blob {
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type });
}

function used(sha256: string): string | undefined {
  const url = made.get(sha256);
  if (url === undefined) return undefined;
  made.delete(sha256);
  made.set(sha256, url);
  return url;
}

function forgetOldest(): void {
  for (const [sha256, url] of made) {
    if (made.size <= MOST) return;
    URL.revokeObjectURL(url);
    made.delete(sha256);
  }
}

/** The middle of a picture as a square. */
async function shrunk(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const side = Math.min(bitmap.width, bitmap.height);
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  const [x, y] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
  context.drawImage(bitmap, x, y, side, side, 0, 0, SIDE, SIDE);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}
