import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { AppStatus, Role } from '#shared/contract/app.ts';
import { call, onCoreEvent } from '../api.ts';

/** What the core says of itself: the laptop, today's date, how much there is. Kept current by the core's events. */
export const useStatus = defineStore('status', () => {
  const status = shallowRef<AppStatus>();
  const error = shallowRef<unknown>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    try {
      status.value = await call('app.status');
      error.value = null;
    } catch (why) {
      error.value = why;
    }
  }

  /** Loads now and after every burst of changes. */
  function start(): void {
    onCoreEvent((event) => {
      if (event.kind !== 'changed') return;
      clearTimeout(timer);
      timer = setTimeout(() => void load(), 150);
    });
    void load();
  }

  async function setUp(name: string, role: Role): Promise<void> {
    status.value = await call('app.setUp', { name, role });
  }

  async function usedBy(person: string | null): Promise<void> {
    status.value = await call('app.usedBy', { person });
  }

  /** Today in Asia/Seoul. Until the core has answered, the browser's own idea of it. */
  const today = computed(
    () => status.value?.today ?? new Date(Date.now() + 9 * 60 * 60 * 1000).toISOString().slice(0, 10),
  );

  return { status, error, today, load, start, setUp, usedBy };
});
