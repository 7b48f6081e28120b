import { onScopeDispose, ref, shallowRef } from 'vue';
import type { InputOf } from '#shared/contract/contract.ts';
import type { FilledTemplate } from '#shared/contract/report.ts';
import { call, onCoreEvent } from '../../api.ts';
import { downloadFile } from '../../use/download.ts';

export type MadeReport = FilledTemplate & { readonly name: string };

/** Makes the workbook and hands it to the person, with how far it is. Giving up stops it. */
export function useReport() {
  const making = ref(false);
  /** In percent; null until rows are being written. */
  const progress = ref<number | null>(null);
  const made = shallowRef<MadeReport | null>(null);
  const error = shallowRef<unknown>(null);
  let asked = 0;

  async function make(question: InputOf<'report.workbook'>): Promise<void> {
    asked += 1;
    const mine = asked;
    making.value = true;
    progress.value = null;
    made.value = null;
    error.value = null;
    try {
      const file = await call('report.workbook', question);
      if (mine !== asked) return;
      downloadFile(file);
      made.value = { name: file.name, filled: file.filled, bounded: file.bounded };
    } catch (why) {
      if (mine !== asked) return;
      error.value = why;
    }
    making.value = false;
  }

  function giveUp(): void {
    asked += 1;
    if (!making.value) return;
    making.value = false;
    // Should the core not be there, there is nothing to stop either.
    void call('report.stop').catch(() => undefined);
  }

  onScopeDispose(
    onCoreEvent((event) => {
      if (event.kind === 'progress' && event.job === 'report') progress.value = event.done;
    }),
  );
  onScopeDispose(giveUp);
  return { making, progress, made, error, make, giveUp };
}
