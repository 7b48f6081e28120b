import { canonical, type Json } from '#shared/merge/canonical.ts';
import type { Drafts } from './drafts.ts';
import type { Db } from './sqlite.ts';

interface Key {
  readonly entity: string;
  readonly record: string;
  readonly field: string;
}

/**
 * Conflicts that somebody keeps for later: drafts of this laptop, so that they leave in no file, go with the record's
 * erased values and end after a month. Each holds the values that stood against each other: with other ones it is
 * another question, and stands among those to settle again.
 */
export interface LaterMarks {
  has(key: Key, values: readonly Json[]): boolean;
}

const MARK = 'conflictLater';

export function laterMarks(db: Db): LaterMarks {
  const rows = db.prepare('SELECT key, value FROM draft WHERE instr(key, ?) > 0').raw().all(`:${MARK}:`) as [
    key: string,
    value: string,
  ][];
  const marks = new Map(rows);
  return { has: (key, values) => marks.size > 0 && marks.get(keyOf(key)) === JSON.stringify(textOf(values)) };
}

/** Differs when a mark was set, moved or taken back. */
export function laterStamp(db: Db): string {
  return db
    .prepare("SELECT coalesce(group_concat(key || ' ' || at), '') FROM draft WHERE instr(key, ?) > 0")
    .pluck()
    .get(`:${MARK}:`) as string;
}

export function keepForLater(drafts: Drafts, key: Key, values: readonly Json[], at: number): void {
  drafts.put(keyOf(key), textOf(values), at);
}

export function takeFromLater(drafts: Drafts, key: Key): void {
  drafts.drop(keyOf(key));
}

function keyOf({ entity, record, field }: Key): string {
  return `${entity}:${record}:${MARK}:${field}`;
}

function textOf(values: readonly Json[]): string {
  return canonical(values);
}
