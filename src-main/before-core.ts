import { storeExists } from './store/place.ts';
import { hasKeyFile } from './vault/key-file.ts';
import { readVault, slotOf } from './vault/vault-file.ts';

/**
 * What a window's own process needs of the rooms below, before and beside the core that runs in a thread: neither the core
 * nor its database is loaded for it.
 */

export { readFileWhole, writeFileAtomic } from './files/atomic.ts';
export { KEYRING_SECRET_BYTES } from './vault/wrap.ts';

/** What the keyring must open before the core can: its box (base64), or null when the store has none. */
export function keyringBox(dataDir: string): string | null {
  const vault = readVault(dataDir);
  return (vault && slotOf(vault, 'keyring')?.box) ?? null;
}

/** Whether nothing lies there yet, so that a new store may be protected from the beginning. */
export function isUntouched(dataDir: string): boolean {
  return !storeExists(dataDir) && !hasKeyFile(dataDir) && readVault(dataDir) === null;
}
