import { onScopeDispose } from 'vue';
import { useEventListener, useIntervalFn } from '@vueuse/core';
import { call, onCoreEvent } from '../../api.ts';

/** The last sign of somebody, for all tabs of a browser: one that lies behind must not lock the one that is used. */
const SIGN = 'dangol.sign';
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
const LOOK_EVERY = 5000;
const MINUTE = 60_000;

/**
 * Locks the window after some minutes without a sign of anybody; 0 never. A job that reports its progress is a sign: an
 * import of an hour must not be cut short. By the clock and not by a timer, so that a laptop that slept is locked when it
 * wakes.
 */
export function useIdleLock(minutes: () => number): void {
  let noted = 0;

  function sign(): void {
    const now = Date.now();
    if (now - noted < LOOK_EVERY / 2) return;
    // What comes after the time is up comes too late: the lock is about to show.
    if (noted > 0 && isOver(now)) return look();
    noted = now;
    localStorage.setItem(SIGN, String(now));
  }

  function isOver(now: number): boolean {
    const last = Math.max(noted, Number(localStorage.getItem(SIGN)) || 0);
    // A clock that was turned back counts from now on.
    if (last > now) localStorage.setItem(SIGN, String((noted = now)));
    return minutes() > 0 && now - last >= minutes() * MINUTE;
  }

  function look(): void {
    if (isOver(Date.now())) call('lock.now').catch(() => undefined);
  }

  function begin(): void {
    noted = Date.now();
    localStorage.setItem(SIGN, String(noted));
  }

  begin();
  for (const name of SIGNS) useEventListener(window, name, sign, { capture: true, passive: true });
  onScopeDispose(onCoreEvent((event) => event.kind === 'progress' && sign()));
  useIntervalFn(look, LOOK_EVERY);
}
