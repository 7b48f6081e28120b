import { Refusal } from '#shared/contract/errors.ts';
import type { Method } from '#shared/contract/contract.ts';
import type { Store } from '../store/store.ts';

/** The survey in a merchant's hands, as it lies in the store: it must outlive the window and the program. */
export interface Handover {
  readonly session: string;
  readonly store?: string;
  /** The response that is under way. */
  readonly response?: string;
  readonly consentedAt?: string;
  /** Questions answered before the laptop went back to the trainer. */
  readonly sealed?: readonly string[];
  /** Where its merchant is. */
  readonly at?: string | null;
}

export function currentHandover({ meta }: Pick<Store, 'meta'>): Handover | null {
  const text = meta.get('handover') ?? '';
  return text === '' ? null : (JSON.parse(text) as Handover);
}

export function writeHandover({ meta }: Pick<Store, 'meta'>, state: Handover | null): void {
  meta.set('handover', state ? JSON.stringify(state) : '');
}

/** What a window may ask while a merchant has the laptop. */
const OPEN: ReadonlySet<Method> = new Set<Method>([
  'app.status',
  'pin.status',
  'handover.get',
  'handover.begin',
  'handover.answer',
  'handover.submit',
  'handover.stop',
  'handover.end',
]);

/** What no window may ask: whoever stands before one could be anybody. */
const COMMAND_LINE_ONLY: ReadonlySet<Method> = new Set<Method>(['pin.reset']);

/**
 * The lock of a window. It stands in the core and not on the screen alone: another tab, an address typed by hand or the
 * browser's own tools ask the same core.
 */
export function checkWindow(store: Pick<Store, 'meta'>, method: Method): void {
  if (COMMAND_LINE_ONLY.has(method)) throw new Refusal('COMMAND_LINE_ONLY', { method });
  if (!OPEN.has(method) && currentHandover(store)) throw new Refusal('HANDED_OVER');
}
