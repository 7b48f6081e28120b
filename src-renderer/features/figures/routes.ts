import { ChartNoAxesColumn } from '@lucide/vue';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const figures = defineFeature({
  name: 'figures',
  nav: { to: '/figures', title: 'figures.title', icon: ChartNoAxesColumn },
  routes: [
    { path: '/figures', component: () => import('./FiguresPage.vue') },
    { path: '/figures/rows', component: () => import('./CountedRowsPage.vue'), meta: { fixed: true } },
  ],
  messages: { ko, en },
});
