import { model, fieldOf, isEntityName, type EntityName } from '#shared/model/model.ts';
import type { Label } from '#shared/model/field.ts';
import { destroyedLabel as labelOfDestroyed } from '#shared/retention/personal.ts';
import { usePreferences } from '../stores/preferences.ts';

/** The model's own names for entities, fields and codes, in the language on screen. */
export function useLabels() {
  const preferences = usePreferences();
  const pick = (label: Label): string => label[preferences.language];

  function entityLabel(entity: string): string {
    return isEntityName(entity) ? pick(model[entity].label) : entity;
  }

  function fieldLabel(entity: string, field: string): string {
    const declared = fieldOf(entity, field);
    return declared ? pick(declared.label) : field;
  }

  /** What goes of a field when it is destroyed. */
  function destroyedLabel(entity: string, field: string): string {
    const label = labelOfDestroyed(entity, field);
    return label ? pick(label) : field;
  }

  /** A code that this version does not know is shown as it is. */
  function codeLabel(entity: string, field: string, code: string | null | undefined): string {
    if (!code) return '';
    const label = fieldOf(entity, field)?.codes?.[code];
    return label ? pick(label) : code;
  }

  /** The codes of a field as options of a choice, in their declared order. */
  function codeOptions<C extends string = string>(entity: EntityName, field: string) {
    const codes = fieldOf(entity, field)?.codes ?? {};
    return Object.entries(codes).map(([value, label]) => ({ value: value as C, label: pick(label) }));
  }

  return { entityLabel, fieldLabel, destroyedLabel, codeLabel, codeOptions };
}
