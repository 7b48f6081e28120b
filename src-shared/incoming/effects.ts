import { canonical, type Json } from '../merge/canonical.ts';
import type { RecordState } from '../merge/register.ts';

/** What merged files did, in the parts that a coordinator asks for. */
export const parts = [
  'visit',
  'attendance',
  'response',
  'newStore',
  'channel',
  'contact',
  'deleted',
  'conflict',
  'other',
] as const;

export type Part = (typeof parts)[number];

export type PartCounts = Record<Part, number>;

/** One thing that is different afterwards: a field of a record, or with `field` null the record itself, which is new. */
export interface Effect {
  readonly part: Part;
  readonly field: string | null;
}

const DELETED = 'deleted';

/** Where people are reached and found. */
const CONTACT: Readonly<Record<string, readonly string[]>> = {
  store: ['name', 'ownerName', 'phone', 'roadAddress', 'lotAddress', 'unit'],
  person: ['name', 'phone'],
  site: ['phone', 'roadAddress', 'lotAddress'],
};

/**
 * What became different of a record from `before`, null where there was none, to `after`. Every difference is told once:
 * a field that newly disagrees is a conflict and nothing else, the fields of a new record are the record, but for a shop
 * that comes with its channel, which is two things that one counts.
 */
export function effectsOf(entity: string, before: RecordState | null, after: RecordState): Effect[] {
  const was = before?.fields ?? {};
  const effects: Effect[] = [];
  const told = new Set<string>();
  function tell(part: Part, field: string | null): void {
    effects.push({ part, field });
    if (field !== null) told.add(field);
  }

  for (const field of Object.keys(after.conflicts).sort()) {
    if (!before || !Object.hasOwn(before.conflicts, field)) tell('conflict', field);
  }
  const isGone = after.fields[DELETED] === true;
  if (!before) {
    // That it was made and deleted elsewhere is no loss here.
    tell(isGone ? 'other' : partOfNew(entity, after.fields), null);
    if (!isGone && opened(entity, was, after.fields)) tell('channel', 'channelOpenedOn');
    return effects;
  }
  if (isGone && was[DELETED] !== true && !told.has(DELETED)) tell('deleted', DELETED);
  for (const field of Object.keys(after.fields).sort()) {
    if (told.has(field) || isSame(was[field], after.fields[field])) continue;
    tell(partOfField(entity, field, was, after.fields), field);
  }
  return effects;
}

function partOfNew(entity: string, fields: Readonly<Record<string, Json>>): Part {
  if (entity === 'visit') return 'visit';
  if (entity === 'store') return 'newStore';
  if (entity === 'attendance') return came(fields) ? 'attendance' : 'other';
  if (entity === 'surveyResponse') return isSet(fields['submittedAt']) ? 'response' : 'other';
  return 'other';
}

function partOfField(
  entity: string,
  field: string,
  was: Readonly<Record<string, Json>>,
  is: Readonly<Record<string, Json>>,
): Part {
  if (entity === 'attendance' && field === 'status') return came(is) && !came(was) ? 'attendance' : 'other';
  if (entity === 'surveyResponse' && field === 'submittedAt') {
    return isSet(is[field]) && !isSet(was[field]) ? 'response' : 'other';
  }
  if (field === 'channelOpenedOn' && opened(entity, was, is)) return 'channel';
  return CONTACT[entity]?.includes(field) ? 'contact' : 'other';
}

/** Present or late, as the figures count it. */
function came({ status }: Readonly<Record<string, Json>>): boolean {
  return status === 'present' || status === 'late';
}

function opened(
  entity: string,
  was: Readonly<Record<string, Json>>,
  is: Readonly<Record<string, Json>>,
): boolean {
  return entity === 'store' && isSet(is['channelOpenedOn']) && !isSet(was['channelOpenedOn']);
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** A field that was never set and one that was cleared read the same. */
function isSame(was: Json | undefined, is: Json | undefined): boolean {
  return canonical(was ?? null) === canonical(is ?? null);
}

export function noCounts(): PartCounts {
  return Object.fromEntries(parts.map((part) => [part, 0])) as PartCounts;
}
