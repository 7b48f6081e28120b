import { onScopeDispose, ref, watch, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import type { DesktopAct } from '#shared/contract/desktop.ts';
import { call, onCoreEvent } from '../api.ts';
import { usePreferences } from '../stores/preferences.ts';

type Here = Extract<DesktopAct, 'undo' | 'redo' | 'find'>;
type There = Exclude<DesktopAct, Here | 'open'>;

const paths: Readonly<Record<There, string>> = {
  today: '/',
  stores: '/stores',
  exchange: '/exchange',
  outbox: '/outbox',
  figures: '/figures',
  settings: '/settings',
};

/**
 * The side of the desktop app: does what was chosen in its menu, tells it the language, and gives the name of the file
 * that it saved last. A browser tells nothing of all that. `ready` says whether a person of this laptop is before it.
 */
export function useDesktop(ready: () => boolean, here: Record<Here, () => void>): Ref<string | null> {
  const router = useRouter();
  const preferences = usePreferences();
  const saved = ref<string | null>(null);

  function act(name: DesktopAct): void {
    if (name === 'open') void call('desktop.chooseFiles').catch(() => undefined);
    else if (name === 'undo' || name === 'redo' || name === 'find') here[name]();
    else void router.push(paths[name]);
  }

  onScopeDispose(
    onCoreEvent((event) => {
      if (event.kind === 'asked' && ready()) act(event.act);
      if (event.kind === 'saved') saved.value = event.file;
    }),
  );
  // It belongs to the screen that made it.
  onScopeDispose(router.afterEach((to, from) => void (to.path !== from.path && (saved.value = null))));
  if (window.dangol) {
    watch(
      [ready, () => preferences.language],
      ([may, language]) => may && void call('desktop.speak', { language }).catch(() => undefined),
      { immediate: true },
    );
  }
  return saved;
}
