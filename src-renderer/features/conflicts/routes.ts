import { GitCompareArrows } from '@lucide/vue';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const conflicts = defineFeature({
  name: 'conflicts',
  nav: {
    to: '/conflicts',
    title: 'conflicts.title',
    icon: GitCompareArrows,
    badge: (status) => status.counts.conflicts,
  },
  routes: [{ path: '/conflicts', component: () => import('./ConflictsPage.vue'), meta: { fixed: true } }],
  messages: { ko, en },
});
