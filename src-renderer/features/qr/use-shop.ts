import { computed } from 'vue';
import type { RecordOf } from '#shared/model/model.ts';
import { ApiError, call } from '../../api.ts';
import { useLive } from '../../use/live.ts';
import { channelLink } from './channel-link.ts';

/** A shop and the address of its channel, kept current. */
export function useShop(id: () => string) {
  const record = useLive(() => call('records.get', { entity: 'store', id: id() }), {
    entities: ['store'],
    on: id,
  });
  const shop = computed(
    () =>
      record.data.value && {
        ...(record.data.value.fields as Partial<RecordOf<'store'>>),
        id: record.data.value.id,
      },
  );
  return {
    shop,
    link: computed(() => channelLink(shop.value?.channelUrl)),
    error: record.error,
    reload: record.reload,
    gone: computed(() => record.error.value instanceof ApiError && record.error.value.code === 'NOT_FOUND'),
  };
}
