import { computed, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useIntervalFn } from '@vueuse/core';
import { PIN_FORM } from '#shared/contract/pin.ts';
import { ApiError, call } from '../../api.ts';
import { useSentence } from '../../use/sentence.ts';

/** One PIN being typed where it is asked for; too many wrong ones count down to the next try. */
export function usePinEntry(run: (pin: string) => Promise<void>, needed: () => boolean = () => true) {
  const { t } = useI18n();
  const sentence = useSentence();
  const pin = ref('');
  const busy = ref(false);
  const malformed = ref(false);
  const error = shallowRef<unknown>(null);
  const now = ref(performance.now());
  const until = ref(0);
  useIntervalFn(() => (now.value = performance.now()), 500);
  const left = computed(() => stepped(Math.max(0, Math.ceil((until.value - now.value) / 1000))));
  const waiting = computed(() => left.value > 0);

  const problem = computed(() => {
    if (waiting.value) return t('pin.wait', { n: left.value });
    if (malformed.value) return t('pin.form');
    return error.value ? sentence(error.value) : undefined;
  });

  function waitFor(seconds: number): void {
    now.value = performance.now();
    until.value = now.value + seconds * 1000;
  }

  async function submit(): Promise<void> {
    if (busy.value || waiting.value) return;
    malformed.value = needed() && !PIN_FORM.test(pin.value);
    error.value = null;
    if (malformed.value) return;
    busy.value = true;
    try {
      await run(pin.value);
    } catch (why) {
      if (why instanceof ApiError && why.code === 'PIN_WAIT') waitFor(Number(why.params['seconds']));
      else error.value = why;
    } finally {
      busy.value = false;
      pin.value = '';
    }
  }

  return {
    pin,
    busy,
    problem,
    waiting,
    submit,

    /** Begins anew; a wait from before still holds. */
    open(): void {
      pin.value = '';
      malformed.value = false;
      error.value = null;
      call('pin.status').then(
        ({ wait }) => waitFor(wait),
        (why: unknown) => (error.value = why),
      );
    },
  };
}

/** A screen reader says the time left whenever it changes: not every second of a minute. */
function stepped(seconds: number): number {
  return seconds > 10 ? Math.ceil(seconds / 10) * 10 : seconds;
}
