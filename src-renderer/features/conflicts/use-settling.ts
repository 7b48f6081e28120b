import { reactive, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ConflictEntry, ConflictView } from '#shared/contract/conflicts.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { ApiError, call } from '../../api.ts';
import { useToasts } from '../../stores/toasts.ts';
import { useLabels } from '../../use/labels.ts';
import { keyOf, nextAfter } from './conflict-rows.ts';
import type { useConflicts } from './use-conflicts.ts';
import type { useViews } from './use-views.ts';

interface Desk {
  readonly list: ReturnType<typeof useConflicts>;
  readonly views: ReturnType<typeof useViews>;
  readonly go: (key: string | null) => void;
  readonly failed: (why: unknown) => void;
}

/**
 * Settles one conflict after the other. The next one stands there at once; what was settled leaves the list, and is said
 * to be settled, when the core has written it. One that is refused is come back to.
 */
export function useSettling({ list, views, go, failed }: Desk) {
  const { t } = useI18n();
  const labels = useLabels();
  const toasts = useToasts();
  const under = reactive(new Set<string>());
  /** Whether something was settled since this screen was opened: an empty list is then a good end. */
  const worked = ref(false);
  /** Settled here: when undo opens one again, it is gone back to. */
  const settledHere = new Set<string>();

  async function settle(
    of: ConflictView,
    rows: readonly ConflictEntry[],
    value: Json,
    words: string,
  ): Promise<void> {
    const key = keyOf(of);
    if (under.has(key)) return;
    under.add(key);
    go(nextAfter(rows, key));
    try {
      const { entity, record, field } = of;
      const seen = of.sides.map(({ change }) => change);
      await call('conflicts.settle', { entity, record, field, value: value as never, seen });
      toasts.show({ tone: 'good', text: settledWords(of, value, words) });
      worked.value = true;
      settledHere.add(key);
      views.settled(of);
      list.settled(key);
    } catch (why) {
      await refused(of, why);
    }
    under.delete(key);
  }

  function settledWords({ kind, entity, field, title }: ConflictView, value: Json, words: string): string {
    const name = title || labels.entityLabel(entity);
    if (kind === 'values')
      return t('conflicts.settled', { field: labels.fieldLabel(entity, field), value: words });
    return t(value === true ? 'conflicts.settledDeleted' : 'conflicts.settledRestored', { title: name });
  }

  /** Someone was faster: the values as they are now are shown, and nothing is chosen for the person. */
  async function refused(of: ConflictView, why: unknown): Promise<void> {
    const key = keyOf(of);
    const stale = why instanceof ApiError && (why.code === 'CONFLICT_STALE' || why.code === 'NOT_FOUND');
    if (stale) await Promise.all([list.load(), views.renew(of)]);
    if (stale && !list.rows.value?.some((row) => keyOf(row) === key)) {
      toasts.show({ tone: 'good', text: t('conflicts.elsewhere') });
      return;
    }
    go(key);
    failed(why);
  }

  watch(list.rows, (rows) => {
    const back = rows?.find((row) => settledHere.has(keyOf(row)));
    for (const row of rows ?? []) settledHere.delete(keyOf(row));
    if (back) go(keyOf(back));
  });

  return { settle, worked, isBusy: (key: string | null) => key !== null && under.has(key) };
}
