import { Refusal } from '#shared/contract/errors.ts';
import type { HubAddress } from '../../hub/address.ts';
import type { HubLink } from '../../hub/connection.ts';
import { meetHub } from '../../hub/meeting.ts';
import type { HubWay } from '../../outbox/hub.ts';
import type { Deps } from '../deps.ts';
import { push } from './push.ts';
import { linked } from './visit.ts';

/** The hub as a destination: a push that nobody stands before. What it sent is taken down as that of a person is. */
export function hubWay(deps: Deps): HubWay {
  const { store, audit } = deps;
  return {
    async push(address, signal) {
      const told = { stopped: () => signal.aborted, progress: () => undefined };
      const pushed = await cutBy(signal, address, (link) => push(deps, link, { again: false }, told));
      audit.note('hub.push', { ...address, again: false }, pushed);
      return pushed;
    },
    check: (address, signal) =>
      cutBy(signal, address, async (link) => {
        // Not remembered: an address that is only being tried must not become the hub that this laptop knows.
        const { meeting } = await meetHub(link, store.laptop().id, store.hub.known());
        if (meeting.kind === 'reader')
          throw new Refusal('HUB_RIGHTS', { where: link.where, reason: 'reader' });
      }),
  };
}

/** The connection is closed at once when nobody waits any more: the store may be closing, and a cut costs nothing. */
function cutBy<T>(signal: AbortSignal, address: HubAddress, work: (link: HubLink) => Promise<T>): Promise<T> {
  return linked(address, async (link) => {
    const cut = (): void => link.cut();
    signal.addEventListener('abort', cut, { once: true });
    try {
      signal.throwIfAborted();
      return await work(link);
    } finally {
      signal.removeEventListener('abort', cut);
    }
  });
}
