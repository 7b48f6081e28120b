import { onScopeDispose, ref, watch, type Ref } from 'vue';
import type { InputOf } from '#shared/contract/contract.ts';
import { call } from '../api.ts';
import { createDurableWriter } from './durable-writer.ts';
import { trackWriter } from './unsettled.ts';

type Value = InputOf<'drafts.put'>['value'];

interface Draft<T extends Value> {
  /** What was being typed when the window was last seen, or null; also null when it cannot be had. */
  load(): Promise<T | null>;
  keep(value: T): void;
  drop(): void;
}

/**
 * Half-typed text on the laptop's disk, a few times a second: it replaces itself, where each write of a record stays in
 * the log for ever. So it may follow the typing more closely than the record does.
 */
function useDraft<T extends Value>(key: string): Draft<T> {
  let onDisk = false;
  const writer = createDurableWriter<T | null>({
    async write(value) {
      if (value === null) await call('drafts.drop', { key });
      else await call('drafts.put', { key, value });
      onDisk = value !== null;
    },
    notify: () => undefined,
    pause: 60,
    atMost: 120,
  });
  trackWriter(writer as Parameters<typeof trackWriter>[0]);
  return {
    async load() {
      const value = (await call('drafts.get', { key }).catch(() => null)) as T | null;
      onDisk ||= value !== null;
      return value;
    },
    keep: (value) => writer.set(value),
    drop() {
      // What never reached the disk need not be taken from it: most words are written before.
      if (onDisk || writer.state !== 'idle') writer.set(null);
    },
  };
}

/**
 * A text or a choice on screen that is no record yet, such as a name that is being typed: after a kill it stands there again. Who
 * leaves the screen leaves it behind.
 */
export function useKept<T extends string = string>(key: string, initial: NoInfer<T>): Ref<T> {
  const draft = useDraft<T>(key);
  const value = ref<string>(initial) as Ref<T>;
  let touched = false;
  watch(
    value,
    (now) => {
      touched = true;
      if (now === initial) draft.drop();
      else draft.keep(now);
    },
    { flush: 'sync' },
  );
  void draft.load().then((kept) => {
    if (kept !== null && !touched) value.value = kept;
  });
  onScopeDispose(() => draft.drop());
  return value;
}

/** Text that was typed into a field of a record, and what the record said then. */
type Typed = { text: string; base: string };

export interface FieldDraft {
  /** Keeps what stands in the field, until it is written. */
  keep(text: string): void;
  /** The record holds `stored` now: what `means` the same need not be kept. */
  written(stored: string, means?: (text: string) => boolean): void;
}

export interface FieldDraftOptions {
  /** Which field it is, as `entity:id:field`; without one nothing is kept. */
  readonly key: string | undefined;
  /** What the core last said. */
  readonly stored: () => string;
  /**
   * Called once when text was left behind that is not in the record. `outdated`: the record has changed since, so that
   * writing it unasked could overwrite what somebody else wrote.
   */
  readonly restore: (text: string, outdated: boolean) => void;
}

/** The text of one field for as long as the record does not hold it: refused text, or the last letters before a kill. */
export function useFieldDraft({ key, stored, restore }: FieldDraftOptions): FieldDraft {
  if (key === undefined) return { keep: () => undefined, written: () => undefined };
  const draft = useDraft<Typed>(key);
  let base = stored();
  let text: string | null = null;
  watch(stored, (now) => (base = now));
  void draft.load().then((kept) => {
    if (kept === null || text !== null) return;
    if (kept.text.trim() === stored().trim()) draft.drop();
    else restore(kept.text, kept.base !== stored());
  });
  return {
    keep(typed) {
      text = typed;
      draft.keep({ text, base });
    },
    written(now, means = (typed) => typed === now) {
      base = now;
      if (text === null || means(text)) draft.drop();
    },
  };
}
