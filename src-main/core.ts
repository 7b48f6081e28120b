import type { Answer } from '#shared/contract/call.ts';
import type { CoreEvent } from '#shared/contract/contract.ts';

export interface CoreOptions {
  readonly dataDir: string;
  /** Make an empty store when there is none. */
  readonly create: boolean;
}

export interface Core {
  /** Answers any call of the contract; never throws. */
  call(method: string, input: unknown): Promise<Answer>;
  on(listener: (event: CoreEvent) => void): () => void;
  close(): void;
}

/** Opens the store in `dataDir` and wires the features. */
export function openCore(_options: CoreOptions): Answer<Core> {
  return { ok: false, error: { code: 'STORE_MISSING', params: {} } };
}
