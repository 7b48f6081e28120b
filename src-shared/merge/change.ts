import { fieldOf } from '../model/model.ts';
import type { FieldKind } from '../model/field.ts';
import { CHANGE_ID } from './clock.ts';
import type { Json } from './canonical.ts';

/** The ids of the changes, by field, that an author saw and replaces. */
export type Prior = Readonly<Record<string, readonly string[]>>;

/** One entry of the append-only log. It has either `set` or `erase`. */
export interface Change {
  readonly id: string;
  /** The person who wrote it, or null. */
  readonly author?: string | null;
  readonly entity: string;
  readonly record: string;
  /** At least one field; null clears one. */
  readonly set?: Readonly<Record<string, Json>>;
  /** Fields of the record whose values are destroyed everywhere (파기). */
  readonly erase?: readonly string[];
  readonly prior?: Prior;
}

/** Why a line is not a change: which rule, and at which member. */
export interface ChangeFault {
  readonly rule:
    | 'notObject'
    | 'unknownMember'
    | 'id'
    | 'author'
    | 'entity'
    | 'record'
    | 'field'
    | 'value'
    | 'prior'
    | 'setOrErase';
  readonly at: string;
}

const MEMBERS = new Set(['id', 'author', 'entity', 'record', 'set', 'erase', 'prior']);
const NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const MAX_DEPTH = 12;
const MAX_PRIOR = 1000;
/**
 * Names that every object has, of those that NAME lets through: `prior[name]` would find something where nobody wrote it.
 * Written out, so that all laptops refuse the same.
 */
const RESERVED = new Set([
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'prototype',
  'toLocaleString',
  'toString',
  'valueOf',
]);

/**
 * Checks one parsed line of `changes.jsonl`. Known fields must have their declared JSON type; an unknown entity, field
 * or code is kept as it is, because a newer laptop may have written it. Returns null when the line is a change.
 */
export function faultOf(line: unknown): ChangeFault | null {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return { rule: 'notObject', at: '' };
  const change = line as Record<string, unknown>;
  for (const member of Object.keys(change)) {
    if (!MEMBERS.has(member)) return { rule: 'unknownMember', at: member };
  }
  const { id, author, entity, record, set, erase, prior } = change;
  if (typeof id !== 'string' || !CHANGE_ID.test(id)) return { rule: 'id', at: 'id' };
  if (author !== undefined && author !== null && !isUuid(author)) return { rule: 'author', at: 'author' };
  if (typeof entity !== 'string' || !isName(entity)) return { rule: 'entity', at: 'entity' };
  if (!isUuid(record)) return { rule: 'record', at: 'record' };
  if ((set === undefined) === (erase === undefined)) return { rule: 'setOrErase', at: 'set' };
  return (
    (set === undefined ? faultOfErase(erase) : faultOfSet(entity, set)) ??
    (prior === undefined ? null : faultOfPrior(prior))
  );
}

function faultOfSet(entity: string, set: unknown): ChangeFault | null {
  if (!isPlain(set)) return { rule: 'setOrErase', at: 'set' };
  const names = Object.keys(set);
  if (names.length === 0) return { rule: 'setOrErase', at: 'set' };
  for (const name of names) {
    const value = set[name];
    const kind = name === 'deleted' ? 'flag' : fieldOf(entity, name)?.kind;
    // A name that the model has is a good one: most are, and need not be looked at.
    if (!kind && !isName(name)) return { rule: 'field', at: `set.${name}` };
    if (!(value === null || (kind ? hasKind(kind, value) : isWellFormed(value, MAX_DEPTH)))) {
      return { rule: 'value', at: `set.${name}` };
    }
  }
  return null;
}

function faultOfErase(erase: unknown): ChangeFault | null {
  const good =
    Array.isArray(erase) &&
    erase.length > 0 &&
    erase.every((name) => typeof name === 'string' && isName(name));
  return good && !erase.includes('deleted') ? null : { rule: 'setOrErase', at: 'erase' };
}

function faultOfPrior(prior: unknown): ChangeFault | null {
  if (!isPlain(prior)) return { rule: 'prior', at: 'prior' };
  for (const name of Object.keys(prior)) {
    const ids = prior[name];
    const good =
      isName(name) &&
      Array.isArray(ids) &&
      ids.length <= MAX_PRIOR &&
      ids.every((id) => typeof id === 'string' && CHANGE_ID.test(id));
    if (!good) return { rule: 'prior', at: `prior.${name}` };
  }
  return null;
}

function hasKind(kind: FieldKind, value: unknown): boolean {
  switch (kind) {
    case 'text':
    case 'code':
    case 'date':
    case 'instant':
    case 'ref':
      return typeof value === 'string' && value.isWellFormed();
    case 'blob':
      return typeof value === 'string' && SHA256.test(value);
    case 'integer':
    case 'money':
      return Number.isSafeInteger(value);
    case 'decimal':
      return typeof value === 'number' && Number.isFinite(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'refs':
      return Array.isArray(value) && value.every((id) => typeof id === 'string' && id.isWellFormed());
    case 'json':
      return isWellFormed(value, MAX_DEPTH);
  }
}

/** JSON of bounded depth, without lone surrogates (SQLite and UTF-8 cannot hold them) and without `__proto__`. */
function isWellFormed(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value === 'boolean') return true;
  if (depth === 0 || typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every((item) => isWellFormed(item, depth - 1));
  return Object.entries(value).every(
    ([key, item]) => key !== '__proto__' && key.isWellFormed() && isWellFormed(item, depth - 1),
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(name: string): boolean {
  return NAME.test(name) && !RESERVED.has(name);
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}
