import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const surveys = defineFeature({
  name: 'surveys',
  routes: [
    {
      path: '/surveys/:session',
      component: () => import('./HandoverPage.vue'),
      props: true,
      meta: { bare: true },
    },
  ],
  messages: { ko, en },
});
