import type { ErrorCode } from '#shared/contract/errors.ts';
import type { GoodFile } from './mutate-good.ts';
import type { Random } from './random.ts';

/**
 * What may become of a mutated file. `refused`: with one of these codes. `same`: it says what a good file says, and so
 * reads as just that. `either`: one or the other, for mutations that do not know what they hit. `valid`: it was signed
 * again and says something else that a file may say.
 */
export type Expectation =
  | { readonly outcome: 'refused'; readonly codes: readonly ErrorCode[] }
  | { readonly outcome: 'same' | 'either' | 'valid' };

export interface Mutation {
  /** The family, a colon and the kind. */
  readonly what: string;
  readonly bytes: Buffer;
  readonly expected: Expectation;
}

export type Mutate = (random: Random, good: GoodFile, index: number) => Mutation;

export const refused = (...codes: ErrorCode[]): Expectation => ({ outcome: 'refused', codes });
export const same: Expectation = { outcome: 'same' };
export const either: Expectation = { outcome: 'either' };
export const valid: Expectation = { outcome: 'valid' };
