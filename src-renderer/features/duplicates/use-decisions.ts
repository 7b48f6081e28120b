import { ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { DuplicatePair } from '#shared/contract/duplicates.ts';
import { call } from '../../api.ts';
import { useToasts } from '../../stores/toasts.ts';
import { useSentence } from '../../use/sentence.ts';

/** Two shops that were decided on, with their names. */
type Two = Pick<DuplicatePair, 'left' | 'right'>;

export interface DecisionHooks {
  decided(pair: Two): void;
}

/** Deciding on a pair, with the way back right after by the note; Ctrl+Z takes back step by step, as everywhere. */
export function useDecisions(hooks: DecisionHooks) {
  const { t } = useI18n();
  const toasts = useToasts();
  const sentence = useSentence();
  const busy = ref(false);
  const failed = shallowRef<unknown>(null);

  async function decide(pair: Two, decision: 'same' | 'different'): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    failed.value = null;
    try {
      await call('duplicates.decide', { left: pair.left.id, right: pair.right.id, decision });
      hooks.decided(pair);
      const names = { left: pair.left.name, right: pair.right.name };
      toasts.show({
        tone: 'good',
        text: decision === 'same' ? t('duplicates.doneSame', names) : t('duplicates.doneDifferent', names),
        action: { label: t('common.undo'), run: () => void takeBack(pair) },
      });
    } catch (why) {
      failed.value = why;
    }
    busy.value = false;
  }

  async function takeBack(pair: Two): Promise<void> {
    try {
      await call('duplicates.takeBack', { left: pair.left.id, right: pair.right.id });
      toasts.show({ tone: 'good', text: t('duplicates.tookBack') });
    } catch (why) {
      toasts.show({ tone: 'bad', text: sentence(why) });
    }
  }

  return { busy, failed, decide };
}
