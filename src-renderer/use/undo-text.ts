import type { Language } from '#shared/contract/messages.ts';
import type { LeftView, StepView } from '#shared/contract/undo.ts';
import { asObject } from '../i18n/particle.ts';

/** What the sentences are made with: the window's words and the model's labels. */
export interface Words {
  readonly t: (key: string, blanks?: Record<string, string | number>) => string;
  readonly language: Language;
  readonly fieldLabel: (entity: string, field: string) => string;
  readonly entityLabel: (entity: string) => string;
}

/** What a step was about, such as ‘망원분식’ 전화번호. */
export function nameOfStep(step: StepView, words: Words): string {
  if (step.kind === 'settled') return words.t('undo.what.settled', { n: step.others + 1 });
  const what = whatOf(step, words);
  const counted = step.others > 0 ? words.t('undo.others', { what, n: step.others }) : what;
  return step.title === '' ? counted : words.t('undo.of', { title: step.title, what: counted });
}

function whatOf({ kind, entity, fields, item }: StepView, { t, fieldLabel, entityLabel }: Words): string {
  const [first] = fields;
  if (kind !== 'edited' || first === undefined) {
    return t(`undo.what.${kind}`, { entity: entityLabel(entity) });
  }
  const field = fieldLabel(entity, first);
  if (item !== null) return t('undo.item', { item, field });
  return fields.length > 1 ? t('undo.fields', { field, n: fields.length - 1 }) : field;
}

export function doneSentence(step: StepView, way: 'undo' | 'redo', words: Words): string {
  const what = asObject(nameOfStep(step, words), words.language);
  return way === 'undo' ? words.t('undo.undone', { what }) : words.t('undo.redone', { what });
}

/** Why a value was left, one sentence for all of them: the first is named. */
export function leftSentence(left: readonly LeftView[], { t, fieldLabel, entityLabel }: Words): string {
  const [first] = left;
  if (!first) return '';
  // Of a record that would have been deleted, it is the record that stays.
  const field = first.field === 'deleted' ? entityLabel(first.entity) : fieldLabel(first.entity, first.field);
  const what = first.title === '' ? field : t('undo.of', { title: first.title, what: field });
  if (first.why === 'erased') return t('undo.leftErased', { what });
  return first.by === null ? t('undo.left', { what }) : t('undo.leftBy', { what, by: first.by });
}
