import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { CodeOf } from '#shared/model/model.ts';

/** Where one is in the list of shops, for when one comes back to it. */
export const useStoreList = defineStore('storeList', () => ({
  text: ref(''),
  site: ref<{ id: string; name: string } | null>(null),
  status: ref<CodeOf<'store', 'status'> | null>(null),
  /** The line that Enter takes. */
  at: ref(0),
  /** Pixels that the list is scrolled by. */
  top: ref(0),
}));
