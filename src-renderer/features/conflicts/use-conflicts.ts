import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { ConflictView } from '#shared/contract/conflicts.ts';
import { call } from '../../api.ts';
import { useStatus } from '../../stores/status.ts';
import { keyOf } from './conflict-rows.ts';

const PAGE = 500;

/**
 * The open conflicts, page after page. What is settled here leaves the list at once; the list is fetched again only
 * when the store counts another number than this list holds, so that settling two hundred does not fetch two hundred
 * lists.
 */
export function useConflicts() {
  const status = useStatus();
  const rows = shallowRef<readonly ConflictView[]>();
  const total = ref(0);
  const error = shallowRef<unknown>(null);
  const loading = ref(false);
  let asked = 0;
  let running: Promise<void> = Promise.resolve();
  /** Settled while a list was on its way: that list may still hold them. */
  let gone = new Set<string>();

  function load(): Promise<void> {
    running = fetchAll();
    return running;
  }

  async function fetchAll(): Promise<void> {
    asked += 1;
    const mine = asked;
    gone = new Set();
    loading.value = true;
    const found: ConflictView[] = [];
    try {
      for (let after: string | null | undefined; after !== null && mine === asked;) {
        const page: Awaited<ReturnType<typeof pageAfter>> = await pageAfter(after);
        if (mine !== asked) return;
        found.push(...page.rows);
        after = page.next;
        // The first page shows at once; a list that is there already is replaced as a whole, or it would jump.
        if (rows.value === undefined || after === null) take(found, page.total);
      }
      error.value = null;
    } catch (why) {
      if (mine === asked) error.value = why;
    }
    if (mine === asked) loading.value = false;
  }

  function take(found: readonly ConflictView[], count: number): void {
    rows.value = found.filter((row) => !gone.has(keyOf(row)));
    total.value = Math.max(rows.value.length, count - gone.size);
  }

  function settled(key: string): void {
    gone.add(key);
    rows.value = rows.value?.filter((row) => keyOf(row) !== key);
    total.value = Math.max(0, total.value - 1);
  }

  // Every count and not only another one: settling and undoing in one breath are counted once, as nothing happened.
  watch(
    () => status.status,
    () => void recount(),
  );

  async function recount(): Promise<void> {
    // A list that is on its way may be older than the count.
    let seen: Promise<void>;
    do {
      seen = running;
      await seen;
    } while (seen !== running);
    if (asked > 0 && status.status && status.status.counts.conflicts !== total.value) await load();
  }

  onScopeDispose(() => (asked = -1));
  void load();

  return { rows, total, error, loading, load, settled };
}

function pageAfter(after: string | undefined) {
  return call('conflicts.list', { limit: PAGE, ...(after === undefined ? {} : { after }) });
}
