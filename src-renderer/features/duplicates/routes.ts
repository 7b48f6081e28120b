import { CopyCheck } from '@lucide/vue';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const duplicates = defineFeature({
  name: 'duplicates',
  nav: { to: '/duplicates', title: 'duplicates.title', icon: CopyCheck },
  routes: [
    { path: '/duplicates', component: () => import('./DuplicatesPage.vue'), meta: { fixed: true } },
    { path: '/duplicates/decided', component: () => import('./DecidedPage.vue'), meta: { fixed: true } },
  ],
  messages: { ko, en },
});
