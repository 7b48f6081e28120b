import { canonical } from './canonical.ts';
import type { Change } from './change.ts';
import { parseChangeId } from './clock.ts';
import { headsOf } from './register.ts';

const DELETED = 'deleted';

/**
 * The changes that first wrote what a change puts back. Undo opens a settled conflict again by new changes of the
 * laptop that had settled it (`revert.ts`), so their own id says who undid it; who wrote the value stands in what the
 * settling replaced. Of any other change it is the change itself. Several, where several laptops wrote the same value.
 *
 * Such a change is told by its shape alone: a laptop always names all that it sees, so two of its changes that replace
 * the same settling and not each other, or a deletion that leaves out an edit which its own laptop had named before,
 * can only come from undo.
 */
export function originalsOf(changes: readonly Change[], field: string, change: Change): Change[] {
  // Undo replaces what its own laptop wrote: most changes replace what another one did, and are told apart at once.
  if (!change.prior?.[field]?.some((id) => laptopOf({ id }) === laptopOf(change))) return [change];
  const setters = new Map(
    changes.filter(({ set }) => set && Object.hasOwn(set, field)).map((one) => [one.id, one]),
  );
  return originals({ changes, field, setters, met: new Set() }, change);
}

interface Among {
  readonly changes: readonly Change[];
  readonly field: string;
  readonly setters: ReadonlyMap<string, Change>;
  /** Guards against changes that name each other, which only a forged file can bring. */
  readonly met: Set<string>;
}

function originals(among: Among, change: Change): Change[] {
  if (among.met.has(change.id)) return [change];
  among.met.add(change.id);
  const [settling, ...others] = replacedBy(among, change);
  if (!settling || others.length > 0 || laptopOf(settling) !== laptopOf(change)) return [change];
  const isBack =
    among.field === DELETED ? leavesOutAnEdit(among, settling, change) : hasTwin(among, settling, change);
  if (!isBack) return [change];
  const text = canonical(change.set![among.field]);
  const same = replacedBy(among, settling).filter((one) => canonical(one.set![among.field]) === text);
  return same.length > 0 ? same.flatMap((one) => originals(among, one)) : [change];
}

function replacedBy({ field, setters }: Among, change: Change): Change[] {
  return (change.prior?.[field] ?? []).flatMap((id) => setters.get(id) ?? []);
}

/** Whether another change of the same laptop replaces the same settling, neither knowing of the other. */
function hasTwin(among: Among, settling: Change, change: Change): boolean {
  return [...among.setters.values()].some((other) => {
    if (other === change || laptopOf(other) !== laptopOf(change)) return false;
    const replaced = replacedBy(among, other);
    return replaced.length === 1 && replaced[0] === settling;
  });
}

/** Whether a deletion leaves out an edit that still stands and that the settling before it had named. */
function leavesOutAnEdit({ changes }: Among, settling: Change, change: Change): boolean {
  for (const [field, list] of headsOf(changes)) {
    if (field === DELETED) continue;
    const named = new Set(change.prior?.[field]);
    if (list.some(({ change: { id } }) => settling.prior?.[field]?.includes(id) && !named.has(id)))
      return true;
  }
  return false;
}

function laptopOf({ id }: Pick<Change, 'id'>): string {
  return parseChangeId(id).laptop;
}
