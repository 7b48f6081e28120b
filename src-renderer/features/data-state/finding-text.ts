import { useI18n } from 'vue-i18n';
import type { Finding } from '#shared/desk/data-lines.ts';
import { realDay } from '#shared/figures/days.ts';
import { useFormat } from '../../use/format.ts';

/** What was found of a row, in a sentence. */
export function useFindingText(): (finding: Finding) => string {
  const { t } = useI18n();
  const format = useFormat();
  /** A day that does not exist is shown as it stands. */
  const day = (text: string): string => (realDay(text) === null ? text : format.fullDay(text));

  return (finding) => {
    switch (finding.what) {
      case 'openSince':
        return finding.day
          ? t('dataState.found.openSince', { day: day(finding.day) })
          : t('dataState.found.openWithoutDay');
      case 'noEnd':
        return finding.day
          ? t('dataState.found.noEnd', { day: day(finding.day) })
          : t('dataState.found.noEndWithoutDay');
      case 'nobodyMarked':
        return finding.of === 0
          ? t('dataState.found.noRoster')
          : t('dataState.found.nobodyMarked', { of: format.number(finding.of) });
      case 'visitedAfterClosing':
        return t('dataState.found.visitedAfterClosing', {
          closed: day(finding.closed),
          visited: day(finding.visited),
        });
      case 'openedOn':
        return t('dataState.found.openedOn', { day: day(finding.day) });
      case 'date':
        return t(`dataState.fault.${finding.fault}`, { day: day(finding.day) });
      case 'hasUrl':
        return t('dataState.found.hasUrl', { url: finding.url });
      case 'responses':
        return t('dataState.found.responses', {
          n: format.number(finding.n),
          least: format.number(finding.least),
        });
      case 'noSite':
      case 'unknownSite':
        return t(`dataState.found.${finding.what}`);
      default:
        return t(`dataState.found.${finding.what}`, {
          n: format.number(finding.n),
          of: format.number(finding.of),
        });
    }
  };
}
