import { ref, type Ref } from 'vue';
import { dropPlace } from './edit.ts';

const EDGE = 90;
const STEP = 14;

/** Rows moved by their handles, with a mouse or a finger. Keys and buttons do the same: see EntryRow. */
export function useDrag(list: Readonly<Ref<HTMLElement | null>>, drop: (key: string, to: number) => void) {
  const dragged = ref<string | null>(null);
  /** Before which row it would land. */
  const place = ref<number | null>(null);

  const rows = (): HTMLElement[] => [...(list.value?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];

  function start(event: PointerEvent, key: string): void {
    if (event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    dragged.value = key;
  }

  function over(event: PointerEvent): void {
    if (dragged.value === null) return;
    const middles = rows().map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2;
    });
    place.value = dropPlace(middles, event.clientY);
    if (event.clientY < EDGE) list.value?.closest('main')?.scrollBy(0, -STEP);
    if (event.clientY > innerHeight - EDGE) list.value?.closest('main')?.scrollBy(0, STEP);
  }

  function end(): void {
    const key = dragged.value;
    const to = place.value;
    cancel();
    if (key === null || to === null) return;
    const from = rows().findIndex((row) => row.dataset['key'] === key);
    drop(key, to > from ? to - 1 : to);
  }

  function cancel(): void {
    dragged.value = null;
    place.value = null;
  }

  return { dragged, place, start, over, end, cancel };
}
