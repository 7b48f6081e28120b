import { useRouter } from 'vue-router';
import { useEventListener } from '@vueuse/core';
import { gatherDropped } from './gather.ts';
import { useFileQueue } from './queue.ts';

/**
 * Takes session files that are dropped on any screen, and opens the one on which they are looked at. Other files are left
 * to the place that they were dropped on, and never take the window's place. `ready` says whether a person of this laptop
 * is before it.
 */
export function useDroppedFiles(ready: () => boolean): void {
  const queue = useFileQueue();
  const router = useRouter();

  function transferOf(event: DragEvent): DataTransfer | null {
    // The screen for files, and whatever else takes some, has done so by now.
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return null;
    event.preventDefault();
    return event.dataTransfer;
  }

  useEventListener(document, 'dragover', (event) => {
    const transfer = transferOf(event);
    if (transfer) transfer.dropEffect = ready() ? 'copy' : 'none';
  });
  useEventListener(document, 'drop', (event) => {
    const transfer = transferOf(event);
    if (!transfer || !ready() || ![...transfer.files].some(({ name }) => /\.dangol$/i.test(name))) return;
    // A place for photos would call them pictures that it cannot read.
    event.stopImmediatePropagation();
    void gatherDropped(transfer).then(async (gathered) => {
      queue.addGathered(gathered);
      await router.push('/exchange');
    });
  });
}
