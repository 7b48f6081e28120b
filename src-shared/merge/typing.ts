import { fieldOf } from '../model/model.ts';
import type { FieldKind } from '../model/field.ts';
import { isFact } from '../model/ids.ts';
import type { Change } from './change.ts';

/** A run of writes that may be one stretch of typing; times in milliseconds since 1970. */
export interface Typing {
  /** Of its first write. */
  readonly since: number;
  /** Of its last write. */
  readonly at: number;
  /** Its first changes, enough to see what it is about. */
  readonly changes: readonly Change[];
}

/** A longer stop than this begins something new to undo. */
export const PAUSE_MS = 4000;
/** Nobody wants to lose more than this to one undo. */
export const LONGEST_MS = 30_000;

/** What is typed letter by letter; a choice of codes is a new thing each time. */
const TYPED: ReadonlySet<FieldKind> = new Set(['text', 'integer', 'money', 'decimal', 'date']);

/**
 * Whether a change goes on with the typing before it: the same record, the same fields, all of them typed, and soon
 * enough. Only a fact may be made by typing (the first letter of a count makes the reading); any other record that is
 * made with more fields than are typed now is a thing of its own.
 */
export function continuesTyping(run: Typing, change: Change, at: number): boolean {
  const { entity, record } = change;
  const set = Object.keys(change.set ?? {});
  if (set.length === 0 || at - run.at > PAUSE_MS || at - run.since > LONGEST_MS) return false;
  if (!run.changes.every((other) => other.entity === entity && other.record === record)) return false;
  if (!set.every((field) => TYPED.has(fieldOf(entity, field)?.kind ?? 'json'))) return false;
  const first = run.changes[0]?.set ?? {};
  const same = set.every((field) => Object.hasOwn(first, field));
  return same && (isFact(entity) || set.length === Object.keys(first).length);
}
