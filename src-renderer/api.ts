import type { Answer } from '#shared/contract/call.ts';
import type { CoreEvent, InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import type { ErrorCode, ErrorParams, ErrorReport } from '#shared/contract/errors.ts';

/** How calls reach the core. Which one it is differs by shell; nothing above this file knows. */
export interface Transport {
  /** Rejects only when the core could not be reached at all. */
  call(method: string, input: unknown): Promise<Answer>;
  /** Returns the function that ends the subscription. */
  on(listener: (event: CoreEvent) => void): () => void;
}

/** The core refused the call, with its code; the sentence for it comes from `useSentence`. */
export class ApiError extends Error implements ErrorReport {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(report: ErrorReport) {
    super(report.code);
    this.name = 'ApiError';
    this.code = report.code;
    this.params = report.params;
  }
}

/** The core could not be reached: its window or program was closed. Whether the call arrived is not known. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('the core cannot be reached', { cause });
    this.name = 'Unreachable';
  }
}

let transport: Transport | null = null;
let stopListening: (() => void) | null = null;
const listeners = new Set<(event: CoreEvent) => void>();

export function setTransport(next: Transport): void {
  stopListening?.();
  transport = next;
  stopListening = next.on((event) => {
    for (const listener of listeners) listener(event);
  });
}

function connected(): Transport {
  if (!transport) throw new Unreachable();
  return transport;
}

/**
 * One call of the contract. Throws ApiError when the core refuses, Unreachable when it is not there.
 * The input may hold reactive objects: they are copied to plain ones, which is all that crosses a process border.
 */
export async function call<M extends Method>(
  method: M,
  ...[input]: undefined extends InputOf<M> ? [input?: InputOf<M>] : [input: InputOf<M>]
): Promise<OutputOf<M>> {
  let answer: Answer;
  try {
    answer = await connected().call(method, plain(input ?? {}));
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    throw new Unreachable(error);
  }
  if (!answer.ok) throw new ApiError(answer.error);
  return answer.value as OutputOf<M>;
}

/**
 * What the core tells unasked; returns the function that stops listening. All listeners share one subscription: a
 * browser allows six connections to one host, and each event stream holds one.
 */
export function onCoreEvent(listener: (event: CoreEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
