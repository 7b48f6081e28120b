import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const exchange = defineFeature({ name: 'exchange', routes: [], messages: { ko, en } });
