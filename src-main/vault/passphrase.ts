import { Refusal } from '#shared/contract/errors.ts';
import { PASSPHRASE_LEAST } from '#shared/contract/vault.ts';

/** So many different characters at least: ten times the same key is no passphrase. */
const DIFFERENT = 4;

/**
 * A passphrase as it is used: without spaces at its ends, in Unicode's composed form (NFC). The same Korean syllable
 * arrives composed from one keyboard and in pieces from another, and must be the same passphrase.
 */
export function normalised(text: string): string {
  return text.trim().normalize('NFC');
}

/** Refuses a new passphrase that is too short with PASSPHRASE_WEAK; which characters it is made of is nobody's business. */
export function mustBeStrong(text: string): void {
  const letters = [...normalised(text)];
  if (letters.length >= PASSPHRASE_LEAST && new Set(letters).size >= DIFFERENT) return;
  throw new Refusal('PASSPHRASE_WEAK', { least: PASSPHRASE_LEAST });
}
