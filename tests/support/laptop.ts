import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { initStore, openCore, type Core, type CoreOptions, type Unlock, type World } from '#main/core.ts';
import type { Answer } from '#shared/contract/call.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import type { ImportedFile } from '#shared/contract/exchange.ts';
import { Refusal } from '#shared/contract/errors.ts';

/** A morning in the market: 24 November 2026, 10:00 in Seoul. */
export const MORNING = Date.UTC(2026, 10, 24, 1);

/** A laptop with a real store in a folder of its own, a clock that a test sets and randomness that repeats. */
export interface TestLaptop {
  readonly core: Core;
  readonly dir: string;
  /** Milliseconds since 1970; every change is written at this time until the test moves it. */
  readonly clock: { now: number };
  /** The call's value; throws the refusal. */
  call<M extends Method>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  /** The answer as a shell gets it. */
  ask(method: string, input: unknown): Promise<Answer>;
  dump(): string;
  exported(input?: InputOf<'exchange.export'>): Promise<Buffer>;
  take(file: string, bytes: Uint8Array): Promise<ImportedFile>;
  close(): void;
}

export interface LaptopOptions {
  readonly dir?: string;
  readonly now?: number;
  /** False opens the store that lies in `dir`. */
  readonly fresh?: boolean;
  /** Changes projected at once. */
  readonly batch?: number;
  /** As the core of a window, which locks while a survey is handed over. */
  readonly window?: boolean;
  /** Makes copies by itself; none when absent. */
  readonly copies?: 'here' | 'thread';
  /** How things are sent. */
  readonly outbox?: CoreOptions['outbox'];
  /** What protects a fresh store, and opens one; without it the key lies in a plain file. */
  readonly unlock?: Unlock;
}

/** Makes a laptop that goes with its test. The same name draws the same ids and keys. */
export function laptop(name: string, options: LaptopOptions = {}): TestLaptop {
  const made = makeLaptop(name, { ...options, dir: options.dir ?? scratchDir() });
  onTestFinished(() => made.close());
  return made;
}

/** As `laptop`, for one that serves several tests: whoever makes it closes it. */
export function makeLaptop(
  name: string,
  {
    dir,
    now = MORNING,
    fresh = true,
    window = false,
    batch,
    copies,
    outbox,
    unlock,
  }: LaptopOptions & { readonly dir: string },
): TestLaptop {
  const clock = { now };
  const world: World = {
    now: () => clock.now,
    random: repeatable(name),
    report(_id, error) {
      throw error;
    },
  };
  if (fresh) valueOf(initStore(dir, { name, role: 'trainer' }, world, unlock));
  const core = valueOf(
    openCore(
      {
        dataDir: dir,
        create: false,
        window,
        unlock,
        ...(batch && { batch }),
        ...(copies && { copies }),
        ...(outbox && { outbox }),
      },
      world,
    ),
  );
  let open = true;

  async function call<M extends Method>(method: M, input: InputOf<M>): Promise<OutputOf<M>> {
    return valueOf(await core.call(method, input)) as OutputOf<M>;
  }

  return {
    core,
    dir,
    clock,
    call,
    ask: (method, input) => core.call(method, input),
    dump: () => [...core.dump()].map((line) => `${line}\n`).join(''),
    exported: async (input = {}) => Buffer.from((await call('exchange.export', input)).bytes),
    take: (file, bytes) => call('exchange.import', { file, bytes }),
    close() {
      if (open) core.close();
      open = false;
    },
  };
}

/** A folder that goes with the test. */
export function scratchDir(): string {
  const dir = makeScratchDir();
  onTestFinished(() => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A folder for several tests: whoever makes it removes it. */
export function makeScratchDir(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-test-'));
}

/** The value of an answer; throws its refusal. */
export function valueOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Refusal(answer.error.code, answer.error.params);
}

/** Bytes that look random and are the same on every run. */
function repeatable(name: string): (bytes: number) => Uint8Array {
  let drawn = 0;
  return (bytes) => {
    drawn += 1;
    return createHash('sha512').update(`${name} ${drawn}`).digest().subarray(0, bytes);
  };
}
