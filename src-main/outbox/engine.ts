import type { PlaceKind } from '#shared/contract/outbox.ts';
import type { Content, DeliveryRecord } from '../store/deliveries.ts';
import { startAttempts, type EngineOptions, type Outcome, type Running } from './attempt.ts';
import { isLeftBehind } from './owner.ts';
import { dueAt, isDue, LEASE_MS } from './schedule.ts';

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
/**
 * Each file operation that hangs in the system holds one of the four threads that all work on files shares, from its
 * first instant on: so no more folders than this are written to at once.
 */
const MOST_FOLDERS = 2;
/** A run gives a destination up after so many failures in a row. */
const RUN_FAILURES = 3;

/**
 * Sends what waits: one delivery a destination at a time, several destinations at once. What it knows lies in the store
 * alone, so that it may be killed at any instant and started again, and so that two processes can share the work.
 */
export function startEngine(options: EngineOptions): Engine {
  const { store, now, timers } = options;
  const { deliveries, destinations } = store;
  const running = new Map<string, Running>();
  const hanging = new Map<string, PlaceKind>();
  let ownName: string | undefined;
  let started = false;
  let closed = false;
  let cancelLook = (): void => undefined;

  const owner = (): string => (ownName ??= options.owner());
  const { attempt, filled } = startAttempts(options, {
    ...{ running, hanging, owner, look, quietly },
    isClosed: () => closed,
  });
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
