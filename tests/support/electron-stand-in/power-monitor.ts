import type { PowerMonitor } from 'electron';
import { emitterOf } from './emitter.ts';
import { strict } from './strict.ts';

const emitter = emitterOf('powerMonitor', ['suspend', 'resume', 'lock-screen'], () => powerMonitor);

/** No laptop is shut here: a test emits what the system would. */
export const powerMonitor = strict('powerMonitor', {
  ...emitter.face,
} satisfies Pick<PowerMonitor, 'on' | 'once' | 'off' | 'emit'>);
