import { onScopeDispose, ref, shallowRef, watch } from 'vue';

interface Page<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
}

/**
 * A long list of the core, page after page as someone comes near its end. It starts anew when what `fetch` reads (a
 * filter, a record) changes; `fetch` gets the `next` of the page before.
 */
export function usePages<T, P extends Page<T>>(
  fetch: (after: string | null) => Promise<P>,
  on: () => unknown,
) {
  const rows = shallowRef<readonly T[]>();
  /** The last page, for what it tells beside its rows. */
  const page = shallowRef<P>();
  const error = shallowRef<unknown>(null);
  const loading = ref(false);
  let asked = 0;

  async function load(after: string | null): Promise<void> {
    asked += 1;
    const mine = asked;
    loading.value = true;
    try {
      const found = await fetch(after);
      if (mine !== asked) return;
      rows.value = after === null ? found.rows : [...(rows.value ?? []), ...found.rows];
      page.value = found;
      error.value = null;
    } catch (why) {
      if (mine !== asked) return;
      error.value = why;
    }
    loading.value = false;
  }

  async function more(): Promise<void> {
    const next = page.value?.next ?? null;
    if (next !== null && !loading.value) await load(next);
  }

  watch(on, () => void load(null), { immediate: true });
  onScopeDispose(() => (asked = -1));
  return { rows, page, error, loading, reload: () => load(null), more };
}
