import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { DuplicatePair } from '#shared/contract/duplicates.ts';
import { call, onCoreEvent } from '../../api.ts';
import { useLive } from '../../use/live.ts';
import { keyOf } from './pair-rows.ts';

/** Pairs fetched at first, and at most: the likeliest come first, and every decision lets another one up. */
const FIRST = 100;
export const MOST = 1000;

/**
 * The pairs that are to be asked, of one site or all. What is decided here leaves at once; the answer that follows every
 * decision leaves out the pairs that it decided by the way, since "same" is transitive. `back` hears of a pair that is to
 * be asked again.
 */
export function usePairs(site: () => string | null, back: (key: string) => void) {
  const size = ref(FIRST);
  /** What left, and how many questions had been asked by then: only a later one has heard of the decision. */
  const gone = shallowRef<ReadonlyMap<string, number>>(new Map());
  /** Decided and out of the core's list; one that is there again was taken back, by whatever way. */
  const away = new Set<string>();
  let asked = 0;
  let answered = 0;
  const live = useLive(
    async () => {
      asked += 1;
      const mine = asked;
      const answer = await call('duplicates.list', {
        limit: size.value,
        ...(site() ? { site: site()! } : {}),
      });
      answered = mine;
      return answer;
    },
    { entities: ['store', 'site', 'match'], on: () => [site(), size.value] },
  );
  watch(
    live.data,
    (data) => {
      const there = new Set(data?.pairs.map(keyOf));
      const heard = [...gone.value].filter(([, at]) => at < answered);
      gone.value = new Map([...gone.value].filter(([, at]) => at >= answered));
      for (const key of away) {
        if (there.has(key) && away.delete(key)) back(key);
      }
      for (const [key] of heard) {
        if (there.has(key)) back(key);
        else away.add(key);
      }
    },
    { flush: 'sync' },
  );
  const pairs = computed<readonly DuplicatePair[] | undefined>(() =>
    live.data.value?.pairs.filter((pair) => !gone.value.has(keyOf(pair))),
  );
  const total = computed(() => {
    const { data } = live;
    return data.value ? data.value.total - (data.value.pairs.length - pairs.value!.length) : 0;
  });

  /** How far the comparison is, 0 to 100; null when none was told of. */
  const progress = ref<number | null>(null);
  onScopeDispose(
    onCoreEvent((event) => {
      if (event.kind === 'progress' && event.job === 'duplicates') progress.value = event.done;
    }),
  );

  return {
    pairs,
    total,
    progress,
    error: live.error,
    loading: live.loading,
    reload: live.reload,
    /** Whether the core has more than is here and they may still be fetched. */
    hasMore: computed(() => live.data.value?.next !== null && size.value < MOST),
    isCut: computed(() => live.data.value?.next !== null && size.value >= MOST),
    more() {
      if (!live.loading.value) size.value = Math.min(MOST, size.value * 2);
    },
    leaves(key: string) {
      gone.value = new Map([...gone.value, [key, asked]]);
    },
  };
}
