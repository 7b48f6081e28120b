import type { Json } from '#shared/merge/canonical.ts';
import type { EntityName } from '#shared/model/model.ts';

export type Fields = Readonly<Record<string, Json>>;

/** A record that is here, without null fields. */
export interface TableRecord {
  readonly id: string;
  readonly fields: Fields;
  /** Fields with two or more values: a list must not settle what is for a person to settle. */
  readonly conflicts: readonly string[];
}

export interface TableChange {
  readonly entity: EntityName;
  readonly id: string;
  readonly set: Fields;
}

/** What a table import needs of the store. */
export interface TablePort {
  newId(): string;
  has(entity: EntityName, id: string): boolean;
  /** The records of an entity that are not deleted, in id order; with `where`, those whose fields have these values. */
  rows(entity: EntityName, where?: Fields): TableRecord[];
  /** All in one transaction. */
  write(changes: readonly TableChange[]): void;
}

/** A row's number as a person sees it in a spreadsheet (the header is 1), a stable code, and a Korean sentence. */
export interface RowRemark {
  readonly row: number;
  readonly code: string;
  readonly reason: string;
}

export interface TableImport {
  made: number;
  updated: number;
  unchanged: number;
  /** Rows that mean a record which is written in another way here: which, by what rule, and what differs. */
  recognised: { row: number; id: string; why: string; differs: readonly string[] }[];
  /** Rows that did not go in. */
  refused: RowRemark[];
  /** Rows that went in as they are, with something that a person should look at. */
  flagged: RowRemark[];
}
