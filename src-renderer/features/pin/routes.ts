import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

/** The PIN has no screen of its own: it is set in the settings, and asked for where a hand-over begins and ends. */
export const pin = defineFeature({ name: 'pin', routes: [], messages: { ko, en } });
