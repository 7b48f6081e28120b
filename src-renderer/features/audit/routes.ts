import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

/** Rarely looked at, so it is a way from the settings and not a place in the navigation. */
export const audit = defineFeature({
  name: 'audit',
  routes: [{ path: '/audit', component: () => import('./AuditPage.vue') }],
  messages: { ko, en },
});
