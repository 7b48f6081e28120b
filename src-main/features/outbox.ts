import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { takes } from '#shared/contract/limits.ts';
import type { Delivery, DeliveryKind, OutboxRun, OutboxState } from '#shared/contract/outbox.ts';
import type { MadeFile } from '#shared/contract/shapes.ts';
import type { EngineOptions } from '../outbox/attempt.ts';
import { startEngine, type Engine } from '../outbox/engine.ts';
import { ownerName } from '../outbox/owner.ts';
import { WAKE_MS } from '../outbox/schedule.ts';
import { realTimers } from '../outbox/timers.ts';
import type { DeliveryRecord } from '../store/deliveries.ts';
import { transaction } from '../store/sqlite.ts';
import { freshId, type Deps } from './deps.ts';
import { make, remake, type MakeReport } from './outbox/content.ts';
import { destinationHandlers } from './outbox/destinations.ts';
import { KEPT_IN_SIGHT_MS, outboxViews } from './outbox/views.ts';

type Methods = Extract<keyof Handlers, `outbox.${string}` | `destinations.${string}`>;

/** The ways out, and what a test brings in place of the world. */
export type OutboxWorld = Pick<EngineOptions, 'open'> & Partial<Pick<EngineOptions, 'timers' | 'random'>>;

export interface Outbox {
  readonly handlers: Pick<Handlers, Methods>;
  /** Sends by itself from now on. */
  start(): void;
  /** Tries everything that waits once. */
  run(): Promise<OutboxRun>;
  /** Before the store is closed. */
  close(): void;
}

/** What waits to be sent, and the engine that sends it. `report` takes down a bug and gives its id. */
export function openOutbox(
  deps: Deps,
  makeReport: MakeReport,
  report: (error: unknown) => string,
  { open, timers = realTimers, random = () => fraction(deps) }: OutboxWorld,
): Outbox {
  const { store, now } = deps;
  const { deliveries, destinations } = store;
  const tell = (): void => deps.tell({ kind: 'outbox' });
  const engine: Engine = startEngine({
    ...{ store, open, timers, random, now, tell, report },
    confirmed: () => views.confirmed(),
    make: (row) => remake(deps, makeReport, row),
    owner: () => ownerName(deps.random),
    delivered: ({ destination }) =>
      deps.tell({ kind: 'delivered', destination: destinations.get(destination)?.name ?? '' }),
  });
  const views = outboxViews(deps, (row) => engine.isSending(row));

  function changed(): void {
    tell();
    engine.look();
  }

  /** The row, if it was not sent yet. */
  function unsent(id: string): DeliveryRecord {
    const row = deliveries.get(id);
    if (!row) throw new Refusal('NOT_FOUND', { entity: 'delivery', id });
    const { state } = views.delivery(id);
    if (state === 'sent' || state === 'confirmed') throw new Refusal('DELIVERY_GONE', { title: row.title });
    return row;
  }

  /** The same, if nobody is sending it either. */
  function idle(id: string): DeliveryRecord {
    const row = unsent(id);
    if (engine.isSending(row)) throw new Refusal('DELIVERY_SENDING', { title: row.title });
    return row;
  }

  function mustTake(id: string, kind: DeliveryKind): void {
    const found = destinations.get(id);
    if (!found || found.removedAt !== null) throw new Refusal('NOT_FOUND', { entity: 'destination', id });
    if (!takes(found.place.kind, kind)) throw new Refusal('DELIVERY_NOT_FOR_HUB', { name: found.name });
  }

  async function send({ destination, key, what }: CheckedOf<'outbox.send'>): Promise<Delivery> {
    const before = deliveries.byKey(key);
    if (before) return views.delivery(before.id);
    mustTake(destination, what.kind);
    const { note, stands, ...made } = await make(deps, makeReport, what);
    const added = transaction(store.db, () => {
      // Asked twice at once, it is still one delivery: what was made second is dropped.
      const meanwhile = deliveries.byKey(key);
      if (meanwhile) return { id: meanwhile.id, isNew: false };
      mustTake(destination, what.kind);
      if (stands?.() === false) return null;
      const one = freshId(deps);
      note?.();
      deliveries.add({ id: one, key, kind: what.kind, destination, queuedAt: now(), ...made });
      return { id: one, isNew: true };
    });
    // A value was destroyed while it was made.
    if (added === null) return send({ destination, key, what });
    const { id, isNew } = added;
    if (isNew) changed();
    if (isNew && note) deps.tell({ kind: 'changed', entities: [] });
    return views.delivery(id);
  }

  /** Does something to a row, tells of it, and gives the row. */
  function done(id: string, work: () => void): Delivery {
    transaction(store.db, work);
    changed();
    return views.delivery(id);
  }

  function retry(id: string): Delivery {
    const row = unsent(id);
    if (engine.isSending(row)) return views.delivery(id);
    return done(id, () => {
      deliveries.release(id, now());
      deliveries.requeue(id, now());
      destinations.admit(row.destination);
    });
  }

  async function file(id: string): Promise<MadeFile> {
    const row = deliveries.get(id);
    if (!row) throw new Refusal('NOT_FOUND', { entity: 'delivery', id });
    if (row.state === 'sent') throw new Refusal('DELIVERY_GONE', { title: row.title });
    await engine.filled(row);
    // Whoever has it in their hands and what is sent must be the same file.
    const { file: name } = done(id, () => deliveries.freeze(id));
    const bytes = deliveries.content(id);
    if (name === null || !bytes) throw new Refusal('DELIVERY_GONE', { title: row.title });
    return { name, bytes: new Uint8Array(bytes) };
  }

  function remove(id: string): null {
    idle(id);
    deliveries.remove(id);
    changed();
    return null;
  }

  function pauseAll(paused: boolean): OutboxState {
    store.meta.set('outbox.paused', paused ? 'yes' : 'no');
    changed();
    return views.state();
  }

  /** Nothing is told where nothing is different: a window may wake it at every sign of a network. */
  function wake(): OutboxState {
    const at = now();
    transaction(store.db, () => {
      for (const one of destinations.hasten(at, WAKE_MS)) deliveries.hasten(one.id, one.at, at);
    });
    engine.look();
    return views.state();
  }

  async function run(): Promise<OutboxRun> {
    const outcomes = await engine.runOnce();
    const rows = views.list(now() - KEPT_IN_SIGHT_MS);
    const of = (outcome: string): number => [...outcomes.values()].filter((one) => one === outcome).length;
    return {
      sent: of('sent'),
      already: of('already'),
      waiting: rows.filter(({ state }) => state === 'queued' || state === 'sending').length,
      parked: rows.filter(({ state }) => state === 'parked').length,
      deliveries: rows.filter(({ id, state }) => outcomes.has(id) || OPEN_STATES.has(state)),
    };
  }

  const handlers: Outbox['handlers'] = {
    'outbox.state': () => views.state(),
    'outbox.list': ({ all }) => views.list(all ? -Infinity : now() - KEPT_IN_SIGHT_MS),
    'outbox.send': send,
    'outbox.wake': wake,
    'outbox.retry': ({ id }) => retry(id),
    'outbox.pause'({ id, paused }) {
      unsent(id);
      return done(id, () => deliveries.pause(id, paused));
    },
    'outbox.pauseAll': ({ paused }) => pauseAll(paused),
    'outbox.redirect'({ id, destination }) {
      mustTake(destination, idle(id).kind);
      return done(id, () => deliveries.redirect(id, destination, now()));
    },
    'outbox.remove': ({ id }) => remove(id),
    'outbox.file': ({ id }) => file(id),
    'outbox.handedOver'({ id }) {
      const row = idle(id);
      return done(id, () => void deliveries.arrived(id, row.destination, now()));
    },
    ...destinationHandlers(deps, { views, open, timers, report, changed }),
  };
  return { handlers, start: () => engine.start(), run, close: () => engine.close() };
}

const OPEN_STATES: ReadonlySet<Delivery['state']> = new Set(['queued', 'sending', 'parked']);

/** From [0, 1). */
function fraction({ random }: Deps): number {
  return Buffer.from(random(4)).readUInt32BE() / 2 ** 32;
}
