import { useI18n } from 'vue-i18n';
import { messageOf } from '#shared/contract/messages.ts';
import { ApiError, Unreachable } from '../api.ts';
import { usePreferences } from '../stores/preferences.ts';

/** Anything that was thrown, as a sentence: what happened, what it means for the data, what to do next. */
export function useSentence(): (error: unknown) => string {
  const { t } = useI18n();
  const preferences = usePreferences();
  return (error) => {
    if (error instanceof ApiError) return messageOf(error, preferences.language);
    if (error instanceof Unreachable) return t('common.unreachable');
    console.error(error);
    return messageOf({ code: 'INTERNAL', params: { id: '-' } }, preferences.language);
  };
}
