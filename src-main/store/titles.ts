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
];

/** What a person calls a record, and the record that it belongs to; empty where nothing is known. */
export function titleOf(store: Store, entity: string, id: string): { title: string; context: string } {
  const fields = store.projector.table(entity).get(id)?.fields;
  if (!fields) return { title: '', context: '' };
  const own = nameIn(fields);
  const parents = PARENTS.map(([field, parent]) => {
    const to = fields[field];
    const found = typeof to === 'string' ? store.projector.table(parent).get(to)?.fields : undefined;
    return found ? nameIn(found) || parentName(store, found) : '';
  }).filter((name) => name !== '');
  return { title: own || (parents[0] ?? ''), context: (own ? parents : parents.slice(1)).join(' · ') };
}

/** A visit has no name of its own: it is called by its shop. */
function parentName(store: Store, fields: Readonly<Record<string, unknown>>): string {
  const id = fields['store'];
  const found = typeof id === 'string' ? store.projector.table('store').get(id)?.fields : undefined;
  return found ? nameIn(found) : '';
}

function nameIn(fields: Readonly<Record<string, unknown>>): string {
  for (const field of NAMES) {
    const value = fields[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}
