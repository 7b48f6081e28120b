import type { SurveyFigure } from '#shared/figures/survey-disclosure.ts';
import type { Withheld } from '#shared/contract/report.ts';
import type { WithheldReason } from '#shared/figures/withhold.ts';

/** Why something of a survey is not in the workbook, in words. */
export function reasonInWords(reason: WithheldReason, minimum: number): string {
  return reason === 'few'
    ? `${minimum}명 미만이라 싣지 않아요`
    : `이 값을 빼면 ${minimum}명 미만인 곳의 답이 드러나서 함께 싣지 않아요`;
}

/** What stands in place of a figure that is withheld. */
export const WITHHELD = '–';

/** Of a figure of the report, or null where it is not withheld. */
export function withheldWords(withheld: Withheld | undefined, figure: string): string | null {
  const reason = withheld?.[figure as SurveyFigure];
  return withheld && reason ? reasonInWords(reason, withheld.minimum) : null;
}
