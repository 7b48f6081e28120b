import { computed, ref, watch } from 'vue';
import type { HistoryEntry } from '#shared/contract/records.ts';
import { isEntityName } from '#shared/model/model.ts';
import { ApiError, call } from '../../api.ts';
import { useLive } from '../../use/live.ts';
import { momentsOf, oneHistory, type Loaded, type Subject } from './moments.ts';

/** Changes of each record at first; "more" asks for four times as many. */
const FIRST = 50;

/** The history of one record, or of several as one; of one field when `field` says so. */
export function useHistory(subjects: () => readonly Subject[], field: () => string | null) {
  const limit = ref(FIRST);
  const loaded = useLive(
    async () => {
      const upTo = limit.value;
      const all = await Promise.all(subjects().map((subject) => load(subject, field(), upTo + 1)));
      return oneHistory(all, upTo);
    },
    {
      entities: subjects()
        .map(({ entity }) => entity)
        .filter(isEntityName),
      on: () => [field(), limit.value, subjects()],
    },
  );
  watch(field, () => (limit.value = FIRST));

  return {
    moments: computed(() => loaded.data.value && momentsOf(loaded.data.value.entries)),
    complete: computed(() => loaded.data.value?.complete ?? true),
    loading: loaded.loading,
    error: loaded.error,
    reload: loaded.reload,
    more: () => (limit.value *= 4),
  };
}

/** A record that nobody has written anything of, such as a check without an answer, has no history. */
async function load(subject: Subject, field: string | null, limit: number): Promise<Loaded> {
  const { entity, id } = subject;
  let entries: HistoryEntry[] = [];
  try {
    entries = await call('records.history', {
      entity,
      id,
      erasures: true,
      limit,
      ...(field ? { field } : {}),
    });
  } catch (why) {
    if (!(why instanceof ApiError && why.code === 'NOT_FOUND')) throw why;
  }
  return { subject, entries };
}
