import { FolderInput } from '@lucide/vue';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const exchange = defineFeature({
  name: 'exchange',
  nav: { to: '/exchange', title: 'exchange.title', icon: FolderInput },
  routes: [
    { path: '/exchange', component: () => import('./ExchangePage.vue') },
    {
      path: '/exchange/imports/:id',
      component: () => import('./ImportPage.vue'),
      props: true,
      meta: { fixed: true, perRecord: true },
    },
    {
      path: '/exchange/changes/:first/:last?',
      component: () => import('./ChangesPage.vue'),
      props: true,
      meta: { fixed: true },
    },
  ],
  messages: { ko, en },
});
