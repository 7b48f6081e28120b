import { computed, ref, shallowRef, watch } from 'vue';
import { useEventListener, useIntervalFn } from '@vueuse/core';
import { ANSWER_MS, idleStep, secondsLeft, touched, type Watched } from './idle.ts';

/** Signs of somebody. */
const SIGNS = ['pointerdown', 'pointermove', 'wheel', 'keydown', 'input'] as const;

/**
 * Looks once a second whether the laptop was left alone. The clock is the one that does not jump when somebody sets the
 * time.
 */
export function useIdle(watched: () => Watched, on: { end: () => void; restart: () => void }) {
  const idle = shallowRef(touched(performance.now()));
  const left = ref(ANSWER_MS / 1000);
  const asking = computed(() => idle.value.asked !== null);

  function touch(): void {
    idle.value = touched(performance.now());
  }

  // Once it is asked, the question wants an answer: a bumped table is none.
  for (const sign of SIGNS) {
    useEventListener(window, sign, () => asking.value || touch(), { capture: true, passive: true });
  }
  watch(watched, touch);

  useIntervalFn(() => {
    const now = performance.now();
    const next = idleStep(idle.value, watched(), now);
    idle.value = next.idle;
    left.value = secondsLeft(next.idle, now);
    if (next.step === 'end') on.end();
    if (next.step === 'restart') on.restart();
  }, 1000);

  return { asking, left, touch };
}
