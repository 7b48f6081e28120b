import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

/** No screen of its own: a sheet that opens beside whatever shows a record. */
export const history = defineFeature({ name: 'history', routes: [], messages: { ko, en } });
