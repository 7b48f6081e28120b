import { shallowRef } from 'vue';
import { call } from '../../api.ts';
import type { Shop } from './ShopPick.vue';

/** The shop named by an address; undefined until it is known, null when there is none. */
export function useShop(id: string) {
  const shop = shallowRef<Shop | null | undefined>(id === '' ? null : undefined);
  if (id !== '') {
    call('records.get', { entity: 'store', id }).then(
      ({ fields }) => (shop.value = { id, name: String(fields['name'] ?? '') }),
      // A shop that is not here leaves the answers without one.
      () => (shop.value = null),
    );
  }
  return shop;
}
