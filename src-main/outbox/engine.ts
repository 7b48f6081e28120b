import { Refusal } from '#shared/contract/errors.ts';
import { takes } from '#shared/contract/limits.ts';
import type { PlaceKind } from '#shared/contract/outbox.ts';
import type { Content, DeliveryRecord } from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';
import { transaction } from '../store/sqlite.ts';
import { failureOf, type Failure } from './failure.ts';
import { isLeftBehind } from './owner.ts';
import { dueAt, HEARTBEAT_MS, holdFor, isDue, LEASE_MS, limitFor, waitAfter } from './schedule.ts';
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

export interface Engine {
  /** Sends by itself from now on. */
  start(): void;
  /** Something may be due: looks, if it was started. */
  look(): void;
  /** Tries everything that waits once, whatever its time, but what a server asked not to be asked for yet. */
  runOnce(): Promise<Map<string, Outcome>>;
  /** Makes the content of a row that has none; gives what is to be sent. */
  filled(row: DeliveryRecord): Promise<Content>;
  /** Whether somebody is sending it at this moment, here or in another process. */
  isSending(row: DeliveryRecord): boolean;
  /** Stops what is on its way and queues it again; nothing touches the store afterwards. */
  close(): void;
}

/** Another process may queue something, or end while it sends: it is seen after so long at the latest. */
const POLL_MS = 60_000;
const LEAST_PAUSE_MS = 1_000;
/** After its time is over, a way out has so long to stop by itself before nobody waits for it any more. */
const GRACE_MS = 2_000;
/**
 * Each file operation that hangs in the system holds one of the four threads that all work on files shares, from its
 * first instant on: so no more folders than this are written to at once.
 */
const MOST_FOLDERS = 2;
/** A run gives a destination up after so many failures in a row. */
const RUN_FAILURES = 3;

const contentTypes: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  dangol: 'application/octet-stream',
};

interface Running {
  readonly destination: string;
  readonly kind: PlaceKind;
  readonly stop: AbortController;
}

/**
 * Sends what waits: one delivery a destination at a time, several destinations at once. What it knows lies in the store
 * alone, so that it may be killed at any instant and started again, and so that two processes can share the work.
 */
export function startEngine(options: EngineOptions): Engine {
  const { store, now, timers } = options;
  const { deliveries, destinations } = store;
  const running = new Map<string, Running>();
  /** Destinations whose last way out did not even stop: none is tried again before it has. */
  const hanging = new Map<string, PlaceKind>();
  let ownName: string | undefined;
  let started = false;
  let closed = false;
  let cancelLook = (): void => undefined;

  const owner = (): string => (ownName ??= options.owner());
  const isPaused = (): boolean => store.meta.get('outbox.paused') === 'yes';

  /** What may be sent, the least recently tried first, after whatever was left behind is queued again. */
  function queue(): DeliveryRecord[] {
    const at = now();
    let left = 0;
    for (const row of deliveries.waiting()) {
      if (row.state === 'sending' && !isSending(row)) left += deliveries.release(row.id, at);
    }
    if (left > 0) options.tell();
    if (isPaused()) return [];
    const rows = deliveries.waiting().filter((row) => row.state === 'queued' && !row.paused);
    if (rows.every(({ manifest }) => manifest === null)) return rows;
    const confirmed = options.confirmed();
    return rows.filter(({ manifest }) => manifest === null || !confirmed.has(manifest));
  }

  function isSending(row: DeliveryRecord): boolean {
    return row.state === 'sending' && (running.has(row.id) || !isLeftBehind(row, owner(), now()));
  }

  function mayBegin(id: string): boolean {
    const busy = new Map(hanging);
    for (const { destination, kind } of running.values()) busy.set(destination, kind);
    if (busy.has(id)) return false;
    const folders = [...busy.values()].filter((kind) => kind === 'folder').length;
    return folders < MOST_FOLDERS || kindOf(id) !== 'folder';
  }

  function kindOf(destination: string): PlaceKind {
    return destinations.get(destination)!.place.kind;
  }

  function dueOf(row: DeliveryRecord, at: number): number {
    return dueAt([row.nextTryAt, row.hold, destinations.get(row.destination)?.notBefore ?? 0], at);
  }

  function look(): void {
    if (!started || closed) return;
    cancelLook();
    let next = POLL_MS;
    try {
      const at = now();
      for (const row of queue()) {
        if (!mayBegin(row.destination)) continue;
        const due = dueOf(row, at);
        if (due > at) next = Math.min(next, due - at);
        else if (claim(row)) void attempt(row).then(look);
        else next = LEAST_PAUSE_MS;
      }
    } catch (error) {
      options.report(error);
    }
    cancelLook = timers.after(Math.max(LEAST_PAUSE_MS, next), look);
  }

  function claim(row: DeliveryRecord): boolean {
    const at = now();
    if (!deliveries.claim(row.id, owner(), at, at + LEASE_MS)) return false;
    const { id, destination } = row;
    running.set(id, { destination, kind: kindOf(destination), stop: new AbortController() });
    options.tell();
    return true;
  }

  /** One try of a row that is claimed; never rejects. */
  async function attempt(row: DeliveryRecord): Promise<Outcome> {
    const { stop } = running.get(row.id)!;
    let cancelBeat = (): void => undefined;
    const beat = (): void => {
      if (!closed) quietly(() => deliveries.renew(row.id, owner(), now() + LEASE_MS));
      cancelBeat = timers.after(HEARTBEAT_MS, beat);
    };
    cancelBeat = timers.after(HEARTBEAT_MS, beat);
    let outcome: Outcome = 'waiting';
    try {
      outcome = await send(row, stop);
    } catch (error) {
      if (!closed) options.report(error);
    }
    cancelBeat();
    running.delete(row.id);
    if (!closed) options.tell();
    return outcome;
  }

  async function send(row: DeliveryRecord, stop: AbortController): Promise<Outcome> {
    let content: Content;
    try {
      mustTake(row);
      content = await filled(row);
      if (closed) return 'waiting';
    } catch (error) {
      return closed ? 'waiting' : setBack(row, failureOf(error, null, options.report), false);
    }
    const destination = destinations.get(row.destination)!;
    try {
      const way = options.open(destination.place, destination.secret);
      const sending = way.send(parcelOf(row, content), stop.signal);
      const limits = { limit: way.limit ?? limitFor(content.bytes.byteLength), grace: GRACE_MS };
      const outlives = (): void => outlive(row, destination.place.kind, sending);
      const ended = await withinLimit(sending, stop, limits, timers, outlives);
      if (closed) return 'waiting';
      arrived(row);
      return ended === 'already' ? 'already' : 'sent';
    } catch (error) {
      return closed ? 'waiting' : setBack(row, failureOf(error, destination.secret, options.report), true);
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
        if (closed || !deliveries.expose(row.id, owner()))
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
      if (closed) return content;
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
        () => !closed && quietly(() => arrived(row)),
        () => undefined,
      )
      .finally(() => {
        hanging.delete(row.destination);
        if (closed) return;
        options.tell();
        look();
      });
  }

  async function runOnce(): Promise<Map<string, Outcome>> {
    const outcomes = new Map<string, Outcome>();
    const rows = queue().filter(({ hold, destination }) => {
      const there = destinations.get(destination)?.hold ?? 0;
      return isDue(hold, now()) && isDue(there, now());
    });
    const byDestination = Map.groupBy(rows, ({ destination }) => destination);
    const folders = [...byDestination].filter(([id]) => kindOf(id) === 'folder');
    const others = [...byDestination].filter(([id]) => kindOf(id) !== 'folder');
    /** Folder after folder, until one hangs. */
    const folderWay = async (): Promise<void> => {
      for (let next = folders.shift(); next; next = folders.shift()) {
        await runThrough(next[1], outcomes);
        if (hanging.has(next[0])) return;
      }
    };
    await Promise.all([
      ...others.map(([, some]) => runThrough(some, outcomes)),
      ...Array.from({ length: MOST_FOLDERS }, folderWay),
    ]);
    return outcomes;
  }

  async function runThrough(rows: readonly DeliveryRecord[], outcomes: Map<string, Outcome>): Promise<void> {
    let failures = 0;
    for (const row of rows) {
      if (closed || failures === RUN_FAILURES || !mayBegin(row.destination)) return;
      if (!claim(row)) continue;
      const outcome = await attempt(row);
      outcomes.set(row.id, outcome);
      failures = outcome === 'waiting' ? failures + 1 : 0;
      if (outcome === 'waiting' && destinations.get(row.destination)?.last?.reached === false) return;
    }
  }

  function quietly(work: () => unknown): void {
    try {
      work();
    } catch (error) {
      options.report(error);
    }
  }

  return {
    start() {
      started = true;
      cancelLook = timers.after(LEAST_PAUSE_MS, look);
    },
    look,
    runOnce,
    filled,
    isSending,
    close() {
      if (closed) return;
      closed = true;
      cancelLook();
      for (const [id, { stop }] of running) {
        stop.abort();
        quietly(() => deliveries.release(id, now(), owner()));
      }
    },
  };
}
