import { useI18n } from 'vue-i18n';
import type { Delivery } from '#shared/contract/outbox.ts';
import { useFormat } from '../../use/format.ts';
import { sizeOf, standingOf, untilOf } from './outbox-view.ts';

/** A delivery in words. */
export function useDeliveryText() {
  const { t } = useI18n();
  const format = useFormat();

  /** When it is tried by itself, as of `now`; null where it is not. */
  function nextTry({ nextTryAt, tries }: Delivery, now: number): string | null {
    if (nextTryAt === null) return null;
    const { unit, n } = untilOf(nextTryAt, now);
    const words = t(`outbox.until.${unit}`, { n: format.number(n) });
    if (unit === 'soon') return tries > 0 ? t('outbox.soonAgain') : words;
    return t(tries > 0 ? 'outbox.tryAgain' : 'outbox.tryFirst', { until: words });
  }

  function size(bytes: number): string {
    const { unit, n } = sizeOf(bytes);
    return `${format.number(n)} ${unit}`;
  }

  /** The state in a few words, with the moment where there is one. */
  function standing(delivery: Delivery): string {
    return t(`outbox.standing.${standingOf(delivery)}`);
  }

  return { nextTry, size, standing, title: (delivery: Delivery) => delivery.title || t('common.untitled') };
}
