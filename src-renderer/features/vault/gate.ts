import { createApp, type Plugin } from 'vue';
import { call } from '../../api.ts';
import UnlockPage from './UnlockPage.vue';

/**
 * Shows the page that unlocks the store, where it is locked, and resolves when it is open: nothing of the program is
 * there before. A core that answers otherwise is left to the program, which has words for it.
 */
export async function passGate(at: string, plugins: readonly Plugin[]): Promise<void> {
  const state = await call('vault.state').catch(() => null);
  if (!state || state.open) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const page = createApp(UnlockPage, { ways: state.ways, done: resolve });
  for (const plugin of plugins) page.use(plugin);
  page.mount(at);
  await promise;
  page.unmount();
}
