import { Refusal } from '#shared/contract/errors.ts';
import type { Delivery, Destination, OutboxState } from '#shared/contract/outbox.ts';
import { dueAt } from '../../outbox/schedule.ts';
import type { DeliveryRecord } from '../../store/deliveries.ts';
import type { DestinationRecord } from '../../store/destinations.ts';
import type { Deps } from '../deps.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A coordinator makes kits every week: who has heard nothing by then should ask. */
const OVERDUE_MS = 7 * DAY_MS;
/** What was sent longer ago is shown on request alone, and is not worth asking about any more. */
export const KEPT_IN_SIGHT_MS = 90 * DAY_MS;

export interface Views {
  delivery(id: string): Delivery;
  /** Those since a time, and all that were not sent; newest first. */
  list(since: number): Delivery[];
  state(): OutboxState;
  destination(one: DestinationRecord): Destination;
  /** The ids of the files of which somebody said that they arrived. */
  confirmed(): ReadonlyMap<string, string>;
}

/** How rows look from outside; `isSending` says whether one that says so is really being sent. */
export function outboxViews(deps: Deps, isSending: (row: DeliveryRecord) => boolean): Views {
  const { store, now } = deps;
  const allPaused = (): boolean => store.meta.get('outbox.paused') === 'yes';

  /** Files of the trainer's of which a kit tells, and kits of which a file of the trainer's tells. */
  function confirmed(): Map<string, string> {
    const found = store.kits.confirmed();
    for (const { kit, importedAt } of store.kits.receipts()) found.set(kit, importedAt);
    return found;
  }

  function viewOf(row: DeliveryRecord, told: ReadonlyMap<string, string>): Delivery {
    const destination = store.destinations.get(row.destination)!;
    const confirmedAt = (row.manifest !== null && told.get(row.manifest)) || null;
    // Whoever was sending it is gone: it goes on waiting.
    const stands = row.state === 'sending' && !isSending(row) ? 'queued' : row.state;
    const state = confirmedAt === null ? stands : 'confirmed';
    const waits = state === 'queued' && !row.paused && !allPaused();
    const times = [row.nextTryAt, row.hold, destination.notBefore];
    return {
      id: row.id,
      kind: row.kind,
      title: row.title,
      file: row.file,
      bytes: row.bytes,
      made: row.frozen ? 'frozen' : 'at sending',
      destination: { id: destination.id, name: destination.name, kind: destination.place.kind },
      state,
      paused: row.paused,
      tries: row.tries,
      queuedAt: isoOf(row.queuedAt),
      nextTryAt: waits ? isoOf(dueAt(times, now())) : null,
      sentAt: row.sentAt === null ? null : isoOf(row.sentAt),
      confirmedAt,
      // No kit names what was pushed: the hub has it, and says so itself.
      overdue:
        row.kind === 'session' &&
        destination.place.kind !== 'hub' &&
        state === 'sent' &&
        isOverdue(row.sentAt!, now()),
      error: confirmedAt === null ? row.error : null,
      offline: state === 'queued' && row.offline,
    };
  }

  function list(since: number): Delivery[] {
    const told = confirmed();
    // What was confirmed without ever being sent goes out of sight like the rest.
    const isRecent = ({ sentAt, confirmedAt }: Delivery): boolean =>
      sentAt !== null || confirmedAt === null || Date.parse(confirmedAt) >= since;
    return store.deliveries
      .list(since)
      .map((row) => viewOf(row, told))
      .filter(isRecent);
  }

  function giverOf(id: string): NonNullable<Destination['from']> {
    return { id, name: store.laptops.get(id)?.name ?? '', refused: store.laptops.isRefused(id) };
  }

  return {
    confirmed,
    list,
    delivery(id) {
      const row = store.deliveries.get(id);
      if (!row) throw new Refusal('NOT_FOUND', { entity: 'delivery', id });
      return viewOf(row, confirmed());
    },
    state: () => stateOf(list(now() - KEPT_IN_SIGHT_MS), allPaused()),
    destination({ id, name, place, secret, fromLaptop, changedHere, last }) {
      return {
        ...{ id, name, place },
        hasSecret: secret !== null,
        from: fromLaptop === null ? null : giverOf(fromLaptop),
        changedHere,
        last: last && { ...last, at: isoOf(last.at) },
      };
    },
  };
}

function isOverdue(sentAt: number, now: number): boolean {
  return now - sentAt > OVERDUE_MS && now - sentAt <= KEPT_IN_SIGHT_MS;
}

function stateOf(rows: readonly Delivery[], paused: boolean): OutboxState {
  const sending = rows.filter(({ state }) => state === 'sending');
  const queued = rows.filter(({ state }) => state === 'queued');
  const going = paused ? [] : queued.filter((row) => !row.paused);
  const now = (): OutboxState['now'] => {
    if (sending.length > 0) return 'sending';
    if (queued.length === 0) return 'empty';
    if (going.length === 0) return 'paused';
    return going.every(({ offline }) => offline) ? 'offline' : 'waiting';
  };
  return {
    now: now(),
    waiting: sending.length + queued.length,
    parked: rows.filter(({ state }) => state === 'parked').length,
    overdue: rows.filter(({ overdue }) => overdue).length,
    paused,
  };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
