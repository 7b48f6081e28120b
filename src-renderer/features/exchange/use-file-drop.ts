import { ref } from 'vue';
import { useEventListener } from '@vueuse/core';

/**
 * Takes files that are dropped onto an element, and tells whether some are held over it. Whoever takes them must read the
 * transfer at once. Other things that are dragged, such as a marked text, are none of its business.
 */
export function useFileDrop(target: HTMLElement, onDrop: (transfer: DataTransfer) => void) {
  const isOver = ref(false);
  let depth = 0;

  function listen(
    kind: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
    act: (of: DataTransfer) => void,
  ): void {
    useEventListener(target, kind, (event) => {
      const transfer = event.dataTransfer;
      if (!transfer?.types.includes('Files')) return;
      // Without it, the browser leaves the page to show the file.
      event.preventDefault();
      act(transfer);
    });
  }

  listen('dragenter', () => {
    depth += 1;
    isOver.value = true;
  });
  listen('dragover', (transfer) => (transfer.dropEffect = 'copy'));
  listen('dragleave', () => {
    depth -= 1;
    if (depth <= 0) isOver.value = false;
  });
  listen('drop', (transfer) => {
    depth = 0;
    isOver.value = false;
    onDrop(transfer);
  });
  return isOver;
}
