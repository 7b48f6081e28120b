import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const qr = defineFeature({
  name: 'qr',
  routes: [
    { path: '/stores/:id/qr', component: () => import('./QrPage.vue'), props: true, meta: { bare: true } },
    {
      path: '/stores/:id/card',
      component: () => import('./CardPage.vue'),
      props: true,
      meta: { bare: true },
    },
  ],
  messages: { ko, en },
});
