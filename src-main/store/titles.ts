import { checklistItems } from '#shared/model/templates.ts';
import type { Store } from './store.ts';

/** Fields that name a record, best first, and those that say where it belongs. */
const NAMES = ['name', 'title', 'caption', 'item', 'date'];
const PARENTS: readonly (readonly [field: string, entity: string])[] = [
  ['store', 'store'],
  ['person', 'person'],
  ['owner', 'store'],
  ['owner', 'site'],
  ['visit', 'visit'],
  ['site', 'site'],
  ['session', 'session'],
  ['program', 'program'],
  ['left', 'store'],
  ['right', 'store'],
];

type Fields = Readonly<Record<string, unknown>>;
/** The fields of a record, or undefined when it is not here. */
export type Look = (entity: string, id: string) => Fields | undefined;

/** What a person calls a record, and the record that it belongs to; empty where nothing is known. */
export function titleOf(store: Store, entity: string, id: string): { title: string; context: string } {
  const look: Look = (kind, one) => store.projector.table(kind).get(one)?.fields;
  const fields = look(entity, id);
  return fields ? titleFrom(entity, fields, look) : { title: '', context: '' };
}

/** The same, of fields that are at hand. */
export function titleFrom(entity: string, fields: Fields, look: Look): { title: string; context: string } {
  const own = (entity === 'check' && itemLabel(fields, look)) || nameIn(fields);
  const parents = PARENTS.map(([field, parent]) => {
    const to = fields[field];
    const found = typeof to === 'string' ? look(parent, to) : undefined;
    if (!found) return '';
    return parent === 'visit' ? shopOf(found, look) || nameIn(found) : nameIn(found);
  }).filter((name) => name !== '');
  return { title: own || (parents[0] ?? ''), context: (own ? parents : parents.slice(1)).join(' · ') };
}

/** A visit has no name of its own: it is called by its shop. */
function shopOf(visit: Fields, look: Look): string {
  const id = visit['store'];
  const found = typeof id === 'string' ? look('store', id) : undefined;
  return found ? nameIn(found) : '';
}

/** A check is called by what was asked; empty where the template is not here. */
function itemLabel(check: Fields, look: Look): string {
  let at: Fields | undefined = check;
  for (const step of ['visit', 'session', 'program', 'checklistTemplate']) {
    const id: unknown = at?.[step];
    at = typeof id === 'string' ? look(step, id) : undefined;
  }
  return checklistItems(at?.['items']).find(({ key }) => key === check['item'])?.label ?? '';
}

export function nameIn(fields: Fields): string {
  for (const field of NAMES) {
    const value = fields[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}
