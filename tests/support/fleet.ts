import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCore, type Core } from '#main/core.ts';
import { readExchangeFile } from '#main/exchange/read.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import type { ImportedFile } from '#shared/contract/exchange.ts';
import type { Change } from '#shared/merge/change.ts';
import { naiveDump } from './naive-merge.ts';
import { seeded, type Random } from './random.ts';

/** A fleet of laptops with real stores, driven by a seed; each laptop's dump is held against the naive rules. */
export interface Fleet {
  /** One random thing that a person does on a random laptop. */
  step(): Promise<void>;
  /** Compares every laptop with what the rules say of the changes that it holds; throws with the seed on a difference. */
  check(): Promise<void>;
  /** Every laptop imports what every other holds, each in an order of its own; then all must be the same. */
  converge(): Promise<void>;
  close(): void;
  readonly counts: Record<string, number>;
}

interface Laptop {
  readonly core: Core;
  readonly name: string;
  /** Changes that were written here. */
  readonly own: Set<string>;
  /** Erasures that ever arrived: they stay when their import is undone. */
  readonly erasures: Set<string>;
  /** Live imports: their id here, and the changes of their file. */
  readonly imports: Map<string, ReadonlySet<string>>;
}

interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly changes: ReadonlySet<string>;
}

const YEAR = 365 * 24 * 3600_000;
const START = Date.UTC(2024, 8, 1);
const MAX_FILES = 24;

/** Records that all laptops quarrel about, of known entities and of one that no version knows yet. */
const RECORDS = [1, 2, 3, 4, 5].map((n) => `0190aaaa-0000-7000-8000-00000000000${n}`);
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  store: ['name', 'phone', 'note', 'channelOpenedOn', 'colourOfTheDoor'],
  person: ['name', 'phone'],
  starMap: ['left', 'right', 'note'],
};

export function makeFleet(seed: number, size: number): Fleet {
  const random = seeded(seed);
  const dir = fs.mkdtempSync(path.join(scratch(), 'dangol-fleet-'));
  const changes = new Map<string, Change>();
  const files: File[] = [];
  const counts: Record<string, number> = {};
  let tick = 0;
  const laptops = Array.from({ length: size }, (_none, i) => makeLaptop(i));

  function makeLaptop(i: number): Laptop {
    const own = seeded(seed * 1000 + i);
    // Most clocks are right to the minute; some are a year behind, some years ahead.
    const skew = own.chance(0.7) ? own.below(60_000) : own.chance(0.5) ? -YEAR : own.below(5) * YEAR;
    const world = {
      now: () => START + tick * 1000 + skew,
      random: (bytes: number) => own.bytes(bytes),
      report: (_id: string, error: unknown) => {
        throw error;
      },
    };
    const options = { dataDir: path.join(dir, String(i)), create: true, batch: 1 + own.below(40) };
    const opened = openCore(options, world);
    if (!opened.ok) throw new Error(opened.error.code);
    return {
      core: opened.value,
      name: `laptop ${i}`,
      own: new Set(),
      erasures: new Set(),
      imports: new Map(),
    };
  }

  async function call<M extends Method>(
    { core, name }: Laptop,
    method: M,
    input: InputOf<M>,
  ): Promise<OutputOf<M>> {
    const answer = await core.call(method, input);
    if (!answer.ok) throw new Error(`seed ${seed}, ${name}: ${method} ${JSON.stringify(answer.error)}`);
    return answer.value as OutputOf<M>;
  }

  /** Runs a call that may find nothing to act on; any other refusal is a failure. */
  async function maybe<M extends Method>(
    laptop: Laptop,
    method: M,
    input: InputOf<M>,
  ): Promise<OutputOf<M> | null> {
    const answer = await laptop.core.call(method, input);
    if (!answer.ok && answer.error.code === 'NOT_FOUND') return null;
    if (!answer.ok)
      throw new Error(`seed ${seed}, ${laptop.name}: ${method} ${JSON.stringify(answer.error)}`);
    return answer.value as OutputOf<M>;
  }

  const actions: Record<string, (laptop: Laptop) => Promise<void>> = {
    edit,
    remove,
    restore,
    settle,
    erase,
    export: send,
    import: receive,
    undo,
  };
  const weights = [
    'edit',
    'edit',
    'edit',
    'edit',
    'remove',
    'restore',
    'settle',
    'erase',
    'export',
    'export',
    'import',
    'import',
    'import',
    'undo',
  ];

  async function step(): Promise<void> {
    tick += random.below(5);
    const name = random.pick(weights);
    counts[name] = (counts[name] ?? 0) + 1;
    await actions[name]!(random.pick(laptops));
  }

  function target(): { entity: string; id: string; field: string } {
    const entity = random.pick(['store', 'store', 'person']);
    return { entity, id: random.pick(RECORDS), field: random.pick(FIELDS[entity]!) };
  }

  async function edit(laptop: Laptop): Promise<void> {
    const { entity, id, field } = target();
    const set: Record<string, string | null> = { [field]: valueFor(random) };
    if (random.chance(0.3)) set[random.pick(FIELDS[entity]!)] = valueFor(random);
    const { change } = await call(laptop, 'records.write', { entity, id, set });
    if (change) laptop.own.add(change);
  }

  async function remove(laptop: Laptop): Promise<void> {
    const { entity, id } = target();
    const done = await maybe(laptop, 'records.delete', { entity, id });
    if (done?.change) laptop.own.add(done.change);
  }

  async function restore(laptop: Laptop): Promise<void> {
    const { entity, id } = target();
    const done = await maybe(laptop, 'records.restore', { entity, id });
    if (done?.change) laptop.own.add(done.change);
  }

  async function erase(laptop: Laptop): Promise<void> {
    if (!random.chance(0.4)) return;
    const { entity, id, field } = target();
    const done = await maybe(laptop, 'records.erase', { entity, id, fields: [field] });
    if (!done) return;
    laptop.own.add(done.change);
    laptop.erasures.add(done.change);
  }

  async function settle(laptop: Laptop): Promise<void> {
    const { rows } = await call(laptop, 'conflicts.list', { limit: 50 });
    if (rows.length === 0) return;
    const { entity, record, field } = random.pick(rows);
    const { sides } = await call(laptop, 'conflicts.view', { entity, record, field });
    const value = random.pick(sides).value as string | boolean | null;
    const done = await call(laptop, 'conflicts.settle', {
      entity,
      record,
      field,
      value,
      seen: sides.map(({ change }) => change),
    });
    laptop.own.add(done.change);
    counts['settled'] = (counts['settled'] ?? 0) + 1;
  }

  async function send(laptop: Laptop): Promise<void> {
    const live = [...laptop.imports.keys()];
    const since = live.length > 0 && random.chance(0.3) ? { since: random.pick(live) } : {};
    files.push(await fileOf(laptop, since));
    if (files.length > MAX_FILES) files.splice(random.below(files.length), 1);
  }

  async function fileOf(laptop: Laptop, input: { since?: string }): Promise<File> {
    const { bytes } = await call(laptop, 'exchange.export', input);
    const name = `${laptop.name}-${tick}-${files.length}.dangol`;
    const own = [...(await readExchangeFile(name, Buffer.from(bytes))).changes()];
    // The first sight of a change is kept: an erasure may have blanked a later one.
    for (const change of own) if (!changes.has(change.id)) changes.set(change.id, change);
    return { name, bytes, changes: new Set(own.map(({ id }) => id)) };
  }

  async function receive(laptop: Laptop): Promise<void> {
    if (files.length > 0) await take(laptop, random.shuffled(files).slice(0, 1 + random.below(3)), edit);
  }

  /** One by one, or as one job, in which something else may be done between two files. */
  async function take(
    laptop: Laptop,
    some: readonly File[],
    between?: (laptop: Laptop) => Promise<void>,
  ): Promise<void> {
    if (random.chance(0.5)) {
      for (const file of some) {
        noted(laptop, file, await call(laptop, 'exchange.import', { file: file.name, bytes: file.bytes }));
      }
      return;
    }
    const { run } = await call(laptop, 'imports.begin', {});
    for (const file of some) {
      noted(laptop, file, await call(laptop, 'imports.add', { run, file: file.name, bytes: file.bytes }));
      if (between && random.chance(0.2)) await between(laptop);
    }
    await call(laptop, 'imports.finish', { run });
    counts['job'] = (counts['job'] ?? 0) + 1;
  }

  function noted(laptop: Laptop, file: File, result: ImportedFile): void {
    if (result.status === 'refused') {
      throw new Error(`seed ${seed}, ${laptop.name}: ${file.name} refused ${JSON.stringify(result.error)}`);
    }
    if (result.status === 'imported') laptop.imports.set(result.import!, file.changes);
    for (const id of file.changes) if (changes.get(id)!.erase) laptop.erasures.add(id);
  }

  async function undo(laptop: Laptop): Promise<void> {
    const live = [...laptop.imports.keys()];
    if (live.length === 0) return;
    const id = random.pick(live);
    await call(laptop, 'imports.undo', { id });
    laptop.imports.delete(id);
  }

  function heldBy({ own, erasures, imports }: Laptop): Change[] {
    const ids = new Set([...own, ...erasures, ...[...imports.values()].flatMap((file) => [...file])]);
    return [...ids].map((id) => changes.get(id)!);
  }

  async function check(): Promise<void> {
    for (const laptop of laptops) {
      await fileOf(laptop, {});
      const expected = naiveDump(heldBy(laptop));
      const found = [...laptop.core.dump()].map((line) => `${line}\n`).join('');
      if (found !== expected) {
        throw new Error(
          `seed ${seed}, ${laptop.name} differs from the rules\nexpected\n${expected}\nfound\n${found}`,
        );
      }
    }
  }

  async function converge(): Promise<void> {
    const all: File[] = [];
    for (const laptop of laptops) all.push(await fileOf(laptop, {}));
    for (const laptop of laptops) {
      await take(laptop, random.shuffled(all));
    }
    await check();
    const dumps = new Set(laptops.map(({ core }) => [...core.dump()].join('\n')));
    if (dumps.size !== 1) throw new Error(`seed ${seed}: ${dumps.size} different dumps after converging`);
  }

  return {
    step,
    check,
    converge,
    counts,
    close() {
      for (const { core } of laptops) core.close();
      fs.rmSync(dir, { recursive: true });
    },
  };
}

/** Memory where there is some: thousands of stores are opened, and durability is tested elsewhere. */
function scratch(): string {
  return fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();
}

function valueFor(random: Random): string | null {
  return random.chance(0.1) ? null : random.pick(['가', '나', '다', '라']);
}
