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
  /** The person who writes here; absent or empty for nobody in particular. */
  | 'author'
  /** The PIN that ends a hand-over, as salt and scrypt hash; absent without one. */
  | 'pin'
  /** 'no' when the trainer chose to hand over without a PIN. */
  | 'pin.wanted'
  /** Wrong PINs in a row, and how long none is taken. */
  | 'pin.tries'
  /** 'yes' while the window is locked. */
  | 'lock'
  /** Minutes without a sign of anybody until it locks. */
  | 'lock.minutes'
  /** The survey that is in a merchant's hands; empty when the laptop is in the trainer's. */
  | 'handover'
  /** 'yes' when photos keep the place where they were taken. */
  | 'photos.keepPosition'
  /** 'yes' while nothing in the outbox is sent. */
  | 'outbox.paused'
  /** Where the window stood, as JSON. */
  | 'place'
  /** Blobs that were sent to the hub before the parcels that are to name them, as JSON. */
  | 'hub.sending'
  /** What the program restored by itself the last time, as JSON; empty where it did not. */
  | 'rescue'
  /** 'n hash' of the last entry of the audit: a chain that was cut off at its end does not end there. */
  | 'audit.head';

export function openMeta(db: Db): Meta {
  const get = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const set = db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
  return {
    get: (key) => get.get(key) as string | undefined,
    set: (key, value) => void set.run(key, value),
  };
}
