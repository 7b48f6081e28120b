import type { Json } from '#shared/merge/canonical.ts';
import { newId } from '#shared/model/ids.ts';
import type { EntityName, PatchOf } from '#shared/model/model.ts';
import type { Random } from './random.ts';

/** Who writes, and on which laptop (16 hex digits). */
export interface Author {
  readonly person: string;
  readonly laptop: string;
}

/** What someone writes down at a time, before it has an id and knows what it replaces. */
export interface Draft {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: Author;
  readonly entity: string;
  readonly record: string;
  readonly set: Readonly<Record<string, Json>>;
  /** The author had seen what other laptops wrote up to then; everything so far when left out. */
  readonly seenUntil?: number | undefined;
}

/** Fields to set; one left undefined is not set, null clears it. */
type Entry<E extends EntityName> = { [F in keyof PatchOf<E>]?: PatchOf<E>[F] | undefined } & {
  deleted?: boolean;
};

/** Collects what many people write side by side, and hands it out in the order of time. */
export class Book {
  readonly random: Random;
  #drafts: Draft[] = [];

  constructor(random: Random) {
    this.random = random;
  }

  /** The id of a record that is made at `at`. */
  id(at: number): string {
    return newId(at, this.random.bytes());
  }

  note<E extends EntityName>(
    at: number,
    by: Author,
    entity: E,
    record: string,
    entry: Entry<E>,
    seenUntil?: number,
  ): void {
    const set: Record<string, Json> = {};
    for (const [field, value] of Object.entries(entry)) {
      if (value !== undefined) set[field] = value as Json;
    }
    if (Object.keys(set).length > 0) this.#drafts.push({ at, by, entity, record, set, seenUntil });
  }

  /** Everything written since the last time, by time; what was written at one time stays in its order. */
  take(): Draft[] {
    const drafts = this.#drafts.sort((left, right) => left.at - right.at);
    this.#drafts = [];
    return drafts;
  }
}
