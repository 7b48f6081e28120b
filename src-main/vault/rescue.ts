import { Refusal } from '#shared/contract/errors.ts';
import { listCopies } from './copies.ts';
import { restoreStore, type ByItself, type Restored, type Restoring } from './restore.ts';

/** What makes a copy no good, so that the one before it is tried. */
const NO_GOOD = new Set(['COPY_DAMAGED', 'COPY_KEY_WRONG', 'COPY_OTHER_LAPTOP', 'FILE_UNREADABLE']);

interface Rescuing
  extends Pick<Restoring, 'dir' | 'key' | 'now' | 'told'>, Pick<ByItself, 'via' | 'logGone'> {
  /** Why the store did not open. */
  readonly why: Refusal;
}

/**
 * Restores the newest copy that is good in place of a store that is damaged. Nothing is touched before one of them was
 * opened and checked in full. Refuses with STORE_DAMAGED_ALONE when none is good; with `why` itself when the key opens no
 * copy either, since then it may well be the key; with COPY_NEWER when a newer program made the newest one, which may
 * hold more than the older ones; and with STORE_BUSY, DISK_FULL and DISK_FAILED. The store is then as it was.
 */
export function rescueStore({ why, via, logGone, ...place }: Rescuing): Restored {
  const damage = String(why.params['detail'] ?? why.code);
  const copies = listCopies(place.dir);
  let keyFits = why.code !== 'STORE_KEY_WRONG';
  for (const [skipped, copy] of copies.entries()) {
    const order = { ...place, file: copy.file, byItself: { damage, via, logGone, skipped, copyAt: copy.at } };
    // A read may have failed that succeeds the second time, and the newest one has the most.
    let tried = tryCopy(order);
    if (tried instanceof Refusal) tried = tryCopy(order);
    if (!(tried instanceof Refusal)) return tried;
    // The first page was read under it.
    keyFits ||= tried.code === 'COPY_DAMAGED';
  }
  if (!keyFits) throw why;
  throw new Refusal('STORE_DAMAGED_ALONE', { dir: place.dir, detail: damage, copies: copies.length }, why);
}

function tryCopy(order: Restoring): Restored | Refusal {
  try {
    return restoreStore(order);
  } catch (error) {
    if (error instanceof Refusal && NO_GOOD.has(error.code)) return error;
    throw error;
  }
}
