import { z } from 'zod';
import { call } from './call.ts';
import { none } from './shapes.ts';

export interface PinStatus {
  isSet: boolean;
  /** False when the trainer chose to hand over without one. */
  wanted: boolean;
  /** Seconds until a PIN is taken again after too many wrong ones; 0 at once. */
  wait: number;
}

/** Short enough to type standing up, and wrong tries soon have to wait. */
export const PIN_FORM = /^\d{4,8}$/;

const pin = z.string().regex(PIN_FORM, '4 to 8 digits');

/** The trainer's PIN: what a hand-over needs to end. It guards the screen, not the data. */
export const pins = {
  'pin.status': call<PinStatus>()(none),
  /** Sets the PIN; where there is one, `old` must be it. */
  'pin.set': call<PinStatus>()(z.strictObject({ pin, old: z.string().max(20).optional() })),
  'pin.remove': call<PinStatus>()(z.strictObject({ old: z.string().max(20) })),
  /** Hand-overs need no PIN from now on, until one is set. */
  'pin.goWithout': call<PinStatus>()(none),
  /** For a PIN that was forgotten: takes it away without asking for it. Only on the command line. */
  'pin.reset': call<PinStatus>()(none),
};
