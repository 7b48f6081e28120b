import { computed, ref, shallowRef } from 'vue';
import type { Resolved } from '#shared/contract/conflicts.ts';
import { call } from '../../api.ts';
import { downloadFile } from '../../use/download.ts';

/** What is done with a workbook: got, looked at before anything is written, and read in. */
export function useWorkbook() {
  const busy = ref<'getting' | 'looking' | 'settling' | null>(null);
  const error = shallowRef<unknown>(null);
  const chosen = shallowRef<{ file: string; bytes: Uint8Array } | null>(null);
  /** What would happen, and once `done` what did. */
  const outcome = shallowRef<Resolved | null>(null);
  const done = ref(false);
  const open = computed({
    get: () => outcome.value !== null,
    set: (wanted) => {
      if (!wanted) outcome.value = null;
    },
  });

  async function during(what: NonNullable<typeof busy.value>, work: () => Promise<void>): Promise<void> {
    busy.value = what;
    error.value = null;
    try {
      await work();
    } catch (why) {
      error.value = why;
      outcome.value = null;
    }
    busy.value = null;
  }

  function get(): Promise<void> {
    return during('getting', async () => downloadFile(await call('conflicts.workbook', {})));
  }

  function look(file: File): Promise<void> {
    return during('looking', async () => {
      chosen.value = { file: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
      done.value = false;
      outcome.value = await call('conflicts.resolve', { ...chosen.value, dryRun: true });
    });
  }

  function settle(): Promise<void> {
    return during('settling', async () => {
      if (!chosen.value) return;
      outcome.value = await call('conflicts.resolve', chosen.value);
      done.value = true;
    });
  }

  return { busy, error, chosen, outcome, done, open, get, look, settle };
}
