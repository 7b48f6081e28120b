import { Refusal } from '#shared/contract/errors.ts';
import type { Place } from '#shared/contract/outbox.ts';
import { networkFailure } from './failures.ts';
import { DeliveryFailure, type Transport } from './transport.ts';

/** As the hub's own calls take it. */
export interface HubAddress {
  readonly url: string;
  readonly ca?: string | undefined;
  readonly password: string;
}

/**
 * What the team's hub does for a destination. It is handed in, for nothing here speaks to databases. Both calls reject
 * with a refusal of the hub's (`HUB_…`), and with any when `signal` ends them.
 */
export interface HubWay {
  /** Sends all that the hub lacks from this laptop. `stopped`: some of it is left for the next one. */
  push(address: HubAddress, signal: AbortSignal): Promise<{ pushed: number; stopped: boolean }>;
  /** Does what a push begins with, and leaves nothing behind, here or there. */
  check(address: HubAddress, signal: AbortSignal): Promise<void>;
}

/**
 * What passes by itself, and whether nobody was there at the first word. A certificate does, as elsewhere: a public Wi-Fi
 * puts its own in the way. Whatever else a hub says is for a person to mend.
 */
const PASSING: ReadonlyMap<string, { readonly offline: boolean }> = new Map([
  ['HUB_UNREACHABLE', { offline: true }],
  ['HUB_SLOW', { offline: true }],
  ['HUB_GONE', { offline: false }],
  ['HUB_BUSY', { offline: false }],
  ['HUB_FULL', { offline: false }],
  ['HUB_CERTIFICATE', { offline: false }],
  ['HUB_NO_TLS', { offline: false }],
]);

/** A first push of a whole programme takes minutes, and the file that was queued says nothing about how many. */
const PUSH_MS = 15 * 60_000;

/**
 * A push is what a delivery to a hub is: the file's bytes are not read, and stay free to be sent elsewhere or taken by
 * hand. What a cut or the end of its time leaves over goes with the next try.
 */
export function openHub(
  { url, ca }: Extract<Place, { kind: 'hub' }>,
  secret: string | null,
  way: HubWay,
): Transport {
  const address: HubAddress = { url, password: secret ?? '', ...(ca !== '' && { ca }) };
  const { host, pathname } = new URL(url);
  const where = `${host}${pathname}`;

  async function asked<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      signal.throwIfAborted();
      return await work();
    } catch (error) {
      if (signal.aborted) throw networkFailure(error, where, signal);
      const passing = error instanceof Refusal ? PASSING.get(error.code) : undefined;
      if (!passing) throw error;
      const { code, params } = error as Refusal;
      throw new DeliveryFailure(code, params, { lasting: false, ...passing }, error);
    }
  }

  return {
    limit: PUSH_MS,
    send: (_parcel, signal) =>
      asked(signal, async () => {
        const { pushed, stopped } = await way.push(address, signal);
        if (stopped) throw new DeliveryFailure('DELIVERY_STOPPED', { where }, { lasting: false });
        return pushed > 0 ? 'arrived' : 'already';
      }),
    test: (signal) => asked(signal, () => way.check(address, signal)),
  };
}
