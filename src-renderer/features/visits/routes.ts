import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const visits = defineFeature({
  name: 'visits',
  routes: [
    {
      path: '/visits/:id',
      component: () => import('./VisitPage.vue'),
      props: true,
      meta: { fixed: true, perRecord: true },
    },
  ],
  messages: { ko, en },
});
