import { AsyncLocalStorage } from 'node:async_hooks';
import { continuesTyping, type Typing } from '#shared/merge/typing.ts';
import type { Placed } from './log.ts';
import type { Projector } from './projector.ts';
import { transaction, type Db } from './sqlite.ts';

/** One action of a person on this laptop. */
export interface Step {
  readonly id: number;
  /** The call that made it. */
  readonly action: string;
  /** Why it cannot be undone here, else null. */
  readonly excluded: string | null;
  readonly undone: boolean;
}

export interface Steps {
  /** What is written while `work` runs, after an await too, is one step. */
  during<T>(action: string, work: () => T): T;
  /** Takes down what was just written, inside the transaction of the write. */
  take(written: readonly Placed[], at: number): void;
  /** Takes down that something was done which cannot be undone here. */
  exclude(action: string, reason: string, at: number): void;
  /** The step that is undone next. */
  last(): Step | undefined;
  /** The step that is done again next. */
  next(): Step | undefined;
  /** The places in the log of what the step made, or of what took it back. */
  placesOf(step: Step): number[];
  /** The step is undone, or done again, by the changes at these places. */
  turn(step: Step, undone: boolean, places: readonly number[]): void;
  remove(step: Step): void;
}

/** How many steps are kept. */
const KEPT = 200;
/** A step of more changes than this would hold up everything else while it is undone. */
export const LARGEST = 5000;

interface Action {
  readonly name: string;
  step: number | null;
}

interface Row {
  id: number;
  action: string;
  excluded: string | null;
  undone: number;
  since: number;
  at: number;
}

/**
 * What was done here, newest last: steps that are undone stand at the end, until something new is done. A step names
 * places in the log and holds no value, so that a value which is erased there is not kept alive here.
 */
export function openSteps(db: Db, projector: Projector): Steps {
  const doing = new AsyncLocalStorage<Action>();
  const insert = db.prepare('INSERT INTO step (action, excluded, since, at) VALUES (?, ?, ?, ?)');
  const touch = db.prepare('UPDATE step SET at = ? WHERE id = ?');
  const mark = db.prepare('UPDATE step SET undone = ? WHERE id = ?');
  const drop = db.prepare('DELETE FROM step WHERE id = ?');
  const dropChanges = db.prepare('DELETE FROM step_change WHERE step = ?');
  const addChange = db.prepare('INSERT INTO step_change (step, n) VALUES (?, ?)');
  const places = db.prepare('SELECT n FROM step_change WHERE step = ? ORDER BY n').pluck();
  const firstPlaces = db.prepare('SELECT n FROM step_change WHERE step = ? ORDER BY n LIMIT 2').pluck();
  const count = db.prepare('SELECT count(*) FROM step_change WHERE step = ?').pluck();
  const newest = db.prepare('SELECT * FROM step ORDER BY id DESC LIMIT 1');
  const last = db.prepare('SELECT * FROM step WHERE undone = 0 ORDER BY id DESC LIMIT 1');
  const next = db.prepare('SELECT * FROM step WHERE undone = 1 ORDER BY id LIMIT 1');
  const outdated = db.prepare('SELECT * FROM step WHERE undone = 1 OR id <= ?');
  const exclude = db.prepare("UPDATE step SET excluded = 'large' WHERE id = ?");

  function take(written: readonly Placed[], at: number): void {
    const action = doing.getStore();
    if (!action || written.length === 0) return;
    action.step ??= goesOn(action.name, written, at) ?? begin(action.name, null, at);
    touch.run(at, action.step);
    for (const { n } of written) addChange.run(action.step, n);
    if ((count.get(action.step) as number) <= LARGEST) return;
    dropChanges.run(action.step);
    exclude.run(action.step);
  }

  /** The last step, when this is more of the same typing. */
  function goesOn(action: string, written: readonly Placed[], at: number): number | null {
    const row = newest.get() as Row | undefined;
    if (!row || row.undone || row.excluded !== null || row.action !== action || written.length !== 1)
      return null;
    const changes = projector.changesAt(firstPlaces.all(row.id) as number[]);
    const run: Typing = { since: row.since, at: row.at, changes };
    return continuesTyping(run, written[0]!.change, at) ? row.id : null;
  }

  function begin(action: string, excluded: string | null, at: number): number {
    const id = Number(insert.run(action, excluded, at, at).lastInsertRowid);
    for (const row of outdated.all(id - KEPT) as Row[]) remove(row);
    return id;
  }

  function remove({ id }: Pick<Step, 'id'>): void {
    dropChanges.run(id);
    drop.run(id);
  }

  return {
    during: (action, work) => doing.run({ name: action, step: null }, work),
    take,
    exclude(action, reason, at) {
      transaction(db, () => {
        const row = newest.get() as Row | undefined;
        // Sixty files in a row are one thing that cannot be undone here.
        if (row && !row.undone && row.excluded === reason) touch.run(at, row.id);
        else begin(action, reason, at);
      });
    },
    last: () => stepOf(last.get() as Row | undefined),
    next: () => stepOf(next.get() as Row | undefined),
    placesOf: ({ id }) => places.all(id) as number[],
    turn({ id }, undone, by) {
      dropChanges.run(id);
      for (const n of by) addChange.run(id, n);
      mark.run(undone ? 1 : 0, id);
    },
    remove,
  };
}

function stepOf(row: Row | undefined): Step | undefined {
  return row && { id: row.id, action: row.action, excluded: row.excluded, undone: row.undone === 1 };
}
