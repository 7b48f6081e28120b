import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

/** What a person is told first when the program has restored its store by itself; no address leads there. */
export const rescue = defineFeature({ name: 'rescue', routes: [], messages: { ko, en } });
