import type { ConflictEntry, ConflictGroup } from '#shared/contract/conflicts.ts';
import { placeOf, type Place } from '#shared/conflicts/place.ts';
import { canonical, type Json } from '#shared/merge/canonical.ts';
import { fieldOf } from '#shared/model/model.ts';
import { laterMarks } from '../../store/conflict-later.ts';
import { openConflicts, type OpenConflict } from '../../store/conflict-queries.ts';
import { lookOnce } from '../../store/look.ts';
import type { Store } from '../../store/store.ts';
import { nameIn, titleFrom, type Look } from '../../store/titles.ts';

/** An open conflict, where it belongs and what it is called. */
export interface Gathered extends Omit<ConflictEntry, 'values'> {
  readonly conflict: OpenConflict;
}

export interface Gathering {
  /** By shop: in the order of site, shop, kind of record, record and field. */
  readonly rows: readonly Gathered[];
  readonly groups: readonly ConflictGroup[];
  readonly look: Look;
}

/** All open conflicts by where they belong. Cheap: it reads no change of the log. */
export function gather(store: Store): Gathering {
  store.projector.catchUp();
  const look = lookOnce(store.db);
  const later = laterMarks(store.db);
  const groups = new Map<string, ConflictGroup>();
  const rows: Gathered[] = [];
  let before = null as { record: string; group: ConflictGroup; title: string } | null;
  for (const conflict of openConflicts(store)) {
    const { entity, record, field, values, row } = conflict;
    if (before?.record !== record) {
      const group = groupOf(placeOf(entity, record, row.fields, look), groups, look);
      before = { record, group, title: titleWithin(group, entity, row.fields, look) };
    }
    before.group.total += 1;
    rows.push({
      entity,
      record,
      field,
      kind: field === 'deleted' ? 'editedAndDeleted' : 'values',
      group: before.group.key,
      title: before.title,
      later: later.has(conflict, values),
      conflict,
    });
  }
  return { ...inOrder(rows, [...groups.values()]), look };
}

function groupOf(place: Place, groups: Map<string, ConflictGroup>, look: Look): ConflictGroup {
  const key = place.id === null ? place.kind : `${place.kind} ${place.id}`;
  let group = groups.get(key);
  if (!group) groups.set(key, (group = { key, kind: place.kind, total: 0, ...namesOf(place, look) }));
  return group;
}

function namesOf({ kind, id }: Place, look: Look): Pick<ConflictGroup, 'name' | 'site'> {
  const fields = (id === null ? undefined : look(kind, id)) ?? {};
  const site = typeof fields['site'] === 'string' ? look('site', fields['site']) : undefined;
  return { name: nameIn(fields), site: site ? nameIn(site) : '' };
}

/** What the heading of the group says already is not said again. */
function titleWithin(
  group: ConflictGroup,
  entity: string,
  fields: OpenConflict['row']['fields'],
  look: Look,
): string {
  if (entity === group.kind) return '';
  const { title } = titleFrom(entity, fields, look);
  return title === group.name ? '' : title;
}

/** Of the kinds of records in a group, the shop itself comes first. */
const FIRST = ['program', 'site', 'session', 'store'];

function inOrder(rows: Gathered[], groups: ConflictGroup[]): Omit<Gathering, 'look'> {
  const collator = new Intl.Collator('ko', { numeric: true });
  // Site by site first: there are few of them, and comparing Korean names thousands of times takes time.
  const siteOf = ({ kind, name, site }: ConflictGroup): string => (kind === 'site' ? name : site);
  const sites = [...new Set(groups.map(siteOf))].sort(collator.compare);
  // What has no site comes after all that has one.
  const siteRank = new Map(sites.map((site, rank) => [site, site === '' ? Infinity : rank]));
  const isOther = ({ kind }: ConflictGroup): number => Number(kind === 'other');
  groups.sort(
    (a, b) =>
      isOther(a) - isOther(b) ||
      compare(siteRank.get(siteOf(a))!, siteRank.get(siteOf(b))!) ||
      Number(b.kind === 'site') - Number(a.kind === 'site') ||
      collator.compare(a.name, b.name) ||
      compare(a.key, b.key),
  );
  const groupRank = new Map(groups.map(({ key }, rank) => [key, rank]));
  const kindRank = (entity: string): number => -FIRST.indexOf(entity);
  const titles = [...new Set(rows.map(({ title }) => title))].sort(collator.compare);
  const titleRank = new Map(titles.map((title, rank) => [title, rank]));
  rows.sort(
    (a, b) =>
      groupRank.get(a.group)! - groupRank.get(b.group)! ||
      kindRank(a.entity) - kindRank(b.entity) ||
      compare(a.entity, b.entity) ||
      titleRank.get(a.title)! - titleRank.get(b.title)! ||
      compare(a.record, b.record) ||
      compare(a.field, b.field),
  );
  return { rows, groups };
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The different values of an open conflict, the one that is shown first. */
export function valuesOf({ field, values, row }: OpenConflict): Json[] {
  const shown = canonical(row.fields[field] ?? null);
  const isShown = (value: Json): boolean => canonical(value) === shown;
  return [...values.filter(isShown), ...values.filter((value) => !isShown(value))];
}

/** The names of the records that values of a field point to. */
export function addNames(
  names: Record<string, string>,
  look: Look,
  { entity, field, row }: Pick<OpenConflict, 'entity' | 'field' | 'row'>,
  values: readonly (Json | undefined)[],
): void {
  const declared = fieldOf(entity, field)?.to;
  const to = declared === '*' ? row.fields[`${field}Kind`] : declared;
  if (typeof to !== 'string') return;
  for (const id of values.flat()) {
    if (typeof id !== 'string' || Object.hasOwn(names, id)) continue;
    const fields = look(to, id);
    if (!fields) continue;
    const { title, context } = titleFrom(to, fields, look);
    // A day alone names nothing: a visit is called by its day and its shop.
    const name = /^\d{4}-\d{2}-\d{2}$/.test(title) && context !== '' ? `${title} · ${context}` : title;
    if (name !== '') names[id] = name;
  }
}
