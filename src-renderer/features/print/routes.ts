import type { LocationQueryValue } from 'vue-router';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

type Asked = LocationQueryValue | LocationQueryValue[] | undefined;
const one = (asked: Asked): string | undefined => (typeof asked === 'string' ? asked : undefined);

/** Sheets of paper: each a screen that shows what the printer gets. */
export const print = defineFeature({
  name: 'print',
  routes: [
    {
      path: '/print/sessions/:id/sign-in',
      component: () => import('./SignInPage.vue'),
      props: true,
      meta: { bare: true },
    },
    {
      path: '/print/stores/:id',
      component: () => import('./StorePage.vue'),
      props: true,
      meta: { bare: true },
    },
    {
      path: '/print/awards',
      component: () => import('./AwardsPage.vue'),
      props: ({ query }) => ({ program: one(query['program']), award: one(query['award']) }),
      meta: { bare: true },
    },
    {
      path: '/print/qr',
      component: () => import('./CardsPage.vue'),
      props: ({ query }) => ({ session: one(query['session']), site: one(query['site']) }),
      meta: { bare: true },
    },
  ],
  messages: { ko, en },
});
