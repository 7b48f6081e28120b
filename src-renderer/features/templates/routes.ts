import { FileCheck2 } from '@lucide/vue';
import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const templates = defineFeature({
  name: 'templates',
  nav: {
    to: '/templates',
    title: 'templates.title',
    icon: FileCheck2,
    shown: ({ laptop }) => laptop.role !== 'trainer',
  },
  routes: [
    { path: '/templates', component: () => import('./TemplatesPage.vue') },
    {
      path: '/templates/:kind(checklist|survey)/:id',
      component: () => import('./TemplatePage.vue'),
      props: true,
      meta: { perRecord: true },
    },
    {
      path: '/templates/:kind(checklist|survey)/:id/preview',
      component: () => import('./PreviewPage.vue'),
      props: true,
      meta: { bare: true },
    },
    {
      path: '/templates/programs/:id',
      component: () => import('./ProgramPage.vue'),
      props: true,
      meta: { perRecord: true },
    },
  ],
  messages: { ko, en },
});
