import { Laptop } from '@lucide/vue';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const laptops = defineFeature({
  name: 'laptops',
  nav: {
    to: '/laptops',
    title: 'laptops.title',
    icon: Laptop,
    badge: ({ desk }) => desk.keys + desk.late,
    badgeLabel: 'laptops.toLookAt',
    shown: ({ laptop }) => laptop.role !== 'trainer',
  },
  routes: [
    { path: '/laptops/late', component: () => import('./LatePage.vue'), meta: { fixed: true } },
    {
      path: '/laptops/:id?',
      component: () => import('./LaptopsPage.vue'),
      props: true,
      meta: { fixed: true },
    },
  ],
  messages: { ko, en },
});
