import { expect, it } from 'vitest';
import type { CoreHost } from '#main/shells/core-host.ts';
import { wakeOutbox } from '#main/shells/electron-power.ts';
import { powerMonitor } from '#tests/support/electron-stand-in/power-monitor.ts';

/** The stand-in's own emitter, as a test on the running app would make it wake. */
const resume = (): boolean => powerMonitor.emit('resume');

it('the outbox is woken each time the laptop wakes, once the core is open', async () => {
  const called: unknown[] = [];
  const host = { call: (...given: unknown[]) => Promise.resolve(called.push(given)) };
  const { promise, resolve } = Promise.withResolvers<CoreHost>();
  wakeOutbox(powerMonitor, promise);
  resume();
  expect(called).toEqual([]);
  resolve(host as unknown as CoreHost);
  await promise;
  expect(called).toEqual([['outbox.wake', {}]]);
  resume();
  await promise;
  expect(called).toHaveLength(2);
});

it('nothing is said where the core never opened', async () => {
  const never = Promise.reject<CoreHost>(new Error('no store'));
  wakeOutbox(powerMonitor, never);
  resume();
  await expect(never).rejects.toThrow('no store');
});

it('the stand-in knows no other moment', () => {
  expect(() => powerMonitor.emit('shutdown')).toThrow("no event powerMonitor 'shutdown'");
});
