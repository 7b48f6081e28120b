import { computed, ref, watch } from 'vue';
import type { ConflictView } from '#shared/contract/conflicts.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { fieldOf } from '#shared/model/model.ts';
import { useStatus } from '../../stores/status.ts';
import { keyOf, optionsOf } from './conflict-rows.ts';
import { canBeTyped, valueTyped } from './own-value.ts';

/** Where a text is long enough to need room, in the field and on its card. */
const LONG = 60;

/**
 * What is chosen for a conflict: nothing at first, one of its values, or a typed one. It starts anew with every
 * conflict, and when the values of this one have changed.
 */
export function useChoice(row: () => ConflictView) {
  const status = useStatus();
  const options = computed(() => optionsOf(row()));
  const kind = computed(() => fieldOf(row().entity, row().field)?.kind);
  const canType = computed(() => row().kind === 'values' && canBeTyped(kind.value));
  const isLong = computed(() =>
    options.value.some(
      ({ value }) => typeof value === 'string' && (value.length > LONG || value.includes('\n')),
    ),
  );
  /** The place of an option, `options.length` for the typed one, or null. */
  const chosen = ref<number | null>(null);
  const text = ref('');
  watch(
    () =>
      keyOf(row()) +
      row()
        .sides.map(({ change }) => change)
        .join(),
    () => {
      chosen.value = null;
      text.value = '';
    },
  );

  const isOwn = computed(() => chosen.value === options.value.length);
  const typed = computed(() =>
    isOwn.value && canBeTyped(kind.value) ? valueTyped(kind.value, text.value, status.today) : null,
  );
  const problem = computed(() => (typed.value && 'problem' in typed.value ? typed.value.problem : null));
  /** Undefined until a value is chosen. */
  const value = computed<Json | undefined>(() => {
    if (chosen.value === null) return undefined;
    if (!isOwn.value) return options.value[chosen.value]?.value;
    return typed.value && 'value' in typed.value ? typed.value.value : undefined;
  });

  function choose(place: number): void {
    if (place >= 0 && place < options.value.length + (canType.value ? 1 : 0)) chosen.value = place;
  }

  function clear(): boolean {
    const was = chosen.value !== null;
    chosen.value = null;
    return was;
  }

  /** To the next or previous of the values; typing is not walked into. */
  function step(by: 1 | -1): void {
    const last = options.value.length - 1;
    const from = chosen.value ?? (by > 0 ? -1 : last + 1);
    chosen.value = Math.min(last, Math.max(0, from + by));
  }

  return { options, canType, isLong, chosen, isOwn, text, problem, value, choose, clear, step };
}
