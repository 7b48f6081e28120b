import type { PowerMonitor } from 'electron';
import type { CoreHost } from './core-host.ts';

/** What could not be sent before the laptop slept is tried as soon as it wakes, and not when its next turn would be. */
export function wakeOutbox(power: Pick<PowerMonitor, 'on'>, opening: Promise<CoreHost>): void {
  power.on('resume', () => {
    void opening.then(
      (host) => void host.call('outbox.wake', {}),
      // It never opened; a person has been told.
      () => undefined,
    );
  });
}
