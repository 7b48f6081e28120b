import { defineFeature } from '../../feature.ts';
import { en } from './i18n/en.ts';
import { ko } from './i18n/ko.ts';

/** Photos have no screen of their own: `PhotoStrip` stands on the screens of what they show. */
export const photos = defineFeature({ name: 'photos', routes: [], messages: { ko, en } });
