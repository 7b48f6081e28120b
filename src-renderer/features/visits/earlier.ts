import { useI18n } from 'vue-i18n';
import type { SameDayVisit } from '#shared/contract/today.ts';
import { useFormat } from '../../use/format.ts';
import { useLabels } from '../../use/labels.ts';

/** An earlier visit of the day in a line: when, how it ended, who was there, in which session. */
export function useEarlier(): (visit: SameDayVisit) => string {
  const { t } = useI18n();
  const format = useFormat();
  const labels = useLabels();
  return (visit) =>
    [
      visit.startedAt ? format.time(visit.startedAt) : '',
      visit.outcome ? labels.codeLabel('visit', 'outcome', visit.outcome) : t('visits.underWay'),
      visit.trainer,
      visit.session.title,
    ]
      .filter(Boolean)
      .join(' · ');
}
