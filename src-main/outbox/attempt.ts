import { Refusal } from '#shared/contract/errors.ts';
import { takes } from '#shared/contract/limits.ts';
import type { PlaceKind } from '#shared/contract/outbox.ts';
import type { Content, DeliveryRecord } from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';
import { transaction } from '../store/sqlite.ts';
import { failureOf, type Failure } from './failure.ts';
import { HEARTBEAT_MS, holdFor, LEASE_MS, limitFor, waitAfter } from './schedule.ts';
import { withinLimit, type Timers } from './timers.ts';
import { DeliveryFailure, type Parcel } from './transport.ts';
import type { OpenTransport } from './transports.ts';

export interface EngineOptions {
  readonly store: Pick<Store, 'db' | 'meta' | 'destinations' | 'deliveries'>;
  /** The ids of the files of which somebody said that they arrived, whatever their rows say. */
  readonly confirmed: () => { has(manifest: string): boolean };
  readonly open: OpenTransport;
  /** The content of a row that has none, from the data of now. */
  readonly make: (delivery: DeliveryRecord) => Promise<MadeContent>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From [0, 1). */
  readonly random: () => number;
  readonly timers: Timers;
  /** Names this engine among all that may have the store open: `ownerName` makes it. Asked for when it is needed. */
  readonly owner: () => string;
  /** Something is different: whoever shows the outbox asks again. */
  readonly tell: () => void;
  /** A delivery is at its destination. */
  readonly delivered: (row: DeliveryRecord) => void;
  /** A bug; gives the id under which it stands in the log. */
  readonly report: (error: unknown) => string;
}

export interface MadeContent {
  readonly content: Content;
  /** The id of an exchange file. */
  readonly manifest: string | null;
  /** Whether it may still be sent; asked in the transaction that keeps it. Yes when absent. */
  readonly stands?: () => boolean;
  /** Takes down in the same transaction that it was made. */
  readonly note?: () => void;
}

export type Outcome = 'sent' | 'already' | 'waiting' | 'parked';

/** A delivery on its way. */
export interface Running {
  readonly destination: string;
  readonly kind: PlaceKind;
  readonly stop: AbortController;
}

/** What the tries share with the engine that begins and ends them. */
export interface Shared {
  /** By the id of the delivery. */
  readonly running: Map<string, Running>;
  /** Destinations whose last way out did not even stop: none is tried again before it has. */
  readonly hanging: Map<string, PlaceKind>;
  readonly owner: () => string;
  readonly isClosed: () => boolean;
  /** Something may be due. */
  readonly look: () => void;
  /** Does what must not fail; a bug is reported. */
  readonly quietly: (work: () => unknown) => void;
}

export interface Attempts {
  /** One try of a row that is claimed; never rejects. */
  attempt(row: DeliveryRecord): Promise<Outcome>;
  /** Makes the content of a row that has none; gives what is to be sent. */
  filled(row: DeliveryRecord): Promise<Content>;
}

/** After its time is over, a way out has so long to stop by itself before nobody waits for it any more. */
const GRACE_MS = 2_000;
const contentTypes: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  dangol: 'application/octet-stream',
};

/** How one delivery is tried: from its content to the note of what came of it. */
export function startAttempts(options: EngineOptions, shared: Shared): Attempts {
  const { store, now, timers } = options;
  const { deliveries, destinations } = store;
  const { running, hanging, owner, isClosed, look, quietly } = shared;

  async function attempt(row: DeliveryRecord): Promise<Outcome> {
    const { stop } = running.get(row.id)!;
    let cancelBeat = (): void => undefined;
    const beat = (): void => {
      if (!isClosed()) quietly(() => deliveries.renew(row.id, owner(), now() + LEASE_MS));
      cancelBeat = timers.after(HEARTBEAT_MS, beat);
    };
    cancelBeat = timers.after(HEARTBEAT_MS, beat);
    let outcome: Outcome = 'waiting';
    try {
      outcome = await send(row, stop);
    } catch (error) {
      if (!isClosed()) options.report(error);
    }
    cancelBeat();
    running.delete(row.id);
    if (!isClosed()) options.tell();
    return outcome;
  }

  async function send(row: DeliveryRecord, stop: AbortController): Promise<Outcome> {
    let content: Content;
    try {
      mustTake(row);
      content = await filled(row);
      if (isClosed()) return 'waiting';
    } catch (error) {
      return isClosed() ? 'waiting' : setBack(row, failureOf(error, null, options.report), false);
    }
    const destination = destinations.get(row.destination)!;
    try {
      const way = options.open(destination.place, destination.secret);
      const sending = way.send(parcelOf(row, content), stop.signal);
      const limits = { limit: way.limit ?? limitFor(content.bytes.byteLength), grace: GRACE_MS };
      const outlives = (): void => outlive(row, destination.place.kind, sending);
      const ended = await withinLimit(sending, stop, limits, timers, outlives);
      if (isClosed()) return 'waiting';
      arrived(row);
      return ended === 'already' ? 'already' : 'sent';
    } catch (error) {
      return isClosed()
        ? 'waiting'
        : setBack(row, failureOf(error, destination.secret, options.report), true);
    }
  }

  /** It was refused when it was queued, but a person or a kit may have made another kind of its destination since. */
  function mustTake({ destination, kind }: DeliveryRecord): void {
    const { name, place } = destinations.get(destination)!;
    if (!takes(place.kind, kind)) throw new Refusal('DELIVERY_NOT_FOR_HUB', { name });
  }

  /** Whoever reads the bytes may let them leave: that is taken down before they have them. */
  function parcelOf(row: DeliveryRecord, { file, sha256, bytes }: Content): Parcel {
    return {
      get bytes() {
        if (isClosed() || !deliveries.expose(row.id, owner()))
          throw new DeliveryFailure('DELIVERY_SENDING', { title: row.title }, { lasting: false });
        return bytes;
      },
      name: file,
      size: bytes.byteLength,
      sha256,
      key: row.id,
      title: row.title,
      contentType: contentTypes[file.split('.').at(-1)!]!,
      queuedAt: new Date(row.queuedAt).toISOString(),
    };
  }

  /** A report is made for the first try, and again for the next as long as nothing of it has left. */
  async function filled(row: DeliveryRecord): Promise<Content> {
    for (;;) {
      // Somebody may have asked for the file by hand meanwhile, and has another one; or a value in it was destroyed.
      const { file, sha256 } = deliveries.get(row.id) ?? gone(row);
      if (sha256 !== null) return { file: file!, sha256, bytes: deliveries.content(row.id)! };
      const { content, manifest, stands, note } = await options.make(row);
      if (isClosed()) return content;
      transaction(store.db, () => {
        if (stands?.() !== false && deliveries.fill(row.id, content, manifest)) note?.();
      });
    }
  }

  function gone({ id }: DeliveryRecord): never {
    throw new Refusal('NOT_FOUND', { entity: 'delivery', id });
  }

  function arrived(row: DeliveryRecord): void {
    transaction(store.db, () => {
      deliveries.arrived(row.id, row.destination, now());
      destinations.worked(row.destination, now());
    });
    options.delivered(row);
  }

  /** The destination waits too: others would meet the same, and fifty wrong passwords in a row lock an account. */
  function setBack(row: DeliveryRecord, failure: Failure, sending: boolean): Outcome {
    const at = now();
    const hold = holdFor(failure.retryAfter);
    const { error, lasting } = failure;
    transaction(store.db, () => {
      const waits = hold + waitAfter(row.failures + 1, options.random());
      const until = hold > 0 ? at + hold : 0;
      const times = { nextTryAt: at + waits, hold: until };
      deliveries.setBack(row.id, owner(), {
        error,
        lasting,
        offline: sending && !failure.reached,
        ...times,
      });
      deliveries.thaw(row.id);
      const destination = sending ? destinations.get(row.destination) : undefined;
      if (!destination) return;
      const notBefore = at + hold + waitAfter(destination.failures + 1, options.random());
      destinations.failed(
        destination.id,
        { at, reached: failure.reached, error },
        { notBefore, hold: until },
      );
    });
    return lasting ? 'parked' : 'waiting';
  }

  /** Nobody waits for it any more, but if it ends well after all, the file is there. */
  function outlive(row: DeliveryRecord, kind: PlaceKind, sending: Promise<unknown>): void {
    hanging.set(row.destination, kind);
    sending
      .then(
        () => !isClosed() && quietly(() => arrived(row)),
        () => undefined,
      )
      .finally(() => {
        hanging.delete(row.destination);
        if (isClosed()) return;
        options.tell();
        look();
      });
  }

  return { attempt, filled };
}
