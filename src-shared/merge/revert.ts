import { canonical, type Json } from './canonical.ts';
import type { Change } from './change.ts';
import { parseChangeId } from './clock.ts';
import { erasedIn, headsOf, project, unseenEdits, type Head } from './register.ts';

/** A field that is left as it is, and why: its value is another by now, or was destroyed. */
export interface Left {
  readonly field: string;
  readonly why: 'changed' | 'erased';
  /** The change whose value stands there, where there is one. */
  readonly by: Change | undefined;
}

export interface Reverted {
  /**
   * What to write, in this order: one change, or several that do not know of each other where a conflict that was
   * settled is open again.
   */
  readonly changes: readonly Pick<Change, 'set' | 'prior'>[];
  readonly left: readonly Left[];
}

type Heads = ReadonlyMap<string, readonly Head[]>;

const DELETED = 'deleted';
const NONE: ReadonlySet<string> = new Set();

/**
 * What takes back some changes of a record: new changes that set the values which were there before. `all` are the
 * record's changes in the order of their arrival, `step` the ids of those to take back, `own` the laptop that made them.
 * A field is taken back only where it still shows what the step made of it, and nobody else had a part in that. What was
 * there before is what the step's first change to a field names as prior. A record that the step made is deleted.
 */
export function revert(all: readonly Change[], step: ReadonlySet<string>, own: string): Reverted {
  const heads = headsOf(all);
  const first = all[0];
  return first && step.has(first.id) ? unmake(all, heads, own) : restore(all, heads, step, own);
}

/** Takes back that the record was made: nobody else may have written on it since. */
function unmake(all: readonly Change[], heads: Heads, own: string): Reverted {
  const left = [...heads].flatMap(([field, list]): Left[] => {
    const by = list.findLast(({ change }) => laptopOf(change) !== own)?.change;
    return by ? [{ field, why: 'changed', by }] : [];
  });
  if (left.length > 0 || shownOf(heads, DELETED) === true) return { changes: [], left };
  return { changes: [changeOf({ [DELETED]: true }, all, heads, NONE)], left };
}

/** Sets the values that were there before, field by field. */
function restore(all: readonly Change[], heads: Heads, step: ReadonlySet<string>, own: string): Reverted {
  const mine = all.filter((change) => step.has(change.id) && change.set);
  const left: Left[] = [];
  const wanted = new Map<string, Json[]>();
  for (const [field, made] of headsOf(mine)) {
    const now = heads.get(field) ?? [];
    const why = reasonToLeave(field, now, made, all, own);
    if (why) left.push({ field, why, by: now.at(-1)?.change });
    else wanted.set(field, valuesBefore(field, mine, all));
  }
  let unseen = NONE;
  if (wanted.get(DELETED)?.at(-1) === true) {
    unseen = unseenBefore(mine, all);
    const since = editsSince(mine, all, heads, own);
    left.push(...since);
    if (since.length > 0) wanted.delete(DELETED);
  }
  const { conflicts } = project(all);
  for (const [field, values] of wanted) {
    const isOpen = conflicts[field] !== undefined;
    const wasOpen = values.length > 1 || (field === DELETED && unseen.size > 0);
    const shown = heads.get(field)?.at(-1)?.value ?? null;
    if (isOpen === wasOpen && canonical(values.at(-1)!) === canonical(shown)) wanted.delete(field);
  }
  if (wanted.size === 0) return { changes: [], left };
  const rounds = Math.max(...[...wanted.values()].map((values) => values.length));
  const changes = Array.from({ length: rounds }, (_, round) => {
    const set: Record<string, Json> = {};
    for (const [field, values] of wanted) {
      // The last change has every field and the values that were shown; it gets the greatest id.
      const at = values.length - rounds + round;
      if (at >= 0) set[field] = values[at]!;
    }
    return changeOf(set, all, heads, unseen);
  });
  return { changes, left };
}

/** The different values that a field had before the step, the one that was shown last; what was destroyed is null. */
function valuesBefore(field: string, mine: readonly Change[], all: readonly Change[]): Json[] {
  const first = mine.find((change) => Object.hasOwn(change.set!, field));
  const before = namedBy(first, field, all);
  if (before.length === 0) return [field === DELETED ? false : null];
  const gone = erasedOf(field, all);
  const byText = new Map<string, Json>();
  for (const { id, set } of before) {
    const value = gone.has(id) ? null : set![field]!;
    byText.delete(canonical(value));
    byText.set(canonical(value), value);
  }
  return [...byText.values()];
}

function reasonToLeave(
  field: string,
  now: readonly Head[],
  made: readonly Head[],
  all: readonly Change[],
  own: string,
): Left['why'] | null {
  const gone = erasedOf(field, all);
  if (made.some(({ change }) => gone.has(change.id))) return 'erased';
  const isOwn = now.every(({ change }) => laptopOf(change) === own);
  return isOwn && textOf(now) === textOf(made) ? null : 'changed';
}

/** The changes whose value of a field is destroyed. */
function erasedOf(field: string, all: readonly Change[]): ReadonlySet<string> {
  const erasures = all.filter((change) => change.erase);
  if (erasures.length === 0) return NONE;
  const setters = all.filter((change) => change.set && Object.hasOwn(change.set, field));
  return erasedIn(field, setters, erasures);
}

/** What arrived from others since the step brought the record back: deleting it again would take that away too. */
function editsSince(mine: readonly Change[], all: readonly Change[], heads: Heads, own: string): Left[] {
  const first = mine.find((change) => change.set![DELETED] !== undefined)!;
  const since = new Set(all.slice(all.indexOf(first)));
  return [...heads].flatMap(([field, list]): Left[] => {
    const by = list.findLast(({ change }) => laptopOf(change) !== own && since.has(change))?.change;
    return by ? [{ field, why: 'changed', by }] : [];
  });
}

/**
 * The edits that the deletion before the step did not know of: a new deletion must not know of them either, or the
 * conflict that was settled would stay settled.
 */
function unseenBefore(mine: readonly Change[], all: readonly Change[]): ReadonlySet<string> {
  const first = mine.find((change) => change.set![DELETED] !== undefined)!;
  const then = Object.keys(first.prior ?? {}).map((field): [string, Head[]] => [
    field,
    namedBy(first, field, all).map((change) => ({ change, value: change.set![field]! })),
  ]);
  return new Set(unseenEdits(new Map(then)).map((change) => change.id));
}

/** The changes of a field that a change replaced, in id order. */
function namedBy(change: Change | undefined, field: string, all: readonly Change[]): Change[] {
  const named = new Set(change?.prior?.[field]);
  return all
    .filter((other) => named.has(other.id) && other.set && Object.hasOwn(other.set, field))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A change that names all that its author sees of the fields it sets, and of all fields when it sets `deleted`. */
function changeOf(
  set: Readonly<Record<string, Json>>,
  all: readonly Change[],
  heads: Heads,
  unseen: ReadonlySet<string>,
): Pick<Change, 'set' | 'prior'> {
  const named = new Set(Object.keys(set));
  if (set[DELETED] !== undefined) for (const field of heads.keys()) named.add(field);
  else if (shownOf(heads, DELETED) === true) named.add(DELETED);
  const prior: Record<string, string[]> = {};
  for (const field of named) {
    const seen = (heads.get(field) ?? []).map(({ change }) => change.id);
    const erasures = all.filter((change) => change.erase?.includes(field)).map((change) => change.id);
    const ids = [...seen.filter((id) => Object.hasOwn(set, field) || !unseen.has(id)), ...erasures];
    if (ids.length > 0) prior[field] = ids.sort();
  }
  return Object.keys(prior).length > 0 ? { set, prior } : { set };
}

function shownOf(heads: Heads, field: string): Json | undefined {
  return heads.get(field)?.at(-1)?.value;
}

function laptopOf(change: Change): string {
  return parseChangeId(change.id).laptop;
}

/** The different values of some heads, as one text. */
function textOf(heads: readonly Head[]): string {
  return [...new Set(heads.map(({ value }) => canonical(value)))].sort().join('\n');
}
