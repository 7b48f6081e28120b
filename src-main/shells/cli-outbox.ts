import type { Delivery } from '#shared/contract/outbox.ts';
import { errorDocument } from './cli-output.ts';
import { valueOf, withCore, type Outcome, type Place } from './cli-commands.ts';

/** What waits, is being sent or is parked. */
export function outbox(place: Place): Promise<Outcome> {
  return withCore(place, async (core) => {
    const state = valueOf(await core.call('outbox.state', {})) as object;
    const all = valueOf(await core.call('outbox.list', {})) as Delivery[];
    const open = all.filter((one) => one.state !== 'sent' && one.state !== 'confirmed');
    return { value: { ...state, deliveries: open.map((one) => inWords(one, place)) } };
  });
}

/**
 * Tries everything that waits once. To be offline is no failure: it goes with the next run. What is parked waits for a
 * person, and a timer has no other way to say so than to fail.
 */
export function runOutbox(place: Place): Promise<Outcome> {
  return withCore(place, async (core) => {
    const run = valueOf(await core.runOutbox());
    const deliveries = run.deliveries.map((one) => inWords(one, place));
    return { value: { ...run, deliveries }, refused: run.parked > 0 };
  });
}

function inWords({ error, ...one }: Delivery, { language }: Place): Record<string, unknown> {
  return { ...one, error: error && errorDocument(error, language).error };
}
