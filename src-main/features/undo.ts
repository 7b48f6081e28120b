import type { Handlers, Method } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { ImportedFile } from '#shared/contract/exchange.ts';
import type { Excluded, LeftView, StepView, Undone, UndoState } from '#shared/contract/undo.ts';
import { revert, type Left } from '#shared/merge/revert.ts';
import { originOf } from '../store/history.ts';
import type { Meant } from '../store/log.ts';
import { transaction } from '../store/sqlite.ts';
import type { Step, Steps } from '../store/steps.ts';
import type { Deps } from './deps.ts';
import { changesByRecord, nameOf, viewOfMany, viewOfStep, type OfRecord } from './undo/step-view.ts';

/** Calls that are not undone here: imports have their own undo, what is erased is gone for good. */
const excluded: Partial<Record<Method, (value: unknown) => Excluded | null>> = {
  'exchange.import': (value) => ((value as ImportedFile).new > 0 ? 'import' : null),
  'imports.begin': () => null,
  'imports.add': () => null,
  'imports.finish': (value) =>
    (value as ImportedFile[]).some(({ new: added }) => added > 0) ? 'import' : null,
  'imports.undo': () => 'import',
  'records.erase': () => 'erase',
  'attendance.clearSignature': () => 'erase',
  'retention.erase': () => 'erase',
};

/** What a merchant answered is not the trainer's to take back; the demo is where a store begins. */
const NO_STEPS = ['surveys.', 'handover.', 'pin.', 'lock.', 'vault.', 'app.', 'undo.'];

/** Runs a call so that what it writes can be undone as one step. */
export function asStep<T>({ store, now }: Deps, method: Method, work: () => T | Promise<T>): T | Promise<T> {
  if (NO_STEPS.some((prefix) => method.startsWith(prefix))) return work();
  const reasonFor = excluded[method];
  if (!reasonFor) return store.steps.during(method, work);
  const done = (value: T): T => {
    const reason = reasonFor(value);
    if (reason) noteExcluded(store.steps, method, reason, now());
    return value;
  };
  const value = work();
  return value instanceof Promise ? value.then(done) : done(value);
}

/** The deed is done and durable: a note about it that finds no room must not make it look as if it had failed. */
function noteExcluded(steps: Steps, method: Method, reason: Excluded, at: number): void {
  try {
    steps.exclude(method, reason, at);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

export function undoHandlers(deps: Deps): Pick<Handlers, 'undo.state' | 'undo.undo' | 'undo.redo'> {
  return {
    'undo.state': () => state(deps),
    'undo.undo': () => takeBack(deps, deps.store.steps.last()),
    'undo.redo': () => takeBack(deps, deps.store.steps.next()),
  };
}

function state(deps: Deps): UndoState {
  const last = deps.store.steps.last();
  const next = deps.store.steps.next();
  return {
    undo: last?.excluded ? { kind: 'excluded', why: last.excluded as Excluded } : viewOf(deps, last),
    redo: viewOf(deps, next),
  };
}

function viewOf(deps: Deps, step: Step | undefined): StepView | null {
  return step ? (viewOfMany(deps, step) ?? viewOfStep(deps, changesByRecord(deps, step))) : null;
}

/**
 * Undoing and doing again are one thing: taking back what was written last for this step. A step of which nothing could
 * be taken back is gone, or it would stand in the way of those before it.
 */
function takeBack(deps: Deps, step: Step | undefined): Undone {
  const { store } = deps;
  if (!step) return { step: null, excluded: null, left: [] };
  if (step.excluded) {
    store.steps.remove(step);
    return { step: null, excluded: step.excluded as Excluded, left: [] };
  }
  const result = transaction(store.db, (): Undone & { entities: string[] } => {
    store.projector.catchUp();
    const records = changesByRecord(deps, step);
    const view = viewOfMany(deps, step) ?? viewOfStep(deps, records);
    const left: LeftView[] = [];
    const written: Meant[] = [];
    for (const record of records.toReversed()) {
      const back = revert(record.all, record.ofStep, store.laptop().id);
      for (const change of back.changes) {
        written.push({ entity: record.entity, record: record.id, ...change });
      }
      left.push(...back.left.map((one) => leftView(deps, record, one)));
    }
    if (written.length === 0) store.steps.remove(step);
    else store.steps.turn(step, !step.undone, store.log.put(written));
    return {
      step: written.length === 0 ? null : view,
      excluded: null,
      left,
      entities: [...new Set(written.map(({ entity }) => entity))],
    };
  });
  const { entities, ...undone } = result;
  if (entities.length > 0) deps.tell({ kind: 'changed', entities });
  return undone;
}

function leftView(deps: Deps, { entity, id }: OfRecord, { field, why, by }: Left): LeftView {
  const origin = by && originOf(deps.store, by, deps.now());
  return {
    entity,
    title: nameOf(deps, entity, id),
    field,
    why,
    by: origin?.author?.name ?? origin?.laptop.name ?? null,
  };
}
