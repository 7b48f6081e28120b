import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { FigureName, Kpis } from '#shared/contract/report.ts';
import { definitions } from '#shared/figures/definitions.ts';
import type { Label } from '#shared/model/field.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { useFormat } from '../../use/format.ts';
import { baseOf, inManAndEok, percentOf } from './figure-view.ts';

/** Figures in words: value, unit, and what they rest on, in the language on screen. */
export function useFigureText() {
  const { t } = useI18n();
  const format = useFormat();
  const preferences = usePreferences();
  const isKorean = computed(() => preferences.language === 'ko');
  const pick = (label: Label): string => label[preferences.language];

  const labelOf = (name: FigureName): string => pick(definitions[name].label);
  const meaningOf = (name: FigureName): string => pick(definitions[name].meaning);
  const unitOf = (name: FigureName): string => pick(definitions[name].unit);

  /** The value alone, as it stands in a table; null is a dash. */
  function valueOf(name: FigureName, value: number | null): string {
    if (value === null) return '–';
    switch (definitions[name].format) {
      case 'mean':
        return value.toFixed(2);
      case 'share':
        return percentOf(value);
      default:
        return format.number(value);
    }
  }

  /** The value where there is room: won in steps that can be said aloud. */
  function spokenOf(name: FigureName, value: number | null): { value: string; unit: string } {
    const unit = value === null ? '' : unitOf(name);
    const steps = definitions[name].format === 'won' && value !== null ? inManAndEok(value) : null;
    if (!steps || !isKorean.value) return { value: valueOf(name, value), unit };
    const parts = [
      ...(steps.eok > 0 ? [t('figures.eok', { n: format.number(steps.eok) })] : []),
      ...(steps.man > 0 ? [t('figures.man', { n: format.number(steps.man) })] : []),
    ];
    return { value: parts.join(' '), unit };
  }

  /** What the figure rests on; for a dash, why there is no value. */
  function baseText(name: FigureName, figures: Kpis['total']): string {
    const base = baseOf(name, figures);
    const n = 'n' in base ? format.number(base.n) : '';
    if (figures[name] === null) return whyNone(name, figures);
    if (base.kind === 'none') return '';
    if (base.kind !== 'share') return t(`figures.base.${base.kind}`, { n });
    return t('figures.base.share', { whole: labelOf(base.of), n, share: percentOf(base.share) });
  }

  /** Why there is no value: nobody answered, or too few did. */
  function whyNone(name: FigureName, { withheld }: Kpis['total']): string {
    const reason = name === 'surveyMean' || name === 'surveyHelpfulShare' ? withheld?.[name] : undefined;
    if (!withheld || !reason) return t('figures.noAnswers');
    return t(`figures.withheld.${reason}`, { n: format.number(withheld.minimum) });
  }

  return { whyNone, labelOf, meaningOf, unitOf, valueOf, spokenOf, baseText };
}
