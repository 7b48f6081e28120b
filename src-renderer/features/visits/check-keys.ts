import type { CodeOf } from '#shared/model/model.ts';

type State = CodeOf<'check', 'state'>;

/** The keys that answer an item, in the order of the buttons; they stand on them. */
export const answerKeys: Readonly<Record<State, string>> = { done: '1', notDone: '2', notApplicable: '3' };

/** What a key means for an item: an answer, null to take it back, undefined for a key that means nothing here. */
export function stateOfKey(key: string): State | null | undefined {
  if (key === '0') return null;
  return (Object.keys(answerKeys) as State[]).find((state) => answerKeys[state] === key);
}

/** The item to which a key goes when none has the focus: the first without an answer, else the first. */
export function firstOpen(checks: readonly { readonly state: State | null }[]): number {
  return Math.max(
    0,
    checks.findIndex(({ state }) => state === null),
  );
}
