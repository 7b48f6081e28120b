import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { KitOrder } from '#shared/contract/kits.ts';
import { call } from '../../api.ts';
import { useToasts } from '../../stores/toasts.ts';
import { downloadFile } from '../../use/download.ts';
import { useFormat } from '../../use/format.ts';

/** What takes less needs no word. */
const QUICK_MS = 500;

/** Makes kits one by one, with the progress and the way to stop; hands over the file at the end. */
export function useMaking() {
  const { t } = useI18n();
  const format = useFormat();
  const toasts = useToasts();
  /** The trainers whose kits are under way. */
  const making = shallowRef<ReadonlySet<string>>(new Set());
  const progress = ref({ done: 0, total: 0 });
  const slow = ref(false);
  const stopping = ref(false);
  const error = shallowRef<unknown>(null);
  const busy = computed(() => making.value.size > 0);

  async function make(orders: readonly KitOrder[]): Promise<void> {
    if (busy.value) return;
    making.value = new Set(orders.map(({ trainer }) => trainer));
    error.value = null;
    stopping.value = false;
    progress.value = { done: 0, total: orders.length };
    const timer = setTimeout(() => (slow.value = true), QUICK_MS);
    try {
      await work(orders);
    } catch (why) {
      error.value = why;
    }
    clearTimeout(timer);
    slow.value = false;
    making.value = new Set();
  }

  async function work(orders: readonly KitOrder[]): Promise<void> {
    const { run, total } = await call('kits.begin', { kits: [...orders] });
    while (progress.value.done < total) {
      if (stopping.value) {
        await call('kits.stop', { run });
        toasts.show({ tone: 'good', text: t('kits.stopped') });
        return;
      }
      progress.value = await call('kits.next', { run });
    }
    const file = await call('kits.finish', { run });
    downloadFile(file);
    toasts.show({
      tone: 'good',
      text: t(file.sealed > 0 ? 'kits.madeSealed' : 'kits.made', {
        n: format.number(file.kits),
        sealed: format.number(file.sealed),
        file: file.name,
      }),
    });
  }

  function stop(): void {
    stopping.value = true;
  }
  // Who leaves the screen does not want the file any more.
  onScopeDispose(stop);

  return { make, stop, making, progress, slow, stopping, busy, error };
}
