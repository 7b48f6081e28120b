import { v5, v7 } from 'uuid';
import { isEntityName, model, type EntityName } from './model.ts';
import type { Entity } from './field.ts';

/** The namespace of all ids that are made from parts. Fixed for ever: another one would split every shared fact. */
const ID_NAMESPACE = '6f0d9a3e-52c4-5b7a-9e1d-3c8a74d1f2b6';

/** A new id, UUIDv7 (RFC 9562): `now` in milliseconds since 1970, `random` 16 random bytes. */
export function newId(now: number, random: Uint8Array): string {
  return v7({ msecs: now, random });
}

/**
 * The id of a fact that two laptops can record about the same thing: UUIDv5 of the entity and its parts, joined by
 * line feeds. A match takes its two store ids in sorted order.
 */
export function idFromParts(entity: EntityName, parts: readonly string[]): string {
  const declared: Entity = model[entity];
  if (declared.idFrom?.length !== parts.length) {
    throw new TypeError(`${entity} takes its id from ${declared.idFrom?.join(', ') ?? 'nothing'}`);
  }
  const ordered = entity === 'match' ? [...parts].sort() : parts;
  return v5([entity, ...ordered].join('\n'), ID_NAMESPACE);
}

/** Whether records of an entity are facts whose id is made from their parts, so that a second laptop means the same one. */
export function isFact(entity: string): boolean {
  return isEntityName(entity) && (model[entity] as Entity).idFrom !== undefined;
}
