import { ref, type Ref } from 'vue';
import { watchDebounced } from '@vueuse/core';
import { call } from '../../api.ts';
import type { Choice, Span } from './choice.ts';

/** What is chosen stays for the next time: most weeks it is the same. */
export interface Remembered extends Choice {
  /** Null while nobody chose: those with something to come. */
  readonly programs: readonly (string | null)[] | null;
  readonly span: Span;
  /** Destinations that go along; the first time none. */
  readonly destinations: readonly string[];
}

const KEY = 'kits:choice';
const nothing: Remembered = { programs: null, span: 'upcoming', by: {}, given: {}, destinations: [] };

/** On this laptop's disk, and `ready` once it was looked for there. */
export function useRemembered(): { choice: Ref<Remembered>; ready: Ref<boolean> } {
  const choice = ref<Remembered>(nothing);
  const ready = ref(false);
  // Not to know it next time is no reason to say anything now. What was found is kept anew as well, or it would be
  // forgotten by whoever changes nothing for a month.
  watchDebounced(choice, (value) => ready.value && void keep(value).catch(() => undefined), {
    debounce: 200,
    maxWait: 1000,
  });
  void call('drafts.get', { key: KEY })
    .catch(() => null)
    .then((kept) => {
      if (kept !== null && typeof kept === 'object') choice.value = { ...nothing, ...(kept as object) };
      ready.value = true;
    });
  return { choice, ready };
}

/** Past sessions that were put in are of this time only: next week they would be a surprise. */
function keep({ programs, span, by, given, destinations }: Remembered): Promise<null> {
  const out = Object.entries(by).filter(([, isIn]) => !isIn);
  const value = {
    programs: programs && [...programs],
    span: span === 'week' ? span : ('upcoming' as const),
    by: Object.fromEntries(out),
    given: { ...given },
    destinations: [...destinations],
  };
  return call('drafts.put', { key: KEY, value });
}
