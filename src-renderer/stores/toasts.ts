import { defineStore } from 'pinia';
import { ref } from 'vue';

export interface Toast {
  id: number;
  tone: 'good' | 'bad';
  text: string;
  /** A newer note about the same takes the place of the older. */
  topic?: string;
  action?: { label: string; run: () => void };
}

/** Short enough to be out of the way, long enough to read a sentence; an error waits for the person. */
const GOOD_MS = 6000;

/** The notes that rise from the lower edge: what was done (with its way back), what went wrong. */
export const useToasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([]);
  let last = 0;

  function show(toast: Omit<Toast, 'id'>): void {
    last += 1;
    const id = last;
    const others = toasts.value.filter(({ topic }) => topic === undefined || topic !== toast.topic);
    toasts.value = [...others.slice(-2), { ...toast, id }];
    if (toast.tone === 'good') setTimeout(() => dismiss(id), GOOD_MS);
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  return { toasts, show, dismiss };
});
