import { computed, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Delivery } from '#shared/contract/outbox.ts';
import { call } from '../../api.ts';
import { useToasts } from '../../stores/toasts.ts';
import { downloadFile } from '../../use/download.ts';
import { useLive } from '../../use/live.ts';
import { inOrder, linesOf } from './outbox-view.ts';
import { useOutbox } from './use-outbox.ts';

/** What is to be sent and what was, and everything that a person does with one of them. */
export function useDeliveries() {
  const { t } = useI18n();
  const toasts = useToasts();
  const outbox = useOutbox();
  /** Also what was sent long ago. */
  const all = ref(false);
  const list = useLive(() => call('outbox.list', { all: all.value }), {
    entities: [],
    on: () => [outbox.told, all.value],
  });
  const lines = computed(() => linesOf(list.data.value ?? []));
  const deliveries = computed(() => inOrder(lines.value));
  /** What is under way, by the name of the act; one at a time. */
  const busy = ref<string | null>(null);
  const error = shallowRef<unknown>(null);

  async function act(name: string, work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = name;
    error.value = null;
    try {
      await work();
      await Promise.all([list.reload(), outbox.load()]);
    } catch (why) {
      error.value = why;
    }
    busy.value = null;
    return error.value === null;
  }

  return {
    list,
    lines,
    deliveries,
    all,
    busy,
    error,
    sendNow: ({ id }: Delivery) => act('sendNow', () => call('outbox.retry', { id })),
    pause: ({ id }: Delivery, paused: boolean) => act('pause', () => call('outbox.pause', { id, paused })),
    pauseAll: (paused: boolean) => act('pauseAll', () => call('outbox.pauseAll', { paused })),
    redirect: ({ id }: Delivery, destination: string) =>
      act('redirect', () => call('outbox.redirect', { id, destination })),
    remove: ({ id }: Delivery) => act('remove', () => call('outbox.remove', { id })),
    handedOver: ({ id }: Delivery) => act('handedOver', () => call('outbox.handedOver', { id })),
    takeFile: ({ id }: Delivery) =>
      act('file', async () => {
        const file = await call('outbox.file', { id });
        downloadFile(file);
        outbox.take(id);
        toasts.show({ tone: 'good', text: t('outbox.taken', { file: file.name }) });
      }),
  };
}
