import type { PhotoRow } from '#shared/contract/photos.ts';
import type { Db } from './sqlite.ts';

const COLUMNS = 'id, owner, ownerKind, blob AS sha256, takenAt, caption';

export function photosOf(db: Db, owner: string): PhotoRow[] {
  return db
    .prepare(`SELECT ${COLUMNS} FROM live_photo WHERE owner = ? ORDER BY takenAt, id`)
    .all(owner) as PhotoRow[];
}

export function getPhoto(db: Db, id: string): PhotoRow | undefined {
  return db.prepare(`SELECT ${COLUMNS} FROM live_photo WHERE id = ?`).get(id) as PhotoRow | undefined;
}
