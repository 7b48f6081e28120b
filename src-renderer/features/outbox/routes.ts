import { Send } from '@lucide/vue';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const outbox = defineFeature({
  name: 'outbox',
  nav: { to: '/outbox', title: 'outbox.title', icon: Send },
  routes: [
    { path: '/outbox/destinations', component: () => import('./DestinationsPage.vue') },
    {
      path: '/outbox/destinations/new/:kind(folder|webdav|mail|s3|hub)',
      component: () => import('./DestinationPage.vue'),
      props: true,
    },
    {
      path: '/outbox/destinations/:id',
      component: () => import('./DestinationPage.vue'),
      props: true,
      meta: { perRecord: true },
    },
    {
      path: '/outbox/:id?',
      component: () => import('./OutboxPage.vue'),
      props: true,
      meta: { fixed: true },
    },
  ],
  messages: { ko, en },
});
