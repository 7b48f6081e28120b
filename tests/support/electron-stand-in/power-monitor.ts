import type { PowerMonitor } from 'electron';
import { emitterOf } from './emitter.ts';
import { strict } from './strict.ts';

const emitter = emitterOf('powerMonitor', ['resume'], () => powerMonitor);

/** `emit` is what a test makes the laptop wake up with: Electron's own is an emitter too. */
export const powerMonitor: Pick<PowerMonitor, 'on' | 'emit'> = strict('powerMonitor', {
  on: emitter.face.on,
  emit: (event: string | symbol, ...args: unknown[]) => (emitter.emit(String(event), ...args), true),
} satisfies Pick<PowerMonitor, 'on' | 'emit'>);
