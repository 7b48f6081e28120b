import { createHash } from 'node:crypto';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { keyPairFrom } from '#main/exchange/keys.ts';
import type { EngineOptions } from '#main/outbox/attempt.ts';
import { startEngine, type Engine } from '#main/outbox/engine.ts';
import { nameFor } from '#main/outbox/name.ts';
import type { Timers } from '#main/outbox/timers.ts';
import type { Parcel } from '#main/outbox/transport.ts';
import type { Content, DeliveryRecord } from '#main/store/deliveries.ts';
import { createStore, openStore, type Store } from '#main/store/store.ts';
import { MORNING, scratchDir } from './laptop.ts';

const KEY = Buffer.alloc(32, 7);

/** Time that a test moves: what is due happens in order, and whatever follows from it at once. */
export interface TestTime {
  readonly clock: { now: number };
  readonly timers: Timers;
  pass(ms: number): Promise<void>;
}

export function testTime(clock = { now: MORNING }): TestTime {
  // Timers run by their own time, as in a machine whose clock may be set.
  let real = 0;
  let due: { at: number; work: () => void }[] = [];
  const after = (ms: number, work: () => void): (() => void) => {
    const one = { at: real + ms, work };
    due.push(one);
    return () => void (due = due.filter((other) => other !== one));
  };
  async function pass(ms: number): Promise<void> {
    const end = real + ms;
    await settled();
    for (;;) {
      const [next] = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      due = due.filter((one) => one !== next);
      clock.now += next.at - real;
      real = next.at;
      next.work();
      await settled();
    }
    clock.now += end - real;
    real = end;
  }
  return { clock, timers: { after }, pass };
}

/** All that follows without waiting for anything has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** What happens to a parcel at a destination. */
export type Way = (parcel: Parcel, signal: AbortSignal) => Promise<'arrived' | 'already'>;

export interface OutboxScene {
  readonly time: TestTime;
  readonly store: Store;
  readonly dir: string;
  /** By the name of the destination; a test replaces them. Without one it arrives. */
  readonly ways: Map<string, Way>;
  /** Every try as it was begun: when, where to, and the parcel. */
  readonly tries: { at: number; to: string; parcel: Parcel }[];
  /** What arrived where nothing else was said. */
  readonly arrived: string[];
  readonly told: { times: number };
  readonly bugs: unknown[];
  readonly confirmed: Set<string>;
  /** Another engine over the same store, as another process has it. */
  engine(more?: Partial<EngineOptions>): Engine;
  /** The same store through a connection of its own. */
  another(): Store;
  destination(name: string): string;
  queue(destination: string, content: string | null, more?: { manifest?: string }): string;
  row(id: string): DeliveryRecord;
}

export function contentOf(text: string): Content {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { file: nameFor(text.slice(0, 20), sha256, 'xlsx'), sha256, bytes };
}

/** An outbox over a real store, with time and ways of a test's own; dice always fall on the half. */
export function outboxScene(): OutboxScene {
  const dir = scratchDir();
  const time = testTime();
  const now = (): number => time.clock.now;
  const self = {
    id: 'aa00000000000001',
    name: '망원 1호',
    role: 'trainer',
    ...keyPairFrom(Buffer.alloc(32, 3)),
  };
  const store = createStore({ dir, key: KEY, now }, self);
  const stores = [store];
  onTestFinished(() => stores.forEach((one) => one.close()));
  const ways = new Map<string, Way>();
  const tries: OutboxScene['tries'] = [];
  const arrived: string[] = [];
  const told = { times: 0 };
  const bugs: unknown[] = [];
  const confirmed = new Set<string>();
  let made = 0;
  let drawn = 0;
  const id = (): string => `0191bbbb-0000-7000-8000-${String((drawn += 1)).padStart(12, '0')}`;

  function engine(more: Partial<EngineOptions> = {}): Engine {
    drawn += 1;
    const owner = `machine ${process.pid} ${drawn}`;
    const one = startEngine({
      ...{
        store,
        now,
        timers: time.timers,
        random: () => 0.5,
        confirmed: () => confirmed,
        owner: () => owner,
      },
      open: (place) => ({
        async send(parcel, signal) {
          const to = place.kind === 'folder' ? path.basename(place.path) : place.kind;
          tries.push({ at: time.clock.now, to, parcel });
          const way = ways.get(to);
          if (way) return await way(parcel, signal);
          arrived.push(Buffer.from(parcel.bytes).toString());
          return 'arrived';
        },
        test: () => Promise.resolve(),
      }),
      make: () => Promise.resolve({ content: contentOf(`보고서 ${(made += 1)}`), manifest: null }),
      tell: () => void (told.times += 1),
      delivered: () => undefined,
      report: (error) => (bugs.push(error), 'bug'),
      ...more,
    });
    onTestFinished(() => one.close());
    return one;
  }

  return {
    ...{ time, store, dir, ways, tries, arrived, told, bugs, confirmed, engine },
    another() {
      const one = openStore({ dir, key: KEY, now });
      stores.push(one);
      return one;
    },
    destination(name) {
      const one = id();
      store.destinations.save({
        id: one,
        name,
        place: { kind: 'folder', path: `/${name}` },
        secret: '비밀번호 77',
      });
      return one;
    },
    queue(destination, text, { manifest } = {}) {
      const one = id();
      const content = text === null ? null : contentOf(text);
      const question = content ? null : {};
      const kind = content ? 'session' : 'report';
      const about = { title: text ?? '보고서', manifest: manifest ?? null, queuedAt: now() };
      store.deliveries.add({ id: one, key: id(), kind, destination, question, content, ...about });
      return one;
    },
    row: (one) => store.deliveries.get(one)!,
  };
}
