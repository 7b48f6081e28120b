import { isWithin } from '../../use/keys.ts';

/** What a key does on the screen of duplicates. */
export type Command =
  | { readonly do: 'move'; readonly by: 1 | -1 }
  | { readonly do: 'decide'; readonly decision: 'same' | 'different' }
  | { readonly do: 'later' };

/**
 * The command of a key, or null when the key belongs to what has the focus. A key that is held down decides nothing:
 * the next pair would be gone before it was seen.
 */
export function commandOf(event: KeyboardEvent): Command | null {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented)
    return null;
  if (isWithin(event, 'input, textarea, select, [role="dialog"]')) return null;
  if (isWithin(event, 'nav, header')) return null;
  if (event.key === 'ArrowDown') return { do: 'move', by: 1 };
  if (event.key === 'ArrowUp') return { do: 'move', by: -1 };
  if (event.repeat) return null;
  if (event.key === '1') return { do: 'decide', decision: 'same' };
  if (event.key === '2') return { do: 'decide', decision: 'different' };
  return event.key === '3' ? { do: 'later' } : null;
}
