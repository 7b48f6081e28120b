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

/** What a person calls a record, and the record that it belongs to; empty where nothing is known. */
export function titleOf(store: Store, entity: string, id: string): { title: string; context: string } {
  const fields = store.projector.table(entity).get(id)?.fields;
  if (!fields) return { title: '', context: '' };
  const own = (entity === 'check' && itemLabel(store, fields)) || nameIn(fields);
  const parents = PARENTS.map(([field, parent]) => {
    const to = fields[field];
    const found = typeof to === 'string' ? store.projector.table(parent).get(to)?.fields : undefined;
    if (!found) return '';
    return parent === 'visit' ? shopOf(store, found) || nameIn(found) : nameIn(found);
  }).filter((name) => name !== '');
  return { title: own || (parents[0] ?? ''), context: (own ? parents : parents.slice(1)).join(' · ') };
}

/** A visit has no name of its own: it is called by its shop. */
function shopOf(store: Store, fields: Fields): string {
  const id = fields['store'];
  const found = typeof id === 'string' ? store.projector.table('store').get(id)?.fields : undefined;
  return found ? nameIn(found) : '';
}

/** A check is called by what was asked; empty where the template is not here. */
function itemLabel(store: Store, check: Fields): string {
  let at: Fields | undefined = check;
  for (const step of ['visit', 'session', 'program', 'checklistTemplate']) {
    const id: unknown = at?.[step];
    at = typeof id === 'string' ? store.projector.table(step).get(id)?.fields : undefined;
  }
  return checklistItems(at?.['items']).find(({ key }) => key === check['item'])?.label ?? '';
}

function nameIn(fields: Fields): string {
  for (const field of NAMES) {
    const value = fields[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}
