import { createRouter, createWebHashHistory, type RouteLocationRaw } from 'vue-router';
import { features } from './features.ts';
import { settleAll } from './use/unsettled.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Fills the window: no navigation, no palette, for what is shown to somebody else. */
    bare?: boolean;
    /** The page scrolls its own parts and takes exactly the height of the window. */
    fixed?: boolean;
    /** Another `:id` is another page: nothing of the one before stays on screen. */
    perRecord?: boolean;
  }
}

/**
 * The way between screens. What is typed is written before a screen goes; when that fails, the person stays, and
 * `onStay` may offer to go anyway.
 */
export function createScreens(onStay: (leaveAnyway: () => void) => void) {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      ...features.flatMap((feature) => feature.routes),
      { path: '/:lost(.*)*', component: () => import('./frame/LostPage.vue') },
    ],
  });

  let leaveAnyway: RouteLocationRaw | null = null;
  router.beforeEach(async (to) => {
    const forced = leaveAnyway === to.fullPath;
    leaveAnyway = null;
    if (forced || (await settleAll())) return true;
    onStay(() => {
      leaveAnyway = to.fullPath;
      void router.push(to.fullPath);
    });
    return false;
  });
  return router;
}
