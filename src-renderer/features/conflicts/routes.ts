import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const conflicts = defineFeature({ name: 'conflicts', routes: [], messages: { ko, en } });
