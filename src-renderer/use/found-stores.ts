import { computed, nextTick, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { InputOf } from '#shared/contract/contract.ts';
import type { StoreRow } from '#shared/contract/visits.ts';
import { call, onCoreEvent } from '../api.ts';
import type { Rows } from '../ui/rows.ts';
import { STRETCH, stretches, stretchOf, type Stretches } from './stretches.ts';

type Sought = Omit<InputOf<'stores.find'>, 'offset' | 'limit'>;

/** Changes come in bursts (an import, a roster): one fetch answers them all. */
const BURST_MS = 80;

/**
 * The shops that answer what is sought, all of them, of which only those in sight are fetched. The answer before stays
 * until the next one is here, so that nothing jumps; changes in the store are fetched into the same place.
 */
export function useFoundStores(sought: () => Sought, startAtRow = 0) {
  const rows = shallowRef<Rows<StoreRow>>({ length: 0, at: () => undefined });
  /** What the rows answer. */
  const answered = shallowRef<Sought>();
  const error = shallowRef<unknown>(null);
  const total = ref<number>();
  let answer: Stretches<StoreRow> | null = null;
  let sight: [from: number, to: number] = [startAtRow, startAtRow];
  let asked = 0;
  let running: Promise<void> = Promise.resolve();
  let filling = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function ask(again: boolean): Promise<void> {
    running = fetchFirst(again);
    return running;
  }

  async function fetchFirst(again: boolean): Promise<void> {
    asked += 1;
    const mine = asked;
    const question = sought();
    const offset = again ? stretchOf(sight[0]) : 0;
    try {
      const found = await call('stores.find', { ...question, offset, limit: STRETCH });
      if (mine !== asked) return;
      answer = stretches(found.total);
      answer.put(offset, found.rows);
      answered.value = question;
      total.value = found.total;
      rows.value = answer.rows();
      error.value = null;
    } catch (why) {
      if (mine === asked) error.value = why;
    }
  }

  /** One stretch after the other, always the one that is in sight now: what was scrolled past is not waited for. */
  async function fill(): Promise<void> {
    if (filling) return;
    filling = true;
    try {
      for (;;) {
        const [mine, into] = [asked, answer];
        const offset = into?.missing(...sight) ?? null;
        if (into === null || offset === null) break;
        const found = await call('stores.find', { ...answered.value, offset, limit: STRETCH });
        // Another question was asked meanwhile: its rows are seen when they are here.
        if (mine !== asked || into !== answer) break;
        if (found.total !== into.total) {
          await ask(true);
          continue;
        }
        into.put(offset, found.rows);
        rows.value = into.rows();
      }
    } catch (why) {
      error.value = why;
    }
    filling = false;
  }

  const stop = onCoreEvent((event) => {
    if (event.kind !== 'changed' || !event.entities.some((one) => one === 'store' || one === 'site')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void ask(true), BURST_MS);
  });
  onScopeDispose(() => {
    stop();
    clearTimeout(timer);
    asked = -1;
  });

  const question = computed(() => JSON.stringify(sought()));
  watch(question, () => {
    sight = [0, 0];
    void ask(false);
  });
  void ask(true);

  return {
    rows,
    total,
    error,
    /** What was typed for the rows that are shown. */
    typed: computed(() => answered.value?.text ?? ''),
    /** Equal for rows of one question. */
    about: computed(() => JSON.stringify(answered.value ?? {})),
    reload: () => ask(true),
    seen(from: number, to: number): void {
      sight = [from, to];
      void fill();
    },
    /** Resolves when the rows answer what is sought now. */
    async settled(): Promise<void> {
      await nextTick();
      let known: Promise<void>;
      do {
        known = running;
        await known;
      } while (known !== running);
    },
  };
}
