import { canonical, type Json } from './canonical.ts';
import type { Change } from './change.ts';
import { erasedIn, headsOf, unseenEdits } from './register.ts';

/**
 * What became of a value: it is the one shown, it waits in an open conflict, somebody settled a conflict against it, or
 * somebody who saw it wrote another.
 */
export type Fate = 'shown' | 'waiting' | 'lost' | 'replaced';

/** A value that the author of another one saw and replaced. */
export interface Replaced {
  readonly change: string;
  /** Null where it was erased. */
  readonly value: Json;
  readonly erased: boolean;
}

/** One value that a field has or had, and what happened to it; or, of kind `erase`, the moment at which it was destroyed. */
export interface Trace {
  readonly change: Change;
  readonly field: string;
  readonly kind: 'set' | 'erase';
  readonly value: Json;
  readonly erased: boolean;
  readonly head: boolean;
  readonly fate: Fate;
  /** Takes part in a conflict that nobody has settled yet. */
  readonly disputed: boolean;
  readonly replaced: readonly Replaced[];
}

const DELETED = 'deleted';

/**
 * Every value of a record's fields, of one or of all, with what happened to it: newest change first, fields by name.
 * Like the record's state a function of the set of its changes alone.
 */
export function tracesOf(changes: readonly Change[], only?: string): Trace[] {
  const heads = headsOf(changes);
  const erasures = changes.filter((change) => change.erase);
  const isDeleted = heads.get(DELETED)?.at(-1)?.value === true;
  const standing = new Set(isDeleted ? unseenEdits(heads).map(({ id }) => id) : []);
  const traces: Trace[] = [];
  for (const [field, setters] of settersOf(changes)) {
    if (only !== undefined && field !== only) continue;
    const erased = erasedIn(field, setters, erasures);
    const live = heads.get(field) ?? [];
    const isHead = new Set(live.map(({ change }) => change.id));
    const shown = live.at(-1);
    const differ = live.some(({ value }) => canonical(value) !== canonical(shown!.value));
    const values = new Map(
      setters.map((change) => [change.id, erased.has(change.id) ? null : change.set![field]!]),
    );
    const lost = lostIn(field, setters, values);
    for (const change of setters) {
      const value = values.get(change.id)!;
      const head = isHead.has(change.id);
      const isShown = head && canonical(value) === canonical(shown!.value);
      traces.push({
        change,
        field,
        kind: 'set',
        value,
        erased: erased.has(change.id),
        head,
        fate: isShown ? 'shown' : head ? 'waiting' : lost.has(change.id) ? 'lost' : 'replaced',
        disputed: head && (differ || standing.has(change.id) || (field === DELETED && standing.size > 0)),
        replaced: (change.prior?.[field] ?? [])
          .filter((id) => id !== change.id && values.has(id))
          .map((id) => ({ change: id, value: values.get(id)!, erased: erased.has(id) })),
      });
    }
  }
  for (const change of erasures) {
    for (const field of change.erase!) {
      if (only === undefined || field === only) traces.push(erasureOf(change, field));
    }
  }
  return traces.sort((a, b) => compareText(b.change.id, a.change.id) || compareText(a.field, b.field));
}

function erasureOf(change: Change, field: string): Trace {
  return {
    change,
    field,
    kind: 'erase',
    value: null,
    erased: true,
    head: false,
    fate: 'replaced',
    disputed: false,
    replaced: [],
  };
}

/** Values that somebody saw beside a different one, and wrote something else than them. */
function lostIn(field: string, setters: readonly Change[], values: ReadonlyMap<string, Json>): Set<string> {
  const lost = new Set<string>();
  for (const settler of setters) {
    const seen = (settler.prior?.[field] ?? []).filter((id) => id !== settler.id && values.has(id));
    const texts = new Map(seen.map((id) => [id, canonical(values.get(id)!)]));
    if (new Set(texts.values()).size < 2) continue;
    const kept = canonical(values.get(settler.id)!);
    for (const [id, text] of texts) if (text !== kept) lost.add(id);
  }
  return lost;
}

function settersOf(changes: readonly Change[]): Map<string, Change[]> {
  const setters = new Map<string, Change[]>();
  for (const change of changes) {
    for (const field of Object.keys(change.set ?? {})) {
      const list = setters.get(field);
      if (list) list.push(change);
      else setters.set(field, [change]);
    }
  }
  return setters;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
