import type { Rescue } from '#shared/contract/rescue.ts';
import { idFromBytes } from './codec.ts';
import type { Db } from './sqlite.ts';
import type { Store } from './store.ts';

/** The last time that the program restored a copy by itself; null where it never did. */
export function lastRescue({ meta }: Pick<Store, 'meta'>): Rescue | null {
  const text = meta.get('rescue');
  return text ? (JSON.parse(text) as Rescue) : null;
}

export function noteRescue({ meta }: Pick<Store, 'meta'>, rescue: Rescue | null): void {
  meta.set('rescue', rescue ? JSON.stringify(rescue) : '');
}

/** Changes looked at for the last one of this laptop: what came from others may stand behind it. */
const LOOKED_AT = 100_000;

/** When the last change of a laptop was written, ISO 8601 UTC; null where none is found. */
export function newestOf(db: Db, laptop: string): string | null {
  const ids = db.prepare('SELECT id FROM change ORDER BY n DESC LIMIT ?').pluck().iterate(LOOKED_AT);
  for (const bytes of ids as IterableIterator<Buffer>) {
    const id = idFromBytes(bytes);
    if (id.endsWith(laptop)) return new Date(Number.parseInt(id.slice(0, 12), 16)).toISOString();
  }
  return null;
}
