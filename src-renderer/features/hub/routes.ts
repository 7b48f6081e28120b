import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

/** The team's hub: reached from where files are merged, since it is the other way in which they come. */
export const hub = defineFeature({
  name: 'hub',
  routes: [{ path: '/hub', component: () => import('./HubPage.vue') }],
  messages: { ko, en },
});
