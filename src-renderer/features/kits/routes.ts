import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

/** Reached from the screen where files are merged: what goes out begins where what came in was looked at. */
export const kits = defineFeature({
  name: 'kits',
  routes: [{ path: '/kits', component: () => import('./KitsPage.vue') }],
  messages: { ko, en },
});
