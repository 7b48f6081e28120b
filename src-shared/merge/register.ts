import { canonical, type Json } from './canonical.ts';
import type { Change } from './change.ts';

/**
 * What a record is, as a function of the set of its changes alone: order and repetition cannot matter
 * (docs/merge.md has the rules and why they hold).
 */
export interface RecordState {
  /** The value shown for each field that has one: that of the head with the greatest id. A cleared field is null. */
  readonly fields: Readonly<Record<string, Json>>;
  /** For each field whose heads differ, the different values in canonical order. */
  readonly conflicts: Readonly<Record<string, readonly Json[]>>;
}

/** A change that sets a field and that no other change which sets it names as prior. */
export interface Head {
  readonly change: Change;
  /** Null where the value was erased. */
  readonly value: Json;
}

const DELETED = 'deleted';
const NONE: readonly string[] = [];

/** The state of one record from its changes, in any order and without repetitions. */
export function project(changes: readonly Change[]): RecordState {
  if (changes.length === 1 && changes[0]!.set) return { fields: changes[0]!.set, conflicts: {} };
  const heads = headsOf(changes);
  const fields: Record<string, Json> = {};
  const conflicts: Record<string, readonly Json[]> = {};
  for (const [field, list] of heads) {
    fields[field] = greatest(list).value;
    const values = differentValues(list);
    if (values.length > 1) conflicts[field] = values;
  }
  if (fields[DELETED] === true && !conflicts[DELETED] && unseenEdits(heads).length > 0) {
    conflicts[DELETED] = [false, true];
  }
  return { fields, conflicts };
}

/** The heads of every field that any change sets; those of one field in id order. */
export function headsOf(changes: readonly Change[]): Map<string, Head[]> {
  const setters = new Map<string, Change[]>();
  const replaced = new Map<string, Set<string>>();
  const erasures: Change[] = [];
  for (const change of changes) {
    if (change.erase) erasures.push(change);
    for (const field in change.set) {
      push(setters, field, change);
      for (const id of change.prior?.[field] ?? NONE) {
        if (id === change.id) continue;
        const ids = replaced.get(field);
        if (ids) ids.add(id);
        else replaced.set(field, new Set([id]));
      }
    }
  }
  const heads = new Map<string, Head[]>();
  for (const [field, list] of setters) {
    const gone = replaced.get(field);
    const live = list.length === 1 || !gone ? list : list.filter((change) => !gone.has(change.id));
    // No head is left when changes name each other, which only a forged file can bring: the field then has no value,
    // on every laptop alike, and the changes stay in the log.
    if (live.length === 0) continue;
    const erased = erasures.length === 0 ? null : erasedIn(field, list, erasures);
    heads.set(
      field,
      live
        .map((change) => ({ change, value: erased?.has(change.id) ? null : change.set![field]! }))
        .sort((a, b) => (a.change.id < b.change.id ? -1 : 1)),
    );
  }
  return heads;
}

/**
 * The ids of the changes whose value of `field` an erasure destroys: all but those written knowing of it, which name it
 * as prior. So a value that arrives later from a laptop which had not heard of the erasure is destroyed too, and after a
 * new consent there can be a new value. It depends on the two changes alone and on nothing between them: blanking
 * cannot be taken back, so no change that arrives later may alter the answer.
 */
export function erasedIn(
  field: string,
  setters: readonly Change[],
  erasures: readonly Change[],
): ReadonlySet<string> {
  const erased = new Set<string>();
  const ids = erasures.filter(({ erase }) => erase!.includes(field)).map(({ id }) => id);
  if (ids.length === 0) return erased;
  for (const change of setters) {
    const known = new Set(change.prior?.[field]);
    if (ids.some((id) => !known.has(id))) erased.add(change.id);
  }
  return erased;
}

/**
 * The edits that stand against a deletion: heads of other fields that no head of `deleted` saw, and that saw no head of
 * `deleted`, each change once. A change saw another when it names it as prior, or is the same change.
 */
export function unseenEdits(heads: ReadonlyMap<string, readonly Head[]>): Change[] {
  // Sets, and not each edit against each deletion: a file may hold very many of both.
  const deletions = (heads.get(DELETED) ?? []).map(({ change }) => change);
  const ids = new Set(deletions.map(({ id }) => id));
  const edits = new Set<Change>();
  for (const [field, list] of heads) {
    if (field === DELETED) continue;
    const seen = new Set(deletions.flatMap(({ prior }) => prior?.[field] ?? NONE));
    for (const { change } of list) {
      const connected =
        ids.has(change.id) || seen.has(change.id) || change.prior?.[DELETED]?.some((id) => ids.has(id));
      if (!connected) edits.add(change);
    }
  }
  return [...edits];
}

function greatest(heads: readonly Head[]): Head {
  return heads[heads.length - 1]!;
}

function differentValues(heads: readonly Head[]): Json[] {
  if (heads.length === 1) return [heads[0]!.value];
  const byText = new Map(heads.map((head) => [canonical(head.value), head.value]));
  return [...byText.keys()].sort().map((text) => byText.get(text)!);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
