import { randomBytes } from 'node:crypto';
import { app, safeStorage } from 'electron';
import type { Answer } from '#shared/contract/call.ts';
import type { InputOf } from '#shared/contract/contract.ts';
import type { KeyringHere, VaultStatus } from '#shared/contract/vault.ts';
import { isUntouched, keyringBox, KEYRING_SECRET_BYTES } from '../before-core.ts';
import type { Keyring, Unlock } from '../core.ts';
import type { CoreHost } from './core-host.ts';

/** The operating system's keyring, through Electron: DPAPI, the Keychain, libsecret or KWallet. */

/** Without a real keyring Electron would "encrypt" under a fixed password that everybody knows. */
async function keyringHere(): Promise<KeyringHere> {
  await app.whenReady();
  try {
    if (process.platform === 'linux') {
      const backend = safeStorage.getSelectedStorageBackend();
      if (backend === 'basic_text') return 'plain';
      if (backend === 'unknown') return 'unavailable';
    }
    return (await safeStorage.isAsyncEncryptionAvailable()) ? 'ready' : 'unavailable';
  } catch {
    return 'unavailable';
  }
}

/**
 * What opens the store in a folder without asking anybody: the keyring's secret where the store has one, a fresh one
 * where there is no store yet and the keyring is a real one; nothing otherwise, or when the keyring fails.
 */
export async function unlockByKeyring(dataDir: string): Promise<Unlock> {
  const box = boxOf(dataDir);
  if (box === null) return isUntouched(dataDir) ? { keyring: (await freshKeyring()) ?? undefined } : {};
  await app.whenReady();
  try {
    const opened = await safeStorage.decryptStringAsync(Buffer.from(box, 'base64'));
    return { keyring: { secret: Buffer.from(opened.result, 'base64'), box } };
  } catch (error) {
    // Another machine, a keyring made anew: the passphrase or the recovery code opens, and the person is asked for it.
    console.error('the keyring does not open the store', error);
    return {};
  }
}

/** The answers about the keyring, which the core knows nothing of; any other passes as it is. */
export async function withKeyring(
  host: Pick<CoreHost, 'call' | 'addKeyring'>,
  method: string,
  input: unknown,
): Promise<Answer> {
  if (method !== 'vault.useKeyring') return withPlace(await host.call(method, input));
  // The core checks the input, whether the window may ask, and refuses in the end, for it has no keyring.
  const asked = await host.call(method, input);
  if (asked.ok || asked.error.code !== 'KEYRING_NONE') return asked;
  const here = await keyringHere();
  const keyring = await freshKeyring();
  if (!keyring) return { ok: false, error: { code: 'KEYRING_NONE', params: { reason: here } } };
  const added = await host.addKeyring(keyring, (input as InputOf<'vault.useKeyring'>).proof);
  return added.ok ? withPlace(await host.call('vault.status', {})) : added;
}

async function withPlace(answer: Answer): Promise<Answer> {
  if (!answer.ok || typeof answer.value !== 'object' || !answer.value) return answer;
  if (!('keyringHere' in answer.value)) return answer;
  const value = { ...(answer.value as VaultStatus), keyringHere: await keyringHere() };
  return { ok: true, value };
}

/** Random bytes that this keyring has locked away; null when it is none. */
async function freshKeyring(): Promise<Keyring | null> {
  if ((await keyringHere()) !== 'ready') return null;
  try {
    const secret = randomBytes(KEYRING_SECRET_BYTES);
    const box = await safeStorage.encryptStringAsync(secret.toString('base64'));
    return { secret, box: box.toString('base64') };
  } catch (error) {
    console.error('the keyring keeps nothing', error);
    return null;
  }
}

/** A vault that cannot be read is refused by the core, in its words. */
function boxOf(dataDir: string): string | null {
  try {
    return keyringBox(dataDir);
  } catch {
    return null;
  }
}
