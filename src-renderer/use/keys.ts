/**
 * Whether a key was meant for something within a selector: a field, a dialog. The target may be the window itself, which
 * has no ancestors.
 */
export function isWithin({ target }: KeyboardEvent, selector: string): boolean {
  return Boolean((target as Partial<Element> | null)?.closest?.(selector));
}
