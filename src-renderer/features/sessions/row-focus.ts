import { nextTick, ref, type Ref } from 'vue';
import type { Mark } from './roster.ts';

export interface RowKeys {
  /** The keys of the rows that can be marked, in their order on screen. */
  rows(): readonly string[];
  /** The list that the rows lie in. */
  list(): HTMLElement | null;
  mark(key: string, mark: Mark | null): void;
  sign(key: string): void;
  /** Goes back to where a name is typed. */
  leave(): void;
}

/** By the place of the key and not by its letter: with the Korean keyboard on, S is ㄴ. */
const MARK_OF: Readonly<Record<string, Mark | null>> = {
  Digit1: 'present',
  Numpad1: 'present',
  Digit2: 'late',
  Numpad2: 'late',
  Digit3: 'absent',
  Numpad3: 'absent',
  Digit0: null,
  Numpad0: null,
};

/** Frames that a row far away may take to be drawn. */
const PATIENCE = 12;

/**
 * Up and down go from row to row, 1, 2 and 3 mark and go on, 0 takes the mark back, S signs. The focus itself moves, so
 * that a screen reader says whose row it is.
 */
export function useRowFocus(keys: RowKeys): {
  readonly current: Ref<number>;
  onKey(event: KeyboardEvent): void;
  focusRow(key: string | undefined): Promise<void>;
} {
  const current = ref(-1);

  function onKey(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    const key = row?.dataset['row'];
    if (key === undefined || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const rows = keys.rows();
    const at = rows.indexOf(key);
    const marked = MARK_OF[event.code];
    if (marked !== undefined) {
      // Before it is marked: the row may leave the list with it.
      const next = rows[at + 1] ?? key;
      keys.mark(key, marked);
      void focusRow(next);
    } else if (event.code === 'KeyS') keys.sign(key);
    else if (event.key === 'ArrowDown') void focusRow(rows[at + 1]);
    else if (event.key === 'ArrowUp' && at === 0) keys.leave();
    else if (event.key === 'ArrowUp') void focusRow(rows[at - 1]);
    else if (event.key === 'Home') void focusRow(rows[0]);
    else if (event.key === 'End') void focusRow(rows.at(-1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async function focusRow(key: string | undefined): Promise<void> {
    if (key === undefined) return;
    current.value = keys.rows().indexOf(key);
    await nextTick();
    for (let frame = 0; frame < PATIENCE; frame += 1) {
      const row = keys.list()?.querySelector(`[data-row="${CSS.escape(key)}"]`);
      const target = row?.querySelector<HTMLElement>(
        '[role="group"] button[tabindex="0"], [role="group"] button',
      );
      if (target) return target.focus();
      await new Promise(requestAnimationFrame);
    }
  }

  return { current, onKey, focusRow };
}
