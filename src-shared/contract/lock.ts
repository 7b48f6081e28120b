import { z } from 'zod';
import { call } from './call.ts';
import { none } from './shapes.ts';
import { MAX_SECRET } from './vault.ts';

export interface LockStatus {
  locked: boolean;
  /** What opens it; `none` when neither a PIN nor a passphrase is set, and the window never locks. */
  way: 'pin' | 'passphrase' | 'none';
  /** Minutes without a sign of anybody after which it locks; 0 never. */
  minutes: number;
  /** Seconds until a PIN or passphrase is taken again after too many wrong ones. */
  wait: number;
}

export const DEFAULT_IDLE_MINUTES = 10;

/**
 * The lock of the window: while it is on, a window's core answers these calls, `app.status`, `pin.status` and those of a
 * survey that is handed over. It outlasts a restart.
 */
export const lock = {
  'lock.status': call<LockStatus>()(none),
  /** Locks, where something is set that opens it again. */
  'lock.now': call<LockStatus>()(none),
  /** Opens with the PIN or the passphrase. PIN_WRONG, PIN_WAIT, PASSPHRASE_WRONG. */
  'lock.open': call<LockStatus>()(z.strictObject({ secret: z.string().min(1).max(MAX_SECRET) })),
  'lock.setMinutes': call<LockStatus>()(z.strictObject({ minutes: z.int().min(0).max(240) })),
};
