import { Store } from '@lucide/vue';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const stores = defineFeature({
  name: 'stores',
  nav: { to: '/stores', title: 'stores.title', icon: Store },
  routes: [
    { path: '/stores/:id?', component: () => import('./StoresPage.vue'), props: true, meta: { fixed: true } },
  ],
  messages: { ko, en },
});
