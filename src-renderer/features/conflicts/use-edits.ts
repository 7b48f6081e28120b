import { shallowRef, watch } from 'vue';
import type { ConflictView } from '#shared/contract/conflicts.ts';
import type { HistoryEntry } from '#shared/contract/records.ts';
import { call } from '../../api.ts';

/**
 * For "edited and deleted": what was edited. The conflict itself only says that something was; the record's history
 * has the values. By change.
 */
export function useEdits(row: () => ConflictView | undefined) {
  const edits = shallowRef<ReadonlyMap<string, readonly HistoryEntry[]>>(new Map());

  async function look(of: ConflictView): Promise<void> {
    try {
      const history = await call('records.history', { entity: of.entity, id: of.record });
      const found = new Map<string, HistoryEntry[]>();
      for (const entry of history) {
        if (entry.field === 'deleted' || entry.erased || !entry.head) continue;
        found.set(entry.change, [...(found.get(entry.change) ?? []), entry]);
      }
      edits.value = found;
    } catch {
      // Without it the two sides can still be told apart and settled.
      edits.value = new Map();
    }
  }

  watch(
    row,
    (of) => {
      if (of?.kind === 'editedAndDeleted') void look(of);
    },
    { immediate: true },
  );
  return edits;
}
