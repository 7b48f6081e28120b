import { CalendarDays } from '@lucide/vue';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const today = defineFeature({
  name: 'today',
  nav: { to: '/', title: 'today.title', icon: CalendarDays },
  routes: [{ path: '/', component: () => import('./TodayPage.vue') }],
  messages: { ko, en },
});
