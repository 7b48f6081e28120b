import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { createDurableWriter, type WriteState } from './durable-writer.ts';
import { isUnsettled, trackWriter } from './unsettled.ts';

export interface Durable<T> {
  /** What stands in the field. */
  readonly draft: Ref<T>;
  readonly state: Readonly<Ref<WriteState>>;
  /** Why the last write failed, else null. */
  readonly error: Readonly<Ref<unknown>>;
  /** Set while someone types in it: from the first letter until they leave. */
  readonly focused: Ref<boolean>;
  set(value: T): void;
  /** Writes a value while another text stands in the field. */
  setBehind(value: T): void;
  /** Takes a value and writes it at once: for toggles and choices. */
  setNow(value: T): Promise<void>;
  flush(): Promise<void>;
}

/**
 * A field whose every input is written the moment it is made. `stored` is what the core last said; it is followed
 * unless the person is in the field or a write is under way, so that no answer from the core overwrites typing.
 */
export function useDurable<T>(
  stored: () => T,
  write: (value: T) => Promise<unknown>,
  /** True while what stands in the field must stay although it is not being written, such as a text that is refused. */
  keep: () => boolean = () => false,
): Durable<T> {
  const draft = shallowRef(stored());
  const state = ref<WriteState>('idle');
  const error = shallowRef<unknown>(null);
  const focused = ref(false);

  const writer = createDurableWriter<T>({
    write,
    notify(next, why) {
      state.value = next;
      error.value = next === 'failed' ? why : null;
    },
    pause: 300,
    atMost: 1000,
  });
  trackWriter(writer as Parameters<typeof trackWriter>[0]);

  const free = computed(() => !focused.value && !keep() && !isUnsettled({ state: state.value }));
  watch(stored, (value) => {
    if (free.value) draft.value = value;
  });

  function set(value: T): void {
    draft.value = value;
    writer.set(value);
  }

  return {
    draft,
    state,
    error,
    focused,
    set,
    setBehind: (value) => writer.set(value),
    setNow(value) {
      set(value);
      return writer.flush();
    },
    flush: () => (isUnsettled(writer) ? writer.flush() : Promise.resolve()),
  };
}
