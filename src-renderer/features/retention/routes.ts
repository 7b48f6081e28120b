import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

/** Beside the record of access: rarely needed, so it is a way from the settings. */
export const retention = defineFeature({
  name: 'retention',
  routes: [
    { path: '/retention', component: () => import('./RetentionPage.vue') },
    { path: '/print/destructions', component: () => import('./PrintPage.vue'), meta: { bare: true } },
  ],
  messages: { ko, en },
});
