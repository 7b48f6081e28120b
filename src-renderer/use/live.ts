import { nextTick, onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { EntityName } from '#shared/model/model.ts';
import { onCoreEvent } from '../api.ts';

export interface Live<T> {
  /** The last answer; it stays while a newer one is fetched, so that nothing jumps. */
  readonly data: Readonly<ShallowRef<T | undefined>>;
  readonly error: Readonly<Ref<unknown>>;
  readonly loading: Readonly<Ref<boolean>>;
  reload(): Promise<void>;
  /** Resolves when `data` answers the question as it stands now: before acting on a list while someone types. */
  settled(): Promise<void>;
  /** Shows a change that was just written, ahead of the next answer. */
  patch(change: (data: T) => T): void;
}

export interface LiveOptions {
  /** Fetched again when one of these changed in the store; without it, on any change. */
  entities?: readonly EntityName[];
  /** Fetched again when this value changes. */
  on?: () => unknown;
}

/** Changes come in bursts (an import, a roster): one fetch answers them all. */
const BURST_MS = 80;

/** An answer of the core that keeps itself current for as long as its component lives. */
export function useLive<T>(fetch: () => Promise<T>, options: LiveOptions = {}): Live<T> {
  const data = shallowRef<T>();
  const error = shallowRef<unknown>(null);
  const loading = ref(true);
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();

  function reload(): Promise<void> {
    running = ask();
    return running;
  }

  async function ask(): Promise<void> {
    asked += 1;
    const mine = asked;
    loading.value = true;
    try {
      const answer = await fetch();
      if (mine !== asked) return;
      data.value = answer;
      error.value = null;
    } catch (why) {
      if (mine !== asked) return;
      error.value = why;
    }
    loading.value = false;
  }

  const stop = onCoreEvent((event) => {
    if (event.kind !== 'changed') return;
    if (options.entities && !options.entities.some((entity) => event.entities.includes(entity))) return;
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), BURST_MS);
  });
  onScopeDispose(() => {
    stop();
    clearTimeout(timer);
    asked = -1;
  });

  if (options.on) watch(options.on, () => void reload());
  void reload();

  return {
    data,
    error,
    loading,
    reload,
    async settled() {
      // The question may have changed in this very turn; its watcher runs before the next.
      await nextTick();
      let seen: Promise<void>;
      do {
        seen = running;
        await seen;
      } while (seen !== running);
    },
    patch(change) {
      if (data.value !== undefined) data.value = change(data.value);
    },
  };
}
