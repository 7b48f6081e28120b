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
