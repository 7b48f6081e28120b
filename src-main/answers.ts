import { randomBytes } from 'node:crypto';
import type { Answer } from '#shared/contract/call.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { asRefusal } from './store/sqlite.ts';

/** What the core needs of the world; a test brings its own. */
export interface World {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** Where an unexpected error goes, under the id that the caller is told. */
  readonly report: (id: string, error: unknown) => void;
}

export const realWorld: World = {
  now: () => Date.now(),
  random: (bytes) => randomBytes(bytes),
  report: (id, error) => console.error(`error ${id}`, error),
};

/** What came of a piece of work. */
export function attempt<T>(world: World, work: () => T): Answer<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return refused(world, error);
  }
}

export async function attemptAsync<T>(world: World, work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return refused(world, error);
  }
}

/** An expected error crosses as its code; a bug is reported under an id, and only the id crosses. */
function refused(world: World, thrown: unknown): Extract<Answer, { ok: false }> {
  const error = asRefusal(thrown, '');
  if (error instanceof Refusal) return { ok: false, error: { code: error.code, params: error.params } };
  return { ok: false, error: { code: 'INTERNAL', params: { id: reported(world, error) } } };
}

/** Takes a bug down and gives the id under which it stands in the log. */
export function reported(world: World, error: unknown): string {
  const id = Buffer.from(world.random(4)).toString('hex');
  world.report(id, error);
  return id;
}
