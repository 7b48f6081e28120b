import { useEventListener } from '@vueuse/core';

type TextControl = HTMLInputElement | HTMLTextAreaElement;

/** Inputs without letters: a browser has nothing to take back in them. */
const NO_TEXT = new Set([
  'button',
  'checkbox',
  'color',
  'date',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

/**
 * Whether the field in focus has typing that the browser itself can take back: then Ctrl+Z is the browser's, letter by
 * letter, until the field is as it was when it took the focus.
 */
export function useOwnTyping(page: Document): { canUndo: () => boolean; canRedo: () => boolean } {
  let field: TextControl | null = null;
  let before = '';
  let typed = false;

  useEventListener(page, 'focusin', (event) => {
    field = isText(event.target) ? event.target : null;
    before = field?.value ?? '';
    typed = false;
  });
  useEventListener(page, 'focusout', () => (field = null));
  useEventListener(page, 'input', (event) => {
    if (event.target === field) typed = true;
  });

  return {
    canUndo: () => field !== null && typed && field.value !== before,
    canRedo: () => field !== null && typed,
  };
}

function isText(target: EventTarget | null): target is TextControl {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !NO_TEXT.has(target.type);
}

/** Which way a key asks for, if any: Ctrl or Cmd with Z, with Shift+Z, or Ctrl with Y. */
export function wayOf(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return null;
  const letter = letterOf(event);
  if (letter === 'z') return event.shiftKey ? 'redo' : 'undo';
  return letter === 'y' && event.ctrlKey && !event.shiftKey ? 'redo' : null;
}

/** With a Korean keyboard the key is a Korean letter; the place of the key then says which Latin one is meant. */
export function letterOf({ key, code }: KeyboardEvent): string {
  return /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace('Key', '').toLowerCase();
}
