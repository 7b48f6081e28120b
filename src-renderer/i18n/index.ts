import { createI18n } from 'vue-i18n';
import type { Language } from '#shared/contract/messages.ts';
import { features } from '../features.ts';
import type { Texts } from '../feature.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

/** The words of the frame and of every feature, each feature under its own name. */
export function messagesOf(language: Language): Texts {
  const shared: Texts = language === 'ko' ? ko : en;
  const own = Object.fromEntries(features.map((feature) => [feature.name, feature.messages[language]]));
  return { ...shared, ...own };
}

export function createTexts(language: Language) {
  return createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: 'ko',
    messages: { ko: messagesOf('ko'), en: messagesOf('en') },
  });
}
