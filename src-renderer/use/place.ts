import { onMounted } from 'vue';
import type { Router } from 'vue-router';
import type { Place } from '#shared/contract/drafts.ts';
import { ApiError, call } from '../api.ts';
import { createDurableWriter } from './durable-writer.ts';

/** Where the window stands, kept on disk so that it opens there again: the screen, and the field that was typed in. */
const writer = createDurableWriter<Place>({
  write: (place) => call('place.put', place),
  // Nobody loses a word by it: the next step tells the place anew.
  notify: () => undefined,
  pause: 100,
  atMost: 300,
});

let path: string | null = null;
let field: string | null = null;
/** The field that takes the focus when it appears, after the window was opened anew. */
let wanted: string | null = null;

/**
 * Puts a window that was opened without an address onto the screen where it stood. Must run before the router is made.
 * A core that does not answer leaves it on the first screen. False for a window that opens locked: what lies below the lock
 * is no place to come back to, and it begins anew when it is opened.
 */
export async function returnToPlace(page: Window): Promise<boolean> {
  if (page.location.hash !== '' && page.location.hash !== '#/') return true;
  try {
    const place = await call('place.get');
    if (!place?.path.startsWith('/')) return true;
    wanted = place.field;
    page.history.replaceState(null, '', `#${place.path}`);
  } catch (error) {
    return !(error instanceof ApiError && error.code === 'APP_LOCKED');
  }
  return true;
}

/** Keeps the place from now on. A survey in a merchant's hands has its own way back and is no place to open at. */
export function keepPlace(router: Router): void {
  router.afterEach((to, from, failure) => {
    if (failure || to.meta.bare) return;
    if (from.matched.length > 0 && to.path !== from.path) wanted = null;
    path = to.fullPath;
    field = wanted;
    writer.set({ path, field });
  });
}

/** Someone types in a field: it is where they stand. */
export function standsAt(key: string | undefined): void {
  wanted = null;
  if (path === null || key === undefined || key === field) return;
  field = key;
  writer.set({ path, field });
}

/** Gives a field the focus when it is the one that was typed in last. */
export function useReturn(key: string | undefined, focus: () => void): void {
  onMounted(() => {
    if (key === undefined || key !== wanted) return;
    wanted = null;
    focus();
  });
}
