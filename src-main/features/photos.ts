import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { PhotoRow, PhotoSettings } from '#shared/contract/photos.ts';
import { mayHoldPosition } from '#shared/pictures/picture.ts';
import { PHOTO_LIMITS } from '#shared/pictures/size.ts';
import { getPhoto, photosOf } from '../store/photo-queries.ts';
import { transaction } from '../store/sqlite.ts';
import { freshId, mustBeLive, writeRecord, type Deps } from './deps.ts';
import { mustBePicture, pictureFile } from './pictures.ts';

type Methods =
  | 'photos.add'
  | 'photos.list'
  | 'photos.bytes'
  | 'photos.caption'
  | 'photos.remove'
  | 'photos.settings'
  | 'photos.keepPosition';

export function photoHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'photos.add': (input) => add(deps, input),
    'photos.list': ({ owner }) => photosOf(deps.store.db, owner),
    'photos.bytes': ({ id }) => pictureFile(deps.store, mustHave(deps, id).sha256),
    'photos.caption': ({ id, caption }) => set(deps, id, { caption: caption || null }),
    'photos.remove': ({ id }) => set(deps, id, { deleted: true }),
    'photos.settings': () => settings(deps),
    'photos.keepPosition': ({ keep }) => setKeepPosition(deps, keep),
  };
}

function add(
  deps: Deps,
  { bytes, owner, ownerKind, takenAt, caption }: CheckedOf<'photos.add'>,
): { id: string; known: boolean } {
  mustBeLive(deps, ownerKind, owner);
  const picture = mustBePicture(bytes, PHOTO_LIMITS.kept);
  const side = Math.max(picture.width, picture.height);
  if (side > PHOTO_LIMITS.side) {
    throw new Refusal('PHOTO_TOO_LARGE', { size: `${side} px`, limit: `${PHOTO_LIMITS.side} px` });
  }
  // The window takes the position out; what comes some other way, or past a mistake there, is stopped here.
  if (!settings(deps).keepPosition && mayHoldPosition(picture)) throw new Refusal('PHOTO_HAS_POSITION');
  const added = transaction(deps.store.db, () => {
    const blob = deps.store.blobs.put(bytes, 'here');
    const known = photosOf(deps.store.db, owner).find((photo) => photo.sha256 === blob);
    if (known) return { id: known.id, known: true };
    const id = freshId(deps);
    const at = takenAt ?? new Date(deps.now()).toISOString();
    const fields = { owner, ownerKind, blob, takenAt: at, caption: caption || null };
    deps.store.log.write([{ entity: 'photo', id, set: fields }]);
    return { id, known: false };
  });
  deps.tell({ kind: 'changed', entities: ['photo'] });
  return added;
}

function set(deps: Deps, id: string, fields: { caption?: string | null; deleted?: boolean }): null {
  mustHave(deps, id);
  writeRecord(deps, 'photo', id, fields);
  return null;
}

function mustHave({ store }: Deps, id: string): PhotoRow {
  const photo = getPhoto(store.db, id);
  if (!photo) throw new Refusal('NOT_FOUND', { entity: 'photo', id });
  return photo;
}

function settings({ store }: Deps): PhotoSettings {
  return { keepPosition: store.meta.get('photos.keepPosition') === 'yes' };
}

function setKeepPosition(deps: Deps, keep: boolean): PhotoSettings {
  deps.store.meta.set('photos.keepPosition', keep ? 'yes' : 'no');
  return settings(deps);
}
