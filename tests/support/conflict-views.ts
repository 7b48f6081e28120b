import type { ConflictView } from '#shared/contract/conflicts.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';

/** Whatever answers calls: a laptop, an app in a browser. */
export interface Caller {
  call<M extends Method>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
}

/** All open conflicts in the order of the list, each as it is looked at. */
export async function openViews(on: Caller): Promise<ConflictView[]> {
  const { rows } = await on.call('conflicts.list', { limit: 10_000 });
  const views: ConflictView[] = [];
  for (const { entity, record, field } of rows) {
    views.push(await on.call('conflicts.view', { entity, record, field }));
  }
  return views;
}

/** What names the sides of a conflict when it is settled. */
export function seenOf({ sides }: Pick<ConflictView, 'sides'>): string[] {
  return sides.map(({ change }) => change);
}
