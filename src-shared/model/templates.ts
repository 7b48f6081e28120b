/** The shapes inside the two template entities and of the answers given under them. */

export interface ChecklistItem {
  /** Stable within the template; a check names it. */
  readonly key: string;
  readonly label: string;
  /** What the trainer is asked to show for it. */
  readonly evidence?: 'channelUrl' | 'mapPlaceUrl' | 'photo' | 'text';
}

export interface SurveyQuestion {
  readonly key: string;
  readonly label: string;
  /** scale: a whole number from 1 to 5 · yesNo: true or false · choice: one of `choices` · text: free words. */
  readonly kind: 'scale' | 'yesNo' | 'choice' | 'text';
  readonly choices?: readonly string[];
  /** The yes/no question that `surveyHelpfulShare` counts. */
  readonly role?: 'helpful';
}

export type SurveyAnswers = Readonly<Record<string, number | boolean | string | null>>;

export const SCALE_MIN = 1;
export const SCALE_MAX = 5;

/** The items of a template's value, or none when it is not the shape that this version knows. */
export function checklistItems(value: unknown): ChecklistItem[] {
  return listOf(value).filter((item): item is ChecklistItem & Record<string, unknown> =>
    hasKeyAndLabel(item),
  );
}

/** The questions of a template's value, or none when it is not the shape that this version knows. */
export function surveyQuestions(value: unknown): SurveyQuestion[] {
  return listOf(value).filter(
    (item): item is SurveyQuestion & Record<string, unknown> =>
      hasKeyAndLabel(item) && ['scale', 'yesNo', 'choice', 'text'].includes(String(item['kind'])),
  );
}

function listOf(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null);
}

function hasKeyAndLabel(item: Record<string, unknown>): boolean {
  return typeof item['key'] === 'string' && typeof item['label'] === 'string';
}
