import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { RulePreview, SettledAll } from '#shared/contract/conflicts.ts';
import type { InputOf } from '#shared/contract/contract.ts';
import { call, onCoreEvent } from '../../api.ts';

type Asked = InputOf<'conflicts.preview'>;

/** What a rule would settle, and settling just that. */
export function useRule(asked: () => Asked) {
  const preview = shallowRef<RulePreview>();
  /** Once it is done: what became of it. */
  const outcome = shallowRef<SettledAll | null>(null);
  const busy = ref<'looking' | 'settling' | null>(null);
  const error = shallowRef<unknown>(null);
  const progress = ref<{ done: number; total: number } | null>(null);
  let turn = 0;

  /** Tried out anew whenever another rule is asked for; of several only the last answer counts. */
  async function look(): Promise<void> {
    turn += 1;
    const mine = turn;
    busy.value = 'looking';
    error.value = null;
    try {
      const found = await call('conflicts.preview', asked());
      if (mine !== turn) return;
      preview.value = found;
    } catch (why) {
      if (mine !== turn) return;
      error.value = why;
      preview.value = undefined;
    }
    busy.value = null;
    progress.value = null;
  }

  /** Settles exactly what stands in the preview. */
  async function settle(): Promise<SettledAll | null> {
    if (!preview.value || busy.value !== null || preview.value.settles.length === 0) return null;
    busy.value = 'settling';
    error.value = null;
    try {
      const choices = preview.value.settles.map(({ entity, record, field, value, seen }) => ({
        entity,
        record,
        field,
        value: value as never,
        seen,
      }));
      outcome.value = await call('conflicts.settleAll', { choices });
    } catch (why) {
      error.value = why;
    }
    busy.value = null;
    progress.value = null;
    return error.value === null ? outcome.value : null;
  }

  watch(asked, () => void look(), { immediate: true });
  onScopeDispose(
    onCoreEvent((event) => {
      if (event.kind !== 'progress' || busy.value === null) return;
      if (event.job === (busy.value === 'looking' ? 'rule' : 'settle')) progress.value = event;
    }),
  );
  onScopeDispose(() => (turn = -1));
  return { preview, outcome, busy, error, progress, settle };
}
