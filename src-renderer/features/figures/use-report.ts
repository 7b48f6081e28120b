import { onScopeDispose, ref, shallowRef } from 'vue';
import type { InputOf } from '#shared/contract/contract.ts';
import { call } from '../../api.ts';
import { downloadFile } from '../../use/download.ts';

/** Makes the workbook and hands it to the person. Giving up means that the file is not handed over when it comes. */
export function useReport() {
  const making = ref(false);
  const made = ref<string | null>(null);
  const error = shallowRef<unknown>(null);
  let asked = 0;

  async function make(question: InputOf<'report.workbook'>): Promise<void> {
    asked += 1;
    const mine = asked;
    making.value = true;
    made.value = null;
    error.value = null;
    try {
      const file = await call('report.workbook', question);
      if (mine !== asked) return;
      downloadFile(file);
      made.value = file.name;
    } catch (why) {
      if (mine !== asked) return;
      error.value = why;
    }
    making.value = false;
  }

  function giveUp(): void {
    asked += 1;
    making.value = false;
  }

  onScopeDispose(giveUp);
  return { making, made, error, make, giveUp };
}
