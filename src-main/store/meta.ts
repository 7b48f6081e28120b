import type { Db } from './sqlite.ts';

/** Small values of the store itself: this laptop, its clock, how far the log is projected. */
export interface Meta {
  get(key: MetaKey): string | undefined;
  set(key: MetaKey, value: string): void;
}

export type MetaKey =
  | 'laptop.id'
  | 'laptop.name'
  | 'laptop.role'
  | 'laptop.publicKey'
  | 'laptop.privateKey'
  /** 'ms:counter' of the hybrid logical clock. */
  | 'clock'
  /** The greatest n whose change is in the projections. */
  | 'projected'
  /** projectionFingerprint() of the tables as they were made. */
  | 'projection'
  /** The person who writes here, or absent. */
  | 'author'
  /** Where the window stood, as JSON. */
  | 'place';

export function openMeta(db: Db): Meta {
  const get = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const set = db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
  return {
    get: (key) => get.get(key) as string | undefined,
    set: (key, value) => void set.run(key, value),
  };
}
