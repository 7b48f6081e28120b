import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

export const figures = defineFeature({ name: 'figures', routes: [], messages: { ko, en } });
