import { useEventListener } from '@vueuse/core';

/** Keys of a whole screen, for hands that are not in a field. */

/** Text fields take every letter themselves. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** Nothing to operate has the focus: the page was just opened, or its paper was clicked. */
export function isNowhere(target: EventTarget | null): boolean {
  return !(target instanceof HTMLElement) || target.matches('body, h1, main');
}

/** Calls `act` for keys that nobody else took and that do not belong to an open dialog or to a syllable in the making. */
export function usePageKeys(act: (event: KeyboardEvent) => void): void {
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('[role="dialog"]')) return;
    act(event);
  });
}
