import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

/** The survey in a merchant's hands has no address: App.vue shows it for as long as the core says so. */
export const surveys = defineFeature({
  name: 'surveys',
  routes: [
    { path: '/surveys/:session', component: () => import('./SurveyStartPage.vue'), props: true },
    {
      path: '/surveys/:session/:mode(interview|paper)',
      component: () => import('./EntryPage.vue'),
      props: true,
    },
  ],
  messages: { ko, en },
});
