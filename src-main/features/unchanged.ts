import { logStamp } from '../store/duplicate-queries.ts';
import type { Store } from '../store/store.ts';

/** The last few answers are enough: a person goes to and fro between two screens. */
const MOST = 8;

/**
 * Remembers answers by their question for as long as the log is as it was, whoever writes it. What else is written does
 * not count: every step in the window writes down where it stands.
 */
export interface Unchanged {
  once<T>(question: string, make: () => T): T;
  /** The same for what is made in slices: what was written to meanwhile is given and not kept. */
  onceMade<T>(question: string, make: () => Promise<T>): Promise<T>;
}

/** Nobody may change what it gives. What depends on more than the log, such as the day, has that in its question. */
export function whileUnchanged({ db, projector }: Pick<Store, 'db' | 'projector'>): Unchanged {
  const held = new Map<string, unknown>();
  let at = '';

  /** Forgets what is out of date, and gives the moment. */
  function now(): string {
    projector.catchUp();
    const { end, undone } = logStamp(db);
    const moved = `${end} ${undone}`;
    if (moved !== at) held.clear();
    at = moved;
    return moved;
  }

  function keep<T>(question: string, answer: T): T {
    if (held.size >= MOST) held.delete(held.keys().next().value!);
    held.set(question, answer);
    return answer;
  }

  return {
    once<T>(question: string, make: () => T): T {
      now();
      return held.has(question) ? (held.get(question) as T) : keep(question, make());
    },
    async onceMade<T>(question: string, make: () => Promise<T>): Promise<T> {
      const before = now();
      if (held.has(question)) return held.get(question) as T;
      const answer = await make();
      return now() === before ? keep(question, answer) : answer;
    },
  };
}
