import type { Answer } from '#shared/contract/call.ts';
import type { CoreEvent } from '#shared/contract/contract.ts';
import type { Keyring, Unlock } from '../core.ts';

/** What a shell and the core's thread say to each other. */

export interface CoreOpening {
  readonly dataDir: string;
  /** Make an empty store when there is none. */
  readonly create: boolean;
  /** What opens it, or protects a new one. */
  readonly unlock?: Unlock | undefined;
}

export type ToWorker =
  | { kind: 'call'; call: number; method: string; input: unknown }
  | { kind: 'keyring'; call: number; keyring: Keyring; proof: string | undefined }
  | { kind: 'close' };

export type FromWorker =
  /** While the store is being opened and its tables are made anew. */
  | { kind: 'rebuilding'; done: number; total: number }
  | { kind: 'opened'; answer: Answer<null> }
  | { kind: 'answer'; call: number; answer: Answer }
  | { kind: 'event'; event: CoreEvent };

/**
 * The file in an input or an answer, to be handed over instead of copied: the one who sends it has no use for it any
 * more, and copying half a gigabyte would stall the window. Only bytes that fill their buffer: others may share it.
 */
export function toTransfer(value: unknown): ArrayBuffer[] {
  const bytes =
    typeof value === 'object' && value !== null ? (value as { bytes?: unknown }).bytes : undefined;
  if (!(bytes instanceof Uint8Array) || !(bytes.buffer instanceof ArrayBuffer)) return [];
  return bytes.byteLength > 0 && bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : [];
}
