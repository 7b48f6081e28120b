import { z } from 'zod';
import { call } from './call.ts';
import { none } from './shapes.ts';

/** What opens a store: a passphrase, the printed recovery code, the operating system's keyring. */
export const vaultWays = ['passphrase', 'recovery', 'keyring'] as const;
export type VaultWay = (typeof vaultWays)[number];

export interface VaultState {
  /** False while the store waits for its passphrase: no other call is answered then. */
  open: boolean;
  ways: VaultWay[];
}

/**
 * The keyring of this machine: `ready`; `none` where the program runs without a window of its own; `plain` where it would
 * keep secrets unencrypted; `unavailable` where there is none or it does not open.
 */
export type KeyringHere = 'ready' | 'none' | 'plain' | 'unavailable';

export interface VaultStatus {
  /** False while the key lies in a plain file beside the store. */
  protected: boolean;
  ways: VaultWay[];
  keyringHere: KeyringHere;
}

/** Long enough for any sentence; what is longer is no passphrase. */
export const MAX_SECRET = 1000;
export const PASSPHRASE_LEAST = 10;

const secret = z.string().min(1).max(MAX_SECRET);

/**
 * How the store is opened. `proof` is the passphrase, or the recovery code, and is asked for wherever there is a
 * passphrase: VAULT_PROOF without it, PASSPHRASE_WRONG or RECOVERY_MISTYPED with another.
 */
export const vault = {
  'vault.state': call<VaultState>()(none),
  /** Opens a locked store with its passphrase or recovery code; `way` is null when it was open already. */
  'vault.unlock': call<{ way: VaultWay | null }>()(z.strictObject({ secret })),
  'vault.status': call<VaultStatus>()(none),
  /** Sets or changes the passphrase; the plain key file goes. PASSPHRASE_WEAK. */
  'vault.setPassphrase': call<VaultStatus>()(
    z.strictObject({ passphrase: secret, proof: secret.optional() }),
  ),
  /** Makes a recovery code, which is shown this once; the one before stops working. VAULT_UNPROTECTED. */
  'vault.makeRecovery': call<{ code: string }>()(z.strictObject({ proof: secret.optional() })),
  /** Lets the keyring of this machine open the store. KEYRING_NONE. */
  'vault.useKeyring': call<VaultStatus>()(z.strictObject({ proof: secret.optional() })),
  /** Takes a way away, but never the last one that is for every day. VAULT_LAST_WAY. */
  'vault.remove': call<VaultStatus>()(z.strictObject({ way: z.enum(vaultWays), proof: secret.optional() })),
};
