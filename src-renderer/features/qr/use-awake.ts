import { onMounted } from 'vue';
import { useWakeLock } from '@vueuse/core';

/** Keeps the screen lit for as long as its component is there, where the system lets a page ask for it. */
export function useAwake(): void {
  const lock = useWakeLock();
  onMounted(() => {
    // Refused on a low battery, for one: the screen then goes dark as it always does.
    if (lock.isSupported.value) lock.request('screen').catch(() => undefined);
  });
}
