import { isWithin } from '../../use/keys.ts';

/** By the key's place, so that the Korean input may be on. */
export const LATER_KEY = 'L';
export const RULE_KEY = 'A';

/** What a key does on the screen of conflicts. */
export type Command =
  | { readonly do: 'move'; readonly by: 1 | -1 }
  | { readonly do: 'group'; readonly by: 1 | -1 }
  | { readonly do: 'later' }
  | { readonly do: 'rule' }
  | { readonly do: 'leave' }
  | Choosing;

/** What is done with the values of the conflict that is looked at. */
export type Choosing =
  | { readonly do: 'step'; readonly by: 1 | -1 }
  | { readonly do: 'choose'; readonly place: number }
  | { readonly do: 'settle' };

/** The command of a key, or null when the key belongs to what has the focus: a field, a dialog, another button. */
export function commandOf(event: KeyboardEvent): Command | null {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
    return null;
  if (isWithin(event, 'input, textarea, select, [role="dialog"], nav, header')) return null;
  switch (event.key) {
    case 'ArrowDown':
      return { do: 'move', by: 1 };
    case 'ArrowUp':
      return { do: 'move', by: -1 };
    case 'PageDown':
      return { do: 'group', by: 1 };
    case 'PageUp':
      return { do: 'group', by: -1 };
    case 'ArrowRight':
      return { do: 'step', by: 1 };
    case 'ArrowLeft':
      return { do: 'step', by: -1 };
    case 'Escape':
      return { do: 'leave' };
    case 'Enter':
      return isWithin(event, 'button:not([role="radio"]), a') ? null : { do: 'settle' };
  }
  if (/^[1-9]$/.test(event.key)) return { do: 'choose', place: Number(event.key) - 1 };
  // By the place on the keyboard: with the Korean input on, the same key gives a Korean letter.
  if (event.code === `Key${LATER_KEY}`) return { do: 'later' };
  return event.code === `Key${RULE_KEY}` ? { do: 'rule' } : null;
}
