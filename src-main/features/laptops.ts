import { Refusal } from '#shared/contract/errors.ts';
import type { Manifest } from '#shared/contract/exchange.ts';
import { fingerprintOf } from '../exchange/keys.ts';
import type { KnownLaptop } from '../store/laptops.ts';
import type { Deps } from './deps.ts';

/**
 * The laptop of a file as it is known here, or undefined at first sight. A known laptop with another key is refused
 * with LAPTOP_KEY_CHANGED when `refuse` is set, this laptop's own id among them.
 */
export function knownOrRefused(
  { store }: Deps,
  file: string,
  { device }: Manifest,
  refuse: boolean,
): KnownLaptop | undefined {
  const own = store.laptop();
  const known = device.id === own.id ? { ...own, firstSeenAt: '' } : store.laptops.get(device.id);
  if (refuse && known && known.publicKey !== device.publicKey) {
    throw new Refusal('LAPTOP_KEY_CHANGED', {
      file,
      name: known.name || device.name,
      laptop: device.id,
      fingerprint: fingerprintOf(device.publicKey),
      publicKey: device.publicKey,
    });
  }
  return known;
}
