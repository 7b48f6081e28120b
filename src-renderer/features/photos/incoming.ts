import { onMounted, onScopeDispose } from 'vue';

/** A place on the screen that takes photos. */
export interface Taker {
  element(): HTMLElement | null;
  /** Takes what was not meant for any other place of the screen. */
  readonly main: boolean;
  take(files: File[]): void;
}

const takers = new Set<Taker>();

/**
 * Gives a place the photos that are pasted or dropped while it is on screen: the place that has the focus or lies under
 * the pointer, else the screen's main one. Without this, a file dropped beside a frame would take the page's place.
 */
export function useIncoming(taker: Taker): void {
  onMounted(() => {
    if (takers.size === 0) listen();
    takers.add(taker);
  });
  onScopeDispose(() => {
    takers.delete(taker);
    if (takers.size === 0) stopListening();
  });
}

/** Which of some places is meant: the first that answers to the first sign that any answers to, else the main one. */
export function meantAmong(
  all: Iterable<Taker>,
  ...signs: ((element: HTMLElement) => boolean)[]
): Taker | undefined {
  const list = [...all];
  for (const sign of signs) {
    const found = list.find((taker) => {
      const element = taker.element();
      return element !== null && sign(element);
    });
    if (found) return found;
  }
  return list.find(({ main }) => main);
}

function listen(): void {
  document.addEventListener('paste', onPaste);
  document.addEventListener('dragover', onDragOver);
  document.addEventListener('drop', onDrop);
}

function stopListening(): void {
  document.removeEventListener('paste', onPaste);
  document.removeEventListener('dragover', onDragOver);
  document.removeEventListener('drop', onDrop);
}

function onPaste(event: ClipboardEvent): void {
  const files = [...(event.clipboardData?.files ?? [])];
  // A copied piece of a document brings its text and a picture of it: the text is what is meant.
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (files.length === 0 || (text !== '' && isEditable(event.target))) return;
  const focused = document.activeElement;
  const taker = meantAmong(
    takers,
    (element) => element.contains(focused),
    (element) => element.matches(':hover'),
  );
  if (!taker) return;
  event.preventDefault();
  taker.take(files);
}

function onDragOver(event: DragEvent): void {
  if (hasFiles(event)) event.preventDefault();
}

function onDrop(event: DragEvent): void {
  if (!hasFiles(event)) return;
  event.preventDefault();
  const target = event.target as Node | null;
  meantAmong(takers, (element) => element.contains(target))?.take([...(event.dataTransfer?.files ?? [])]);
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');
}
