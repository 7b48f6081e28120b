import { ref, shallowRef } from 'vue';
import type { InputOf } from '#shared/contract/contract.ts';
import { ApiError, call } from '../../api.ts';
import { useStatus } from '../../stores/status.ts';
import { settleAll } from '../../use/unsettled.ts';
import { enterFullScreen } from './full-screen.ts';

/** Puts the laptop into a merchant's hands; `askForPin` is called where none was chosen or declined yet. */
export function useHandingOver(askForPin: () => void) {
  const status = useStatus();
  const busy = ref(false);
  const error = shallowRef<unknown>(null);

  async function start(input: InputOf<'handover.start'>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    error.value = null;
    try {
      // Once it is handed over the core takes nothing else from this window.
      await settleAll();
      await call('handover.start', input);
      enterFullScreen();
      await status.load();
    } catch (why) {
      if (why instanceof ApiError && why.code === 'PIN_NEEDED') askForPin();
      else error.value = why;
    } finally {
      busy.value = false;
    }
  }

  return { busy, error, start };
}
