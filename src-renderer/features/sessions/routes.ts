import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const sessions = defineFeature({
  name: 'sessions',
  routes: [
    { path: '/sessions/new', component: () => import('./NewSessionPage.vue'), meta: { fixed: true } },
    {
      path: '/sessions/:id',
      component: () => import('./SessionPage.vue'),
      props: true,
      meta: { fixed: true, perRecord: true },
      children: [
        { path: '', redirect: (to) => `/sessions/${String(to.params['id'])}/attendance` },
        { path: 'attendance', component: () => import('./AttendancePart.vue') },
        { path: 'visits', component: () => import('./VisitsPart.vue') },
        { path: 'survey', component: () => import('./SurveyPart.vue') },
        { path: 'photos', component: () => import('./PhotosPart.vue') },
        { path: 'export', component: () => import('./ExportPart.vue') },
        { path: 'plan', component: () => import('./PlanPart.vue') },
      ],
    },
  ],
  messages: { ko, en },
});
