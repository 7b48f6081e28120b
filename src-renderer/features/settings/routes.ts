import { Settings } from '@lucide/vue';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const settings = defineFeature({
  name: 'settings',
  nav: { to: '/settings', title: 'settings.title', icon: Settings },
  routes: [{ path: '/settings', component: () => import('./SettingsPage.vue') }],
  messages: { ko, en },
});
