import { entityNames, fieldOf, fieldsOf, type EntityName } from '../model/model.ts';
import type { Field, Label } from '../model/field.ts';
import { mayHaveWords } from '../model/survey-answers.ts';
import type { Change } from '../merge/change.ts';

type Sets = readonly Pick<Change, 'set'>[];

const marked = Object.fromEntries(
  entityNames.map((name) => [name, fieldsOf(name).filter(([, { personal, words }]) => personal || words)]),
) as Record<EntityName, [name: string, field: Field][]>;

/** The entities with fields that fall due, by the model's marks: personal data, and words in which somebody may be named. */
export const dueEntities: readonly EntityName[] = entityNames.filter((name) => marked[name].length > 0);

/** Those fields of an entity. */
export function dueFields(entity: EntityName): string[] {
  return marked[entity].map(([name]) => name);
}

/**
 * Of which of these fields the log still holds a value: the one that is shown, one that disagrees, or one that was
 * replaced or cleared long ago. One bit for each, in the order of `dueFields`. Of the answers to a survey, whose form
 * alone tells a choice from words, it says that there may be some.
 */
export function heldBits(entity: EntityName, changes: Sets): number {
  let bits = 0;
  for (const [at, [name, field]] of marked[entity].entries()) {
    for (const { set } of changes) {
      if (!holds(field, set?.[name] ?? null)) continue;
      bits |= 1 << at;
      break;
    }
  }
  return bits;
}

/** The fields that such bits name. */
export function fieldsOfBits(entity: EntityName, bits: number): string[] {
  return dueFields(entity).filter((_, at) => (bits & (1 << at)) !== 0);
}

/** What goes of a field: of the answers their words alone. */
export function destroyedLabel(entity: string, name: string): Label | undefined {
  const field = fieldOf(entity, name);
  return field?.words === 'within' ? WORDS : field?.label;
}

const WORDS: Label = { ko: '글로 쓴 답', en: 'Written answers' };

function holds({ words }: Field, value: unknown): boolean {
  return words === 'within' ? mayHaveWords(value) : value !== null;
}
