import { fieldOf } from '../model/model.ts';

/** Where a record belongs: at a shop if it can, else at a session, a site or a programme; else nowhere. */
export interface Place {
  readonly kind: 'store' | 'session' | 'site' | 'program' | 'other';
  /** Null for `other`. */
  readonly id: string | null;
}

export type Fields = Readonly<Record<string, unknown>>;
/** The fields of a record, or undefined when it is not here. */
export type Look = (entity: string, id: string) => Fields | undefined;

const KINDS = ['store', 'session', 'site', 'program'] as const;
/** The ways from a record to where it belongs, field by field; the first that leads there counts. */
const WAYS = [
  ['store'],
  ['visit', 'store'],
  ['person', 'store'],
  ['owner'],
  ['owner', 'store'],
  ['left'],
  ['right'],
  ['session'],
  ['visit', 'session'],
  ['owner', 'session'],
  ['site'],
  ['program'],
] as const;

export function placeOf(entity: string, id: string, fields: Fields, look: Look): Place {
  for (const kind of KINDS) {
    if (entity === kind) return { kind, id };
    for (const way of WAYS) {
      const end = walk(entity, fields, way, look);
      if (end?.entity === kind) return { kind, id: end.id };
    }
  }
  return { kind: 'other', id: null };
}

/** The record at the end of a way; undefined where a field is empty or leads to a record that is not here. */
function walk(
  entity: string,
  fields: Fields,
  way: readonly string[],
  look: Look,
): { entity: string; id: string } | undefined {
  let at: { entity: string; id: string; fields: Fields } = { entity, id: '', fields };
  for (const field of way) {
    const declared = fieldOf(at.entity, field)?.to;
    const to = declared === '*' ? at.fields[`${field}Kind`] : declared;
    const id = at.fields[field];
    if (typeof to !== 'string' || typeof id !== 'string') return undefined;
    const found = look(to, id);
    if (!found) return undefined;
    at = { entity: to, id, fields: found };
  }
  return at;
}
