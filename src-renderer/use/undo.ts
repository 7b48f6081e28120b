import { useI18n } from 'vue-i18n';
import { call } from '../api.ts';
import { doneSentence, leftSentence, nameOfStep, type Words } from './undo-text.ts';
import { usePreferences } from '../stores/preferences.ts';
import { useToasts } from '../stores/toasts.ts';
import { useLabels } from './labels.ts';
import { useSentence } from './sentence.ts';
import { settleAll } from './unsettled.ts';

type Way = 'undo' | 'redo';

/** Undo and redo of what was done on this laptop, each said in a note that offers the way back. */
export function useUndo() {
  const { t } = useI18n();
  const toasts = useToasts();
  const preferences = usePreferences();
  const labels = useLabels();
  const sentence = useSentence();
  const words = (): Words => ({
    t: (key, blanks = {}) => t(key, blanks),
    language: preferences.language,
    fieldLabel: labels.fieldLabel,
    entityLabel: labels.entityLabel,
  });

  async function go(way: Way): Promise<void> {
    try {
      // A word that is still on its way is a part of what was done.
      await settleAll();
      const { step, excluded, left } = await call(way === 'undo' ? 'undo.undo' : 'undo.redo');
      if (step) {
        toasts.show({
          tone: 'good',
          text: doneSentence(step, way, words()),
          action: way === 'undo' ? back('redo') : back('undo'),
        });
      }
      if (left.length > 0) toasts.show({ tone: 'bad', text: leftSentence(left, words()) });
      if (excluded) toasts.show({ tone: 'bad', text: t(`undo.excluded.${excluded}`) });
      if (!step && !excluded && left.length === 0) {
        toasts.show({ tone: 'good', text: way === 'undo' ? t('undo.nothing') : t('undo.nothingAgain') });
      }
    } catch (why) {
      toasts.show({ tone: 'bad', text: sentence(why) });
    }
  }

  function back(way: Way): { label: string; run: () => void } {
    return { label: way === 'undo' ? t('undo.undo') : t('undo.redo'), run: () => void go(way) };
  }

  /** What would be undone and done again, as words; absent where there is nothing. */
  async function offers(): Promise<{ undo?: string; redo?: string }> {
    const state = await call('undo.state');
    return {
      ...(state.undo && state.undo.kind !== 'excluded'
        ? { undo: t('undo.offer', { what: nameOfStep(state.undo, words()) }) }
        : {}),
      ...(state.redo ? { redo: t('undo.offerAgain', { what: nameOfStep(state.redo, words()) }) } : {}),
    };
  }

  return { undo: () => go('undo'), redo: () => go('redo'), offers };
}
