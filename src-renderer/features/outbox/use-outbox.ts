import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { OutboxState } from '#shared/contract/outbox.ts';
import { call, onCoreEvent } from '../../api.ts';

/** A try tells several things in a row: one look answers them all. */
const BURST_MS = 80;

/** How the outbox stands, for whatever part of the window shows something of it. Kept current by the core's events. */
export const useOutbox = defineStore('outbox', () => {
  const state = shallowRef<OutboxState>();
  /** Grows with each burst of news: what hangs on the outbox is fetched again when it does. */
  const told = ref(0);
  /** The deliveries whose file a person took since the window was opened: they may say that they handed it over. */
  const taken = shallowRef<ReadonlySet<string>>(new Set());
  /** Where the last one was sent: most go to the same place. */
  const lastDestination = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    try {
      state.value = await call('outbox.state');
    } catch {
      // What is not known is not said; the next news asks again.
    }
  }

  function onNews(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      told.value += 1;
      void load();
    }, BURST_MS);
  }

  /** Listens from now on. The network's own word is no proof, but a good moment to try. */
  function start(view: Window): void {
    onCoreEvent((event) => {
      if (event.kind === 'outbox') onNews();
    });
    view.addEventListener('online', () => void call('outbox.wake').catch(() => undefined));
  }

  function take(id: string): void {
    taken.value = new Set([...taken.value, id]);
  }

  return { state, told, taken, lastDestination, load, start, take };
});
