import { createHash } from 'node:crypto';
import { canonical } from '#shared/merge/canonical.ts';

/** An entry as it stands in the store; `subject` is JSON. */
export interface AuditEntry {
  readonly n: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly what: string;
  /** The person's id, and what they were called then; null where nobody in particular uses the laptop. */
  readonly person: string | null;
  readonly name: string | null;
  readonly laptop: string;
  readonly via: string;
  readonly subject: string;
  readonly why: string | null;
  /** The hash of the entry before. */
  readonly previous: string;
  readonly hash: string;
}

/** The place and the hash of the last entry; of none, 0 and `BEGINNING`. */
export interface AuditHead {
  readonly n: number;
  readonly hash: string;
}

/** What the first entry of all follows. */
export const BEGINNING = '0'.repeat(64);

/** Stands for the entries that were kept long enough and taken out: the last of them and its hash. */
export interface Seal {
  readonly upTo: number;
  readonly hash: string;
}

/** SHA-256 in hex over the canonical JSON of the entry, the hash before it included. */
export function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { n, at, what, person, name, laptop, via, subject, why, previous } = entry;
  const whole = { n, at, what, person, name, laptop, via, subject, why, previous };
  return createHash('sha256').update(canonical(whole)).digest('hex');
}

function sealIn({ what, subject }: Pick<AuditEntry, 'what' | 'subject'>): Seal | null {
  if (what !== 'sealed') return null;
  const { upTo, hash } = JSON.parse(subject) as Partial<Seal>;
  return typeof upTo === 'number' && typeof hash === 'string' ? { upTo, hash } : null;
}

/**
 * What is wrong with a chain, in the order of its entries: `5 altered`, `5 does not follow 4`, `5 to 7 missing`,
 * `8 to 9 missing at the end`. Without a head, no entry was ever written.
 */
export function* chainFaults(entries: Iterable<AuditEntry>, head: AuditHead | null): Iterable<string> {
  let last: AuditHead = { n: 0, hash: BEGINNING };
  /** Where the chain begins, when that is not the beginning of all. */
  let begin: { readonly first: number; readonly previous: string } | null = null;
  let sealed = false;
  for (const entry of entries) {
    if (last.n === 0 && entry.n > 1) begin = { first: entry.n, previous: entry.previous };
    else if (entry.n !== last.n + 1) yield `${span(last.n + 1, entry.n - 1)} missing`;
    else if (entry.previous !== last.hash) yield `${entry.n} does not follow ${last.n}`;
    if (hashOf(entry) !== entry.hash) yield `${entry.n} altered`;
    const seal = begin && sealIn(entry);
    if (begin && seal && seal.upTo === begin.first - 1 && seal.hash === begin.previous) sealed = true;
    last = entry;
  }
  if (begin && !sealed) yield `${span(1, begin.first - 1)} missing`;
  const end = head ?? { n: 0, hash: BEGINNING };
  if (last.n < end.n) yield `${span(last.n + 1, end.n)} missing at the end`;
  else if (last.n > end.n) yield `${span(end.n + 1, last.n)} not counted`;
  else if (last.hash !== end.hash) yield `${last.n} is not what was written last`;
}

function span(from: number, to: number): string {
  return from === to ? String(from) : `${from} to ${to}`;
}
