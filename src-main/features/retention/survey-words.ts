import type { Json } from '#shared/merge/canonical.ts';
import { hasWords, withoutWords } from '#shared/model/survey-answers.ts';
import type { SurveyQuestion } from '#shared/model/templates.ts';
import type { Write } from '../../store/log.ts';
import type { Store } from '../../store/store.ts';
import { surveySheet } from '../../store/survey-queries.ts';
import type { Held } from './due.ts';

/** Whether the log still holds words of a survey response, in its answers of now or of before. */
export function wordsOf(store: Store): (response: string) => boolean {
  const table = store.projector.table('surveyResponse');
  const questionsOf = forms(store);
  return (response) => {
    const row = table.get(response);
    if (!row) return false;
    const questions = questionsOf(row.fields['template']);
    return store.projector.changesAt(row.n).some(({ set }) => hasWords(questions, set?.['answers'] ?? null));
  };
}

/**
 * What destroys the values of a record. Of a survey's answers what is no words is written beside them first, in a field
 * that no erasure touches: two laptops that decide at the same time would each destroy what the other one wrote into
 * `answers` again (docs/decisions/0027-retention.md).
 */
export function erasing(store: Store): (held: Held) => Write[] {
  const questionsOf = forms(store);
  return ({ entity, id, fields }) => {
    const erasure: Write = { entity, id, erase: fields };
    if (entity !== 'surveyResponse' || !fields.includes('answers')) return [erasure];
    const shown = store.projector.table(entity).get(id)?.fields ?? {};
    const counted = withoutWords(questionsOf(shown['template']), shown['answers'] ?? null);
    const isKept = shown['deleted'] !== true && Object.keys(counted).length > 0;
    return isKept ? [{ entity, id, set: { counted } }, erasure] : [erasure];
  };
}

/** The questions of each form, read once. */
function forms({ db }: Store): (template: Json | undefined) => readonly SurveyQuestion[] {
  const known = new Map<string, readonly SurveyQuestion[]>();
  return (template) => {
    if (typeof template !== 'string') return [];
    let questions = known.get(template);
    if (!questions) known.set(template, (questions = surveySheet(db, template)?.questions ?? []));
    return questions;
  };
}
