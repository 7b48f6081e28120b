/** The shapes inside the two template entities and of the answers given under them. */

export interface ChecklistItem {
  /** Stable within the template; a check names it. */
  readonly key: string;
  readonly label: string;
  /** What the trainer is asked to show for it. */
  readonly evidence?: (typeof EVIDENCES)[number];
}

export interface SurveyQuestion {
  readonly key: string;
  readonly label: string;
  /** scale: a whole number from 1 to 5 · yesNo: true or false · choice: one of `choices` · text: free words. */
  readonly kind: (typeof QUESTION_KINDS)[number];
  readonly choices?: readonly string[];
  /** The yes/no question that `surveyHelpfulShare` counts. */
  readonly role?: 'helpful';
}

export const EVIDENCES = ['channelUrl', 'mapPlaceUrl', 'photo', 'text'] as const;
export const QUESTION_KINDS = ['scale', 'yesNo', 'choice', 'text'] as const;

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
      hasKeyAndLabel(item) && (QUESTION_KINDS as readonly unknown[]).includes(item['kind']),
  );
}

function listOf(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null);
}

function hasKeyAndLabel(item: Record<string, unknown>): boolean {
  return typeof item['key'] === 'string' && typeof item['label'] === 'string';
}

const KEY_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * A key for a new item or question. Chance, not a number, makes it: a number would come back with another meaning when
 * the last item was removed, or on another laptop that adds one at the same time.
 */
export function newKey(random: Uint8Array): string {
  return `k${[...random.subarray(0, KEY_BYTES)].map((byte) => KEY_LETTERS[byte % KEY_LETTERS.length]).join('')}`;
}

/** 60 bits. */
export const KEY_BYTES = 12;
