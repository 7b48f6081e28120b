import type { DataScreen } from '#shared/contract/data-state.ts';
import type { Finding } from '#shared/desk/data-lines.ts';
import type { EntityName } from '#shared/model/model.ts';
import type { Store } from '../store.ts';

export type Reading = Pick<Store, 'db' | 'projector'>;

/** What is asked: against which day, in Asia/Seoul, and of which programme. */
export interface DataQuestion {
  readonly today: string;
  readonly program: string | null;
}

export interface Found {
  readonly entity: EntityName;
  readonly id: string;
  readonly findings: readonly Finding[];
  readonly screen: DataScreen | null;
}

/** How the rows of a line are found; its words stand in src-shared/desk/data-lines.ts. */
export interface Line {
  count(store: Reading, question: DataQuestion): number;
  rows(store: Reading, question: DataQuestion, from: number, limit: number): Found[];
}

/** A line whose rows are few enough to be found all at once. */
export function listed(find: (store: Reading, question: DataQuestion) => Found[]): Line {
  const found = perQuestion(find);
  return {
    count: (store, question) => found(store, question).length,
    rows: (store, question, from, limit) => found(store, question).slice(from, from + limit),
  };
}

/** What several lines need is read once for each question, and forgotten with it. */
export function perQuestion<T>(
  read: (store: Reading, question: DataQuestion) => T,
): (store: Reading, question: DataQuestion) => T {
  const known = new WeakMap<DataQuestion, { readonly value: T }>();
  return (store, question) => {
    const before = known.get(question);
    if (before) return before.value;
    const value = read(store, question);
    known.set(question, { value });
    return value;
  };
}

/** The same work for the same key is done once. */
export function remembered<T>(work: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, work(key));
    return known.get(key) as T;
  };
}
