import { z } from 'zod';
import { model, type CodeOf } from '../model/model.ts';
import { call } from './call.ts';
import { codesOf } from './sessions.ts';
import { bytes, id, instant, line } from './shapes.ts';

export interface PhotoRow {
  id: string;
  owner: string;
  ownerKind: CodeOf<'photo', 'ownerKind'> | null;
  /** What the picture is known by; null once it was destroyed. The same picture has the same one everywhere. */
  sha256: string | null;
  takenAt: string | null;
  caption: string | null;
}

/** A picture as an `<img>` can show it. */
export interface PictureFile {
  type: string;
  bytes: Uint8Array;
}

export interface PhotoSettings {
  /** Whether the place where a photo was taken stays in it. Of this laptop; it does not travel. */
  keepPosition: boolean;
}

export const photos = {
  /**
   * Adds a photo to a shop, a visit, a site or a session. The picture is refused unless it is whole, small enough and,
   * where positions are not kept, free of them. One that is there already is found again (`known`) and not doubled.
   */
  'photos.add': call<{ id: string; known: boolean }>()(
    z.strictObject({
      bytes,
      owner: id,
      ownerKind: z.enum(codesOf(model.photo.fields.ownerKind)),
      takenAt: instant.optional(),
      caption: line.optional(),
    }),
  ),
  /** The photos of an owner in the order in which they were taken, without their bytes. */
  'photos.list': call<PhotoRow[]>()(z.strictObject({ owner: id })),
  /** The picture itself; null where it is not here: destroyed, or in no file that was imported. */
  'photos.bytes': call<PictureFile | null>()(z.strictObject({ id })),
  'photos.caption': call<null>()(z.strictObject({ id, caption: line.nullable() })),
  /** Takes a photo away, with a way back (`records.restore`). `records.erase` is what destroys the picture. */
  'photos.remove': call<null>()(z.strictObject({ id })),
  'photos.settings': call<PhotoSettings>()(z.strictObject({}).default({})),
  'photos.keepPosition': call<PhotoSettings>()(z.strictObject({ keep: z.boolean() })),
};
