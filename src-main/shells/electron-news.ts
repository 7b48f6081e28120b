import type { CoreEvent } from '#shared/contract/contract.ts';

/** What waited without a network arrives in a burst: one notification tells of all of it. */
const BURST_MS = 1500;

/**
 * Tells of deliveries that arrived while the person looked elsewhere. Only where they went is said, not what they were or
 * whose: anybody may look at the screen then.
 */
export function tellDeliveries(
  isInFront: () => boolean,
  show: (places: readonly string[]) => void,
): (event: CoreEvent) => void {
  let places: string[] = [];

  function tell(): void {
    const arrived = places;
    places = [];
    if (!isInFront()) show(arrived);
  }

  return (event) => {
    if (event.kind !== 'delivered') return;
    if (places.length === 0) setTimeout(tell, BURST_MS).unref();
    places.push(event.destination);
  };
}
