import { call } from './call.ts';
import { none } from './shapes.ts';

/** Why something that was done last is not undone by undo. */
export type Excluded = 'import' | 'erase' | 'large';

/** What was done in one step, for a sentence about it. */
export interface StepView {
  /** `settled`: many conflicts at once, by a rule or a workbook. */
  kind: 'made' | 'deleted' | 'restored' | 'edited' | 'settled';
  entity: string;
  /** What a person calls the record, or the record that it belongs to; empty where nothing is known. */
  title: string;
  /** Of an edited record: the fields that were set. */
  fields: string[];
  /** The question of the checklist that was answered. */
  item: string | null;
  /** How many more records of the same kind; of `settled`, how many more conflicts. */
  others: number;
}

/** A value that was left as it is. */
export interface LeftView {
  entity: string;
  title: string;
  field: string;
  /** Another value was written meanwhile, or the value was destroyed. */
  why: 'changed' | 'erased';
  /** Who wrote what stands there now: the person, else the laptop; null where neither is known. */
  by: string | null;
}

export interface UndoState {
  undo: StepView | { kind: 'excluded'; why: Excluded } | null;
  redo: StepView | null;
}

export interface Undone {
  /** What was undone or done again; null when nothing was there, or all of it was left. */
  step: StepView | null;
  /** The last thing done cannot be undone here; the next call goes on before it. */
  excluded: Excluded | null;
  left: LeftView[];
}

/** What was done on this laptop, step by step: each call of a person is one, typing in one field counts together. */
export const undo = {
  'undo.state': call<UndoState>()(none),
  /**
   * Undoes the last step by writing what was there before. Values that somebody else has changed since are left and
   * named.
   */
  'undo.undo': call<Undone>()(none),
  'undo.redo': call<Undone>()(none),
};
