import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { ConflictEntry, ConflictGroup, ConflictKey, ConflictView } from '#shared/contract/conflicts.ts';
import type { OutputOf } from '#shared/contract/contract.ts';
import { call } from '../../api.ts';
import { useStatus } from '../../stores/status.ts';
import { keyOf } from './conflict-rows.ts';

type Page = OutputOf<'conflicts.list'>;

/** The first screens at once, then all the rest. */
const FIRST = 60;
const REST = 10_000;

/** What a screen does with a list as it comes. */
export interface Coming {
  /** Is there when the first conflict stands on the screen: the rest of a long list is asked for after that. */
  shown(): Promise<unknown>;
  /** Asked as the list is, gives what takes the conflicts that came in full with it. */
  inFull(): (views: readonly ConflictView[]) => void;
}

const NOTHING: Coming = { shown: () => Promise.resolve(), inFull: () => () => undefined };

/**
 * The open conflicts. What is settled here leaves the list at once; the list is fetched again only when the store counts
 * another number than this list holds, so that settling two hundred does not fetch two hundred lists.
 */
export function useConflicts(coming: Coming = NOTHING) {
  const status = useStatus();
  const rows = shallowRef<readonly ConflictEntry[]>();
  const groups = shallowRef<ReadonlyMap<string, ConflictGroup>>(new Map());
  /** The records that values point to, by id. */
  const names = shallowRef<ReadonlyMap<string, string>>(new Map());
  const total = ref(0);
  const error = shallowRef<unknown>(null);
  const loading = ref(false);
  let asked = 0;
  let running: Promise<void> = Promise.resolve();
  /** Settled while a list was on its way: that list may still hold them. */
  let gone = new Set<string>();
  /** Kept for later or taken back while a list was on its way, by key. */
  let moved = new Map<string, boolean>();

  function load(): Promise<void> {
    running = fetchAll();
    return running;
  }

  async function fetchAll(): Promise<void> {
    asked += 1;
    const mine = asked;
    gone = new Set();
    moved = new Map();
    loading.value = true;
    const found: ConflictEntry[] = [];
    const called = new Map<string, string>();
    const grouped = new Map<string, ConflictGroup>();
    try {
      for (let after: string | null | undefined; after !== null && mine === asked;) {
        const takeViews = coming.inFull();
        const page: Page = await pageAfter(after, rows.value === undefined ? 1 : 0);
        if (mine !== asked) return;
        takeViews(page.views);
        found.push(...page.rows);
        for (const [id, name] of Object.entries(page.names)) called.set(id, name);
        for (const group of page.groups) grouped.set(group.key, group);
        after = page.next;
        // The first page shows at once; a list that is there already is replaced as a whole, or it would jump.
        if (rows.value === undefined || after === null) take(found, page.total, called, grouped);
        if (after !== null) await coming.shown();
      }
      error.value = null;
    } catch (why) {
      if (mine === asked) error.value = why;
    }
    if (mine === asked) loading.value = false;
  }

  function take(
    found: readonly ConflictEntry[],
    count: number,
    called: ReadonlyMap<string, string>,
    grouped: ReadonlyMap<string, ConflictGroup>,
  ): void {
    groups.value = new Map(grouped);
    names.value = new Map(called);
    rows.value = found
      .filter((row) => !gone.has(keyOf(row)))
      .map((row) => ({ ...row, later: moved.get(keyOf(row)) ?? row.later }));
    total.value = Math.max(rows.value.length, count - gone.size);
  }

  function settled(key: string): void {
    gone.add(key);
    const before = rows.value?.length ?? 0;
    rows.value = rows.value?.filter((row) => keyOf(row) !== key);
    if ((rows.value?.length ?? 0) < before) total.value = Math.max(0, total.value - 1);
  }

  /** Keeps one for later, or takes it back; shown at once, and put back where it was when it could not be kept. */
  async function keep({ entity, record, field }: ConflictKey, later: boolean): Promise<void> {
    const key = keyOf({ entity, record, field });
    const show = (as: boolean): void => {
      moved.set(key, as);
      rows.value = rows.value?.map((row) => (keyOf(row) === key ? { ...row, later: as } : row));
    };
    show(later);
    try {
      await call('conflicts.later', { conflicts: [{ entity, record, field }], later });
    } catch (why) {
      show(!later);
      throw why;
    }
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
  // A turn later: who takes what comes may be made after this.
  queueMicrotask(() => void load());

  const later = computed(() => rows.value?.reduce((count, row) => count + Number(row.later), 0) ?? 0);
  return { rows, groups, names, total, later, error, loading, load, settled, keep };
}

function pageAfter(after: string | undefined, inFull: number): Promise<Page> {
  return call('conflicts.list', after === undefined ? { limit: FIRST, inFull } : { limit: REST, after });
}
