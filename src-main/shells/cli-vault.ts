import { Refusal } from '#shared/contract/errors.ts';
import { run, type Outcome, type Place } from './cli-commands.ts';

/**
 * Shows or changes how the store is opened. Passphrases come by the environment and never by an argument, which every
 * program of the machine can read.
 */
export function vault(
  place: Place,
  { passphrase, recovery }: { passphrase?: boolean; recovery?: boolean },
  fresh: string | undefined,
): Promise<Outcome> {
  const proof = place.secret === undefined ? {} : { proof: place.secret };
  if (recovery) return run(place, 'vault.makeRecovery', proof);
  if (!passphrase) return run(place, 'vault.status', {});
  if (fresh !== undefined) return run(place, 'vault.setPassphrase', { passphrase: fresh, ...proof });
  throw new Refusal('INVALID_INPUT', { at: 'DANGOL_NEW_PASSPHRASE', reason: 'not set' });
}
