/** The key of a visit's one primary action, as it stands on the button; it works from inside a note too. */
export function mainKey(): string {
  return /Mac/.test(navigator.platform) ? '⌘ ↵' : 'Ctrl ↵';
}

export function isMainKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey);
}
