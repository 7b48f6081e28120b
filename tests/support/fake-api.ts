import type { Answer } from '#shared/contract/call.ts';
import type { CoreEvent, InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { Transport } from '../../src-renderer/api.ts';

type FakeHandlers = { [M in Method]?: (input: InputOf<M>) => OutputOf<M> | Promise<OutputOf<M>> };

export interface FakeApi extends Transport {
  /** Every call that came, in order. */
  readonly calls: { method: string; input: unknown }[];
  /** How many subscriptions there are now. */
  readonly subscriptions: () => number;
  /** Tells all listeners, as the core would. */
  tell(event: CoreEvent): void;
}

/** A core in memory for tests of the renderer: answers what it was given handlers for, refuses as they refuse. */
export function fakeApi(handlers: FakeHandlers): FakeApi {
  const listeners = new Set<(event: CoreEvent) => void>();
  const calls: FakeApi['calls'] = [];
  return {
    calls,
    subscriptions: () => listeners.size,
    async call(method, input): Promise<Answer> {
      calls.push({ method, input });
      const handler = handlers[method as Method] as ((input: unknown) => unknown) | undefined;
      if (!handler) return { ok: false, error: { code: 'UNKNOWN_METHOD', params: { method } } };
      try {
        return { ok: true, value: await handler(input) };
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, error: { code: error.code, params: error.params } };
        throw error;
      }
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(event) {
      for (const listener of listeners) listener(event);
    },
  };
}
