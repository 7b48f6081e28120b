import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

/** How the store is opened and the window locked: a part of the settings, two pages that no address leads to, a paper. */
export const vault = defineFeature({
  name: 'vault',
  routes: [{ path: '/print/recovery', component: () => import('./RecoveryPage.vue'), meta: { bare: true } }],
  messages: { ko, en },
});
