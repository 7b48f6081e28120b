import { canonical, type Json } from '#shared/merge/canonical.ts';
import { BEGINNING, chainFaults, hashOf, type AuditEntry, type AuditHead } from './audit-chain.ts';
import type { Meta } from './meta.ts';
import { transaction, type Db } from './sqlite.ts';

/** An entry as it is meant; where it stands in the chain is found on writing. */
export interface MeantEntry extends Pick<
  AuditEntry,
  'at' | 'what' | 'person' | 'name' | 'laptop' | 'via' | 'why'
> {
  readonly subject: Readonly<Record<string, Json>>;
}

/** Which entries: a code, and a time from (included) and until (not included), ISO 8601 UTC. */
export interface AuditFilter {
  readonly what?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** What was carried over from another state of the same store. */
export interface CarriedOver {
  /** How many entries; those that this one had already are not counted. */
  readonly entries: number;
  /** Whether all that the other one said it had could be read there; null when even that is unknown. */
  readonly whole: boolean | null;
}

export interface Audit {
  /** Adds an entry at the end, durably, or inside the caller's transaction. */
  add(entry: MeantEntry): void;
  head(): AuditHead;
  /** The newest first; `after` is the place below which they stand. */
  list(filter: AuditFilter, limit: number, after?: number): AuditEntry[];
  count(filter: AuditFilter): number;
  /** What is wrong with the chain. */
  faults(): Iterable<string>;
  /**
   * Takes out what stands before the first entry that is not older than `before` (ISO 8601 UTC), and seals it: an entry,
   * made of `by`, says how far it went and its last hash, so that the chain still holds. Gives how many went: none where
   * something is wrong with the chain.
   */
  prune(before: string, by: Omit<MeantEntry, 'what' | 'subject'>): number;
  /**
   * Takes over the entries of another state of the same store that this one lacks. What continues this chain is taken as
   * it is; what grew beside it is added at the end, each with its former place and hash in its subject.
   */
  carryOver(old: Db): CarriedOver;
}

export function openAudit(db: Db, meta: Meta): Audit {
  const insert = db.prepare(
    `INSERT INTO audit (n, at, what, person, name, laptop, via, subject, why, previous, hash)
     VALUES (@n, @at, @what, @person, @name, @laptop, @via, @subject, @why, @previous, @hash)`,
  );
  const oldest = db.prepare('SELECT min(n) FROM audit WHERE at >= ?').pluck();
  const hashAt = db.prepare('SELECT hash FROM audit WHERE n = ?').pluck();
  const has = db.prepare('SELECT 1 FROM audit WHERE hash = ?');
  const remove = db.prepare('DELETE FROM audit WHERE n <= ?');
  const first = db.prepare('SELECT min(n) FROM audit').pluck();
  const where =
    '(@what IS NULL OR what = @what) AND (@from IS NULL OR at >= @from) AND (@until IS NULL OR at < @until)';
  const page = db.prepare(`SELECT * FROM audit WHERE n < @after AND ${where} ORDER BY n DESC LIMIT @limit`);
  const counted = db.prepare(`SELECT count(*) FROM audit WHERE ${where}`).pluck();

  function add({ subject, ...entry }: MeantEntry): void {
    transaction(db, () => {
      const { n, hash } = head();
      const whole = { ...entry, subject: canonical(subject), n: n + 1, previous: hash };
      put({ ...whole, hash: hashOf(whole) });
    });
  }

  function put(entry: AuditEntry): void {
    insert.run(entry);
    meta.set('audit.head', `${entry.n} ${entry.hash}`);
  }

  function head(): AuditHead {
    return headIn(meta.get('audit.head')) ?? { n: 0, hash: BEGINNING };
  }

  function faults(): Iterable<string> {
    const entries = db.prepare('SELECT * FROM audit ORDER BY n').iterate() as Iterable<AuditEntry>;
    return chainFaults(entries, headIn(meta.get('audit.head')));
  }

  function prune(before: string, by: Omit<MeantEntry, 'what' | 'subject'>): number {
    return transaction(db, () => {
      const from = first.get() as number | null;
      const upTo = ((oldest.get(before) as number | null) ?? head().n + 1) - 1;
      if (from === null || upTo < from) return 0;
      // A seal over what was tampered with would hide it.
      for (const _fault of faults()) return 0;
      const hash = hashAt.get(upTo) as string;
      const count = upTo - from + 1;
      add({ ...by, what: 'sealed', subject: { from, upTo, count, hash } });
      remove.run(upTo);
      return count;
    });
  }

  function carryOver(old: Db): CarriedOver {
    const { entries, whole } = readEntries(old);
    let carried = 0;
    transaction(db, () => {
      for (const entry of entries) {
        if (has.get(entry.hash) !== undefined) continue;
        const { n, hash } = head();
        // One that was altered is taken as it is too: here, as there, the chain is to tell.
        if (entry.n === n + 1 && entry.previous === hash) put(entry);
        // A seal speaks of the chain that it stands in.
        else if (entry.what === 'sealed') continue;
        else add(besides(entry));
        carried += 1;
      }
    });
    return { entries: carried, whole };
  }

  return {
    add,
    head,
    list: (filter, limit, after = Number.MAX_SAFE_INTEGER) =>
      page.all({ ...bound(filter), limit, after }) as AuditEntry[],
    count: (filter) => counted.get(bound(filter)) as number,
    faults,
    prune,
    carryOver,
  };
}

function bound({ what = undefined, from = undefined, until = undefined }: AuditFilter) {
  return { what: what ?? null, from: from ?? null, until: until ?? null };
}

function headIn(text: string | undefined): AuditHead | null {
  const [n, hash] = text?.split(' ') ?? [];
  return n === undefined || hash === undefined ? null : { n: Number(n), hash };
}

/** An entry that grew on another branch, as it is added to this one. */
function besides(whole: AuditEntry): MeantEntry {
  const { n, hash, previous: _previous, subject, ...entry } = whole;
  let known: Record<string, Json>;
  try {
    known = JSON.parse(subject) as Record<string, Json>;
  } catch {
    known = {};
  }
  const altered = hashOf(whole) !== hash;
  return { ...entry, subject: { ...known, formerly: { n, hash, ...(altered && { altered }) } } };
}

/** What can be read of a chain in a store that may be damaged, one by one where it cannot be read through. */
function readEntries(old: Db): { entries: AuditEntry[]; whole: boolean | null } {
  try {
    const last = headIn(
      old.prepare("SELECT value FROM meta WHERE key = 'audit.head'").pluck().get() as string | undefined,
    );
    const one = old.prepare('SELECT * FROM audit WHERE n = ?');
    const entries: AuditEntry[] = [];
    let whole = true;
    const ends = old.prepare('SELECT min(n) AS from_, max(n) AS upTo FROM audit');
    const { from_, upTo } = ends.get() as { from_: number | null; upTo: number | null };
    if ((upTo ?? 0) < (last?.n ?? 0)) whole = false;
    for (let n = from_ ?? 1; n <= (upTo ?? 0); n += 1) {
      try {
        const entry = one.get(n) as AuditEntry | undefined;
        if (entry) entries.push(entry);
        else whole = false;
      } catch {
        whole = false;
      }
    }
    return { entries, whole };
  } catch {
    // A store from before there was an audit has none, and neither has one that cannot be read.
    return { entries: [], whole: null };
  }
}
