import type { Entity, Field, FieldKind } from './field.ts';
import { keeping } from './keeping.ts';
import { places } from './places.ts';
import { results } from './results.ts';
import { sessions } from './sessions.ts';

/**
 * The model, format version 1. Fields may be added; they are never renamed or given another meaning,
 * because laptops of different versions exchange files.
 */
export const model = { ...places, ...sessions, ...results, ...keeping } as const;

export type EntityName = keyof typeof model;

export const entityNames = Object.keys(model).sort() as EntityName[];

/** The version of the projections: raise it when tables derived from the model change their meaning. */
export const MODEL_VERSION = 1;

interface JsonOf {
  text: string;
  code: string;
  date: string;
  instant: string;
  integer: number;
  money: number;
  decimal: number;
  flag: boolean;
  ref: string;
  refs: string[];
  json: unknown;
  blob: string;
}

type FieldsOf<E extends EntityName> = (typeof model)[E]['fields'];

type KindOf<F> = F extends { readonly kind: infer K extends FieldKind } ? K : never;

/** The value of one field of an entity, as JSON. */
export type ValueOf<E extends EntityName, F extends keyof FieldsOf<E>> = JsonOf[KindOf<FieldsOf<E>[F]>];

/** A record as the program reads it: its id, and every field or null. */
export type RecordOf<E extends EntityName> = { id: string } & {
  [F in keyof FieldsOf<E>]: ValueOf<E, F> | null;
};

/** What a caller may set on a record: some fields; null clears one, undefined leaves it. */
export type PatchOf<E extends EntityName> = { [F in keyof FieldsOf<E>]?: ValueOf<E, F> | null | undefined };

/** The codes of a code field, such as the outcomes of a visit. */
export type CodeOf<E extends EntityName, F extends keyof FieldsOf<E>> =
  FieldsOf<E>[F] extends Field<'code', infer C> ? C : never;

export function isEntityName(name: string): name is EntityName {
  return Object.hasOwn(model, name);
}

/** The declared field, or undefined for an entity or field that this version does not know. */
export function fieldOf(entity: string, name: string): Field | undefined {
  if (!isEntityName(entity)) return undefined;
  const fields: Record<string, Field> = model[entity].fields;
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** All declared fields of an entity in their declared order. */
export function fieldsOf(entity: EntityName): [name: string, field: Field][] {
  return Object.entries((model[entity] as Entity).fields);
}
