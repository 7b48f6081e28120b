import { ClipboardCheck } from '@lucide/vue';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const dataState = defineFeature({
  name: 'dataState',
  nav: {
    to: '/data-state',
    title: 'dataState.title',
    icon: ClipboardCheck,
    shown: ({ laptop }) => laptop.role !== 'trainer',
  },
  routes: [
    {
      path: '/data-state/:line?',
      component: () => import('./DataStatePage.vue'),
      props: true,
      meta: { fixed: true },
    },
  ],
  messages: { ko, en },
});
