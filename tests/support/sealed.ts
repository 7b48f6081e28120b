import { createHash } from 'node:crypto';
import type { Opener } from '#main/exchange/seal.ts';
import { keyPairFrom } from '#main/exchange/keys.ts';
import { openStore } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import { Refusal, type ErrorCode } from '#shared/contract/errors.ts';

/** A laptop without a store: a name and the keys that follow from it, the same on every run. */
export function opener(name: string): Opener {
  const seed = createHash('sha256').update(name).digest();
  return { id: seed.toString('hex', 0, 8), name, ...keyPairFrom(seed) };
}

/** The keys of the laptop whose store lies in a folder; no call gives them away. */
export function keysIn(dir: string): Opener {
  const store = openStore({ dir, key: readKeyFile(dir), now: () => 0 });
  const keys = store.laptop();
  store.close();
  return keys;
}

/** The code of the refusal; throws when there is none. */
export async function codeOf(work: Promise<unknown>): Promise<ErrorCode> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  throw new Error('it was not refused');
}
