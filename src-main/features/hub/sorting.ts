import { fieldOf, isEntityName } from '#shared/model/model.ts';
import type { Change } from '#shared/merge/change.ts';

/**
 * Whether a change holds a value that is marked as personal or confidential, or that this version does not know, so that it
 * may be. Of an erasure only the names of fields are told.
 */
export function isPersonal({ entity, set }: Change): boolean {
  if (!set) return false;
  if (!isEntityName(entity)) return true;
  return Object.entries(set).some(([field, value]) => {
    if (value === null || field === 'deleted') return false;
    const declared = fieldOf(entity, field);
    return declared === undefined || declared.personal === true || declared.confidential === true;
  });
}
