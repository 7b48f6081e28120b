import type { Answer } from '#shared/contract/call.ts';
import type { CoreEvent } from '#shared/contract/contract.ts';

/** The one channel between window and core: calls go in on `call`, the core's events come out on `event`. */
export const channel = { call: 'dangol:call', event: 'dangol:event' } as const;

/** What the preload exposes to the page, and all that it exposes: `window.dangol`. */
export interface Bridge {
  /** Inputs and answers are copied by structured clone, so a Uint8Array may stand anywhere in them. */
  call(method: string, input: unknown): Promise<Answer>;
  /** Returns the function that ends the subscription. */
  on(listener: (event: CoreEvent) => void): () => void;
}
