import { entityNames, fieldsOf, type EntityName } from '../model/model.ts';
import type { Change } from '../merge/change.ts';

/** The fields of an entity that hold personal data, by the model's marks. */
export function personalFields(entity: EntityName): string[] {
  return fieldsOf(entity)
    .filter(([, field]) => field.personal)
    .map(([name]) => name);
}

/** The entities that have such fields. */
export const personalEntities: readonly EntityName[] = entityNames.filter(
  (name) => personalFields(name).length > 0,
);

/**
 * The personal fields of a record of which the log still holds a value: the one that is shown, one that disagrees, or
 * one that was replaced or cleared long ago.
 */
export function fieldsHeld(entity: EntityName, changes: readonly Pick<Change, 'set'>[]): string[] {
  return personalFields(entity).filter((field) => changes.some(({ set }) => (set?.[field] ?? null) !== null));
}
