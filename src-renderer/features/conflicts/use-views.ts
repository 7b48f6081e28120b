import { onScopeDispose, shallowReactive, watch } from 'vue';
import type { ConflictEntry, ConflictKey, ConflictView } from '#shared/contract/conflicts.ts';
import { call, onCoreEvent } from '../../api.ts';
import { keyOf } from './conflict-rows.ts';

/** How many after the one that is looked at are fetched before they are asked for, and how many before it. */
const AHEAD = 4;
const BEHIND = 1;

/**
 * Conflicts in full: the one that is looked at, and its neighbours, so that going through a hundred by keyboard never
 * waits. What a person looks at does not change under their eyes: when other values have come meanwhile, choosing is
 * refused and the conflict is shown anew. `drawn` is waited for before the neighbours are asked for: what is looked at
 * goes first, also in drawing.
 */
export function useViews(
  rows: () => readonly ConflictEntry[],
  current: () => string | null,
  failed: (key: string, why: unknown) => void,
  drawn: () => Promise<unknown> = () => Promise.resolve(),
) {
  const views = shallowReactive(new Map<string, ConflictView>());
  const asked = new Map<string, Promise<void>>();
  /** Goes up when views are dropped: an answer to a question of before may be as old as they were. */
  let age = 0;
  let isOver = false;

  async function fetchOne({ entity, record, field }: ConflictKey): Promise<void> {
    const key = keyOf({ entity, record, field });
    const mine = age;
    try {
      const view = await call('conflicts.view', { entity, record, field });
      if (mine === age) views.set(key, view);
    } catch (why) {
      if (mine === age && key === current()) failed(key, why);
    }
    if (mine === age) asked.delete(key);
  }

  function ask(row: ConflictKey): Promise<void> {
    const key = keyOf(row);
    const under = asked.get(key);
    if (views.has(key) || under) return under ?? Promise.resolve();
    const started = fetchOne(row);
    asked.set(key, started);
    return started;
  }

  function drop(isGone: (view: ConflictView, key: string) => boolean): void {
    age += 1;
    asked.clear();
    for (const [key, view] of views) if (isGone(view, key)) views.delete(key);
  }

  /** The one that is looked at first, then those around it. */
  async function askAround(): Promise<void> {
    const looked = rows().find((row) => keyOf(row) === current());
    if (!looked) return;
    await ask(looked);
    await drawn();
    if (isOver) return;
    const all = rows();
    // Meanwhile another one may be looked at; that one was asked for by itself.
    const at = all.findIndex((row) => keyOf(row) === current());
    if (at < 0) return;
    for (const row of all.slice(at + 1, at + 1 + AHEAD)) void ask(row);
    for (const row of all.slice(Math.max(0, at - BEHIND), at)) void ask(row);
  }

  watch([rows, current], () => void askAround(), { immediate: true });
  onScopeDispose(
    onCoreEvent((event) => {
      if (event.kind !== 'changed') return;
      drop((_view, key) => key !== current());
      void askAround();
    }),
  );
  onScopeDispose(() => (isOver = true));

  return {
    of: (key: string | null) => (key === null ? undefined : views.get(key)),
    /** For those that come with something else, which is asked for now: they are taken if nothing has changed since. */
    coming(): (found: readonly ConflictView[]) => void {
      const mine = age;
      return (found) => {
        if (mine === age) for (const view of found) views.set(keyOf(view), view);
      };
    },
    /** Whether a record is deleted has to do with all its fields; one field has nothing to do with the others. */
    settled: (of: ConflictKey) =>
      drop(
        (view, key) =>
          key === keyOf(of) ||
          (view.record === of.record && (of.field === 'deleted' || view.field === 'deleted')),
      ),
    /** Shows one as it is now. */
    async renew(row: ConflictKey): Promise<void> {
      drop((_view, key) => key === keyOf(row));
      await ask(row);
    },
  };
}
