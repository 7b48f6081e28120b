import fs from 'node:fs';
import { Refusal } from '#shared/contract/errors.ts';
import type { VaultWay } from '#shared/contract/vault.ts';
import {
  destroyKeyFile,
  ensureKeyFile,
  hasKeyFile,
  KEY_BYTES,
  keyFileHolds,
  readKeyFile,
} from './key-file.ts';
import { mustBeStrong } from './passphrase.ts';
import { bytesOf, CODE_BYTES, codeOf } from './recovery-code.ts';
import { readVault, slotOf, withSlot, writeVault, type Vault } from './vault-file.ts';
import { keyringSlot, nameOfKey, openSlot, passphraseSlot, recoverySlot } from './wrap.ts';

type Random = (bytes: number) => Uint8Array;

/** What the keyring gives a shell: 32 random bytes, and the box (base64) that it alone can take them out of again. */
export interface Keyring {
  readonly secret: Uint8Array;
  readonly box: string;
}

/** What whoever opens a store brings. */
export interface Unlock {
  /** A passphrase or a recovery code, as it was typed. */
  readonly secret?: string | undefined;
  readonly keyring?: Keyring | undefined;
}

export interface Unlocked {
  readonly key: Uint8Array;
  /** Null where the key lies in a plain file. */
  readonly way: VaultWay | null;
}

/**
 * The key of the store in a folder. Refuses with STORE_LOCKED when it is wrapped and nothing was brought that opens it,
 * with PASSPHRASE_WRONG or RECOVERY_MISTYPED when something else was, with STORE_KEY_WRONG when there is no key.
 */
export function keyOf(dir: string, unlock: Unlock): Unlocked {
  const vault = readVault(dir);
  if (!vault) return { key: readKeyFile(dir), way: null };
  const unlocked = unlockVault(vault, unlock, dir);
  finishProtecting(dir, unlocked.key);
  return unlocked;
}

/** The same for a vault that was read elsewhere, such as from a copy; `dir` is what the refusal names. */
export function unlockVault(vault: Vault, { secret, keyring }: Unlock, dir: string): Unlocked {
  const byKeyring = slotOf(vault, 'keyring');
  if (byKeyring && keyring) {
    const key = openSlot(byKeyring, vault.key, keyring.secret);
    if (key) return { key, way: 'keyring' };
  }
  if (secret === undefined) throw new Refusal('STORE_LOCKED', { dir });
  return unlockWith(vault, secret);
}

/** The key by what a person typed: what has the form of a recovery code is first taken as one. */
function unlockWith(vault: Vault, secret: string): Unlocked {
  const code = bytesOf(secret);
  const byCode = slotOf(vault, 'recovery');
  if (byCode && code instanceof Uint8Array) {
    const key = openSlot(byCode, vault.key, code);
    if (key) return { key, way: 'recovery' };
  }
  const byPassphrase = slotOf(vault, 'passphrase');
  const key = byPassphrase && openSlot(byPassphrase, vault.key, secret);
  if (key) return { key, way: 'passphrase' };
  throw new Refusal(code === 'mistyped' && byCode ? 'RECOVERY_MISTYPED' : 'PASSPHRASE_WRONG');
}

/**
 * The key for a new store: with a passphrase or a keyring it is wrapped from the beginning, without either it lies in a
 * plain file. A key that is there already is taken: copies may need it. Refuses with PASSPHRASE_WEAK, or as `keyOf`.
 */
export function keyForNew(dir: string, unlock: Unlock, random: Random): Uint8Array {
  if (readVault(dir)) return keyOf(dir, unlock).key;
  const { secret, keyring } = unlock;
  if (hasKeyFile(dir) || (secret === undefined && !keyring)) return ensureKeyFile(dir, random);
  const key = random(KEY_BYTES);
  const made = emptyVault(key);
  if (secret !== undefined) {
    mustBeStrong(secret);
    made.slots.push(passphraseSlot(key, secret, random));
  }
  if (keyring) made.slots.push(keyringSlot(key, keyring.secret, keyring.box, random));
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeVault(dir, made);
  return key;
}

/** The vault of a store that is open. */
export interface OpenVault {
  readonly dir: string;
  readonly key: Uint8Array;
}

/** What opens the store now; none while the key lies in a plain file. */
export function waysOf(dir: string): VaultWay[] {
  return (readVault(dir)?.slots ?? []).map(({ kind }) => kind);
}

/** Whether it is the store's passphrase or recovery code; refuses with PASSPHRASE_WRONG or RECOVERY_MISTYPED. */
export function mustOpen({ dir }: OpenVault, secret: string): void {
  const vault = readVault(dir);
  if (vault) unlockWith(vault, secret);
}

/**
 * Sets or changes the passphrase: one file is exchanged, so that killed at any instant the old way or the new one opens.
 * The plain key file goes afterwards; what a kill left of that is finished at the next opening.
 */
export function setPassphrase(
  open: OpenVault,
  given: { passphrase: string; proof?: string | undefined },
  random: Random,
): void {
  mustProve(open, given.proof);
  mustBeStrong(given.passphrase);
  put(open, passphraseSlot(open.key, given.passphrase, random));
}

/** Makes a new recovery code and returns it; the one before opens nothing any more. */
export function makeRecovery(open: OpenVault, proof: string | undefined, random: Random): string {
  if (!readVault(open.dir)) throw new Refusal('VAULT_UNPROTECTED');
  mustProve(open, proof);
  const bytes = random(CODE_BYTES);
  put(open, recoverySlot(open.key, bytes, random));
  return codeOf(bytes);
}

export function useKeyring(
  open: OpenVault,
  { secret, box }: Keyring,
  proof: string | undefined,
  random: Random,
): void {
  mustProve(open, proof);
  put(open, keyringSlot(open.key, secret, box, random));
}

/** Takes a way away; refuses with VAULT_LAST_WAY when neither a passphrase nor a keyring would be left. */
export function removeWay(open: OpenVault, way: VaultWay, proof: string | undefined): void {
  const vault = readVault(open.dir);
  if (!vault || !slotOf(vault, way)) throw new Refusal('NOT_FOUND', { entity: 'vault', id: way });
  mustProve(open, proof);
  const slots = vault.slots.filter(({ kind }) => kind !== way);
  if (slots.every(({ kind }) => kind === 'recovery')) throw new Refusal('VAULT_LAST_WAY');
  writeVault(open.dir, { ...vault, slots });
}

/** Whoever changes how the store opens must be able to open it, where there is something that a person can know. */
function mustProve(open: OpenVault, proof: string | undefined): void {
  const vault = readVault(open.dir);
  if (!vault || !slotOf(vault, 'passphrase')) return;
  if (proof === undefined) throw new Refusal('VAULT_PROOF');
  unlockWith(vault, proof);
}

function put({ dir, key }: OpenVault, slot: Vault['slots'][number]): void {
  writeVault(dir, withSlot(readVault(dir) ?? emptyVault(key), slot));
  finishProtecting(dir, key);
}

/** Once the key is wrapped the plain one goes, if it is the same: another one is not ours to destroy. */
function finishProtecting(dir: string, key: Uint8Array): void {
  if (hasKeyFile(dir) && keyFileHolds(dir, key)) destroyKeyFile(dir);
}

function emptyVault(key: Uint8Array): Vault {
  return { format: 'dangol-vault', version: 1, key: nameOfKey(key), slots: [] };
}
