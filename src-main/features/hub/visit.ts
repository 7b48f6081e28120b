import type { HubName } from '#shared/contract/hub.ts';
import { fingerprintOf } from '../../exchange/keys.ts';
import type { HubAddress } from '../../hub/address.ts';
import { connectHub, type HubLink, type Statement } from '../../hub/connection.ts';
import { meetHub, type Meeting } from '../../hub/meeting.ts';
import { keyOf } from '../../hub/parcel.ts';
import type { Roster } from '../../hub/roster.ts';
import { transaction } from '../../store/sqlite.ts';
import type { Deps } from '../deps.ts';

/** One connection to the hub, for one call, and what was told at the first word. */
export interface Visit extends Meeting {
  readonly link: HubLink;
  /** Whether a person wishes to stop. */
  readonly stopped: () => boolean;
  readonly progress: (done: number, total: number) => void;
}

/** Connects for the length of `work`. */
export async function linked<T>(address: HubAddress, work: (link: HubLink) => Promise<T>): Promise<T> {
  const link = await connectHub(address);
  try {
    return await work(link);
  } finally {
    await link.close();
  }
}

/**
 * Meets the hub and remembers it. Where it went back, as after it was restored from an old copy, the streams concerned are
 * looked at from their beginning, and all that is here is offered again.
 */
export async function meet(
  { store }: Pick<Deps, 'store'>,
  link: HubLink,
  also: readonly Statement[] = [],
): Promise<{ meeting: Meeting; more: readonly unknown[][] }> {
  const met = await meetHub(link, store.laptop().id, store.hub.known(), also);
  const { roster, streams } = met.meeting;
  transaction(store.db, () => {
    const { hub: id, name, founder, number } = roster;
    store.hub.remember({ id, name, founderKey: founder.publicKey, rosterNumber: number });
    for (const seen of store.hub.seen()) {
      const there = streams.get(keyOf(seen));
      // A stream that may not be read any more is not one that went back.
      const wentBack =
        there !== undefined &&
        (there.number < seen.number || (there.number === seen.number && there.digest !== seen.digest));
      const vanished = there === undefined && seen.laptop === store.laptop().id;
      if (wentBack || vanished) store.hub.startOver(seen);
    }
  });
  return met;
}

export function nameOf({ hub: id, name, founder, seal }: Roster): HubName {
  return { id, name, fingerprint: fingerprintOf(founder.publicKey), seal };
}

/** For whom sealed parcels are: the coordinators, and the laptop that wrote them; each once. */
export function keysFor({ coordinators }: Roster, own: string): string[] {
  return [...new Set([own, ...coordinators.map(({ publicKey }) => publicKey)])];
}
